import type { Connection } from '../config/connection.js';
import type { StepKind } from '../plan/step.js';
import type { Journal } from './journal.js';
import type { Gateways } from './observe.js';

/** What a person may see while a step is under way. */
export type ApplyEvent =
  | { readonly kind: 'step-started'; readonly step: StepKind }
  | { readonly kind: 'deploy-progress'; readonly step: StepKind; readonly done: number; readonly total: number };

export type ApplyContext = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly privateFolder: string;
  readonly orgs: Gateways;
  readonly journal: Journal;
  /** Replace files, and components of the same name, that are not ours. */
  readonly force: boolean;
  readonly now: () => Date;
  readonly storePassword: StorePassword;
  readonly onProgress: (event: ApplyEvent) => void;
};

/** The password that opens a store or a key that is adopted, and that seals the stores that are written. */
export type StorePassword = {
  /** From a file or the environment; undefined where there is none. */
  readonly given: () => Promise<string | undefined>;
  /** From a person; undefined where nobody can be asked. */
  readonly ask: () => Promise<string | undefined>;
};
