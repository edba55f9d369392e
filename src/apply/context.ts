import type { Connection } from '../config/connection.js';
import type { StepKind } from '../plan/step.js';
import type { Journal } from './journal.js';
import type { Gateways } from './observe.js';

/** What a person may see while a step is under way. */
export type ApplyEvent =
  | { readonly kind: 'step-started'; readonly step: StepKind }
  | { readonly kind: 'deploy-progress'; readonly step: StepKind; readonly done: number; readonly total: number }
  /** What an org says of a deploy that it took. */
  | { readonly kind: 'deploy-warning'; readonly step: StepKind; readonly message: string };

export type ApplyContext = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly privateFolder: string;
  readonly orgs: Gateways;
  readonly journal: Journal;
  /** Replace files, and components of the same name, that are not ours. */
  readonly force: boolean;
  /** Contents, by path, of files that somebody edited and deployed as they are. */
  readonly edits: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly storePassword: StorePassword;
  readonly keyStoreImport: KeyStoreImport;
  readonly onProgress: (event: ApplyEvent) => void;
};

/** The password that opens a store or a key that is adopted, and that seals the stores that are written. */
export type StorePassword = {
  /** From a file or the environment; undefined where there is none. */
  readonly given: () => Promise<string | undefined>;
  /** From a person; undefined where nobody can be asked. */
  readonly ask: () => Promise<string | undefined>;
};

/** How a keystore gets into the client org: through a page of its Setup, since no API takes a private key. */
export type KeyStoreImport =
  /** Through the page, as a person would: for orgs that this process runs itself. */
  | { readonly kind: 'upload'; readonly upload: (keyStore: Uint8Array, password: string) => Promise<void> }
  | {
      readonly kind: 'by-hand';
      /** For how long to look whether the certificate is there. */
      readonly waitSeconds: number;
      readonly sleep: (seconds: number) => Promise<unknown>;
      /** A password for the keystore that is to be written to this file. */
      readonly askPassword: (file: string) => Promise<string>;
      readonly tell: (request: ImportRequest) => Promise<void>;
    }
  /** There is no person to ask; the next run goes on once the certificate is there. */
  | { readonly kind: 'nobody' };

/** What a person is to do. */
export type ImportRequest = {
  /** Alias or username of the client org. */
  readonly org: string;
  /** Of the page, below the origin of the org, and with it. */
  readonly path: string;
  readonly url: string;
  /** The keystore, relative to the project. */
  readonly file: string;
  /** Developer name that the certificate gets: the alias in the keystore. */
  readonly certificate: string;
};
