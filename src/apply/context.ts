import type { Connection } from '../config/connection.js';
import type { StepKind } from '../plan/step.js';
import type { Journal } from './journal.js';
import type { Gateways } from './observe.js';

/** What a person may see while a step is under way. */
export type ApplyEvent =
  | { readonly kind: 'step-started'; readonly step: StepKind }
  | { readonly kind: 'deploy-progress'; readonly step: StepKind; readonly done: number; readonly total: number }
  | { readonly kind: 'step-done'; readonly step: StepKind };

export type ApplyContext = {
  readonly connection: Connection;
  readonly projectRoot: string;
  readonly privateFolder: string;
  readonly orgs: Gateways;
  readonly journal: Journal;
  /** Replace files, and components of the same name, that are not ours. */
  readonly force: boolean;
  readonly now: () => Date;
  /** Opens a store or an encrypted key that is adopted, and seals the stores that are written. Asked only when needed. */
  readonly storePassword: () => Promise<string | undefined>;
  readonly onProgress: (event: ApplyEvent) => void;
};
