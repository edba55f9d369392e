import type { ComponentRef } from '../artifacts/artifact.js';
import type { ConnectionDraft } from '../config/draft.js';
import type { JournalState } from './journal-state.js';

/** What is there already, as `apply/observe.ts` saw it. */
export type Observation = {
  readonly key: KeyObservation;
  /** The connection as it stands in the connection file. */
  readonly savedDraft: ConnectionDraft | undefined;
  /** SHA-256 of each file below `jwt/<connection>`, by its path relative to the project. */
  readonly files: Readonly<Record<string, string>>;
  /** Those of them that are what we would make, but for what only an org tells; see `isGenerated`. */
  readonly generated: readonly string[];
  /** Contents, by path, of those that somebody edited and deployed as they are. */
  readonly edits: Readonly<Record<string, string>>;
  /** PEM of a certificate that stands in one of them. */
  readonly certificateInFiles: string | undefined;
  /** Absent for a server that is no org. */
  readonly server?: OrgObservation & {
    readonly userId: string;
    readonly isAssigned: boolean;
    readonly consumerKey: string | undefined;
  };
  readonly client?: ClientObservation;
  readonly journal: JournalState;
};

/** `key-only`: a run ended between writing the key and writing its certificate. */
export type KeyObservation =
  | {
      readonly state: 'absent';
      /** As below, for a key that is to be adopted. */
      readonly namedPem?: string;
    }
  | { readonly state: 'key-only' }
  | {
      readonly state: 'present';
      readonly certificatePem: string;
      /** PEM of the certificate that the source `existing` names, where its files could be opened. */
      readonly namedPem?: string;
    };

export type OrgObservation = {
  readonly orgId: string;
  readonly instanceUrl: string;
  /** The connection's own components that the org has. */
  readonly existing: readonly ComponentRef[];
  /** What we made there for earlier settings, and what the org still has of it. */
  readonly abandoned: readonly ComponentRef[];
};

export type ClientObservation = OrgObservation & {
  /** PEM of the connection's certificate, with its chain where the org has one; undefined where it is not in the org. */
  readonly certificatePem: string | undefined;
  /** Whether the org has any certificate: without one, its page refuses the import of keystores. */
  readonly hasCertificates: boolean;
  /** Who is to make callouts through the Named Credential; absent where nobody needs a permission for that. */
  readonly caller?: { readonly userId: string; readonly username: string; readonly isAssigned: boolean };
};
