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
  /** Absent for a server that is no org. */
  readonly server?: OrgObservation & {
    readonly userId: string;
    readonly isAssigned: boolean;
    readonly consumerKey: string | undefined;
  };
  readonly client?: OrgObservation & { readonly certificatePem: string | undefined };
  readonly journal: JournalState;
};

/** `key-only`: a run ended between writing the key and writing its certificate. */
export type KeyObservation =
  | { readonly state: 'absent' }
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
};
