/**
 * Every kind of step, in the order in which the plan of a first setup has them, see `stepOrder`. A new kind of client adds
 * a row here and in `deploy-groups.ts`.
 *
 * The user is assigned before the app is deployed, whose policy lets only assigned users in. A keystore, for which a
 * person is needed, is imported after all that needs nobody, and before the metadata that names its certificate.
 */
export const stepKinds = [
  'save-connection',
  'create-key',
  'adopt-key',
  'deploy-certificate',
  'deploy-permission-set',
  'assign-permission-set',
  'deploy-app',
  'enable-identity-provider',
  'import-key-store',
  'disable-identity-provider',
  'deploy-client',
  'assign-callout-permission-set',
  'remove-files',
] as const;
export type StepKind = (typeof stepKinds)[number];

const importKinds: readonly StepKind[] = ['enable-identity-provider', 'import-key-store', 'disable-identity-provider'];

/**
 * The order of a plan. An app that is there already may serve a flow that works: it gets another certificate only once
 * the client org has the key of it.
 */
export function stepOrder(hasApp: boolean): readonly StepKind[] {
  if (!hasApp) return stepKinds;
  const others = stepKinds.filter((kind) => !importKinds.includes(kind));
  const at = others.indexOf('deploy-app');
  return [...others.slice(0, at), ...importKinds, ...others.slice(at)];
}

export type StepAction = 'create' | 'update' | 'none';

/** Where a step takes effect: this machine, the server org or the client org. */
export type StepPlace = 'local' | 'server' | 'client';

export type Step = {
  readonly kind: StepKind;
  readonly place: StepPlace;
  readonly action: StepAction;
  /** What the step is about, like `External Client App Erp_Integration`. */
  readonly subject: string;
  /** Why the step has this action, in a few words. */
  readonly reason: string;
};

/** What stands in the way of a plan; `--force` takes it over. */
export type Conflict =
  | {
      /** Somebody else made it, or changed in the org what we deployed. */
      readonly kind: 'component-not-ours' | 'component-changed';
      readonly place: StepPlace;
      readonly component: string;
    }
  /** Somebody else made it, or edited what we wrote. */
  | { readonly kind: 'file-not-ours' | 'file-edited'; readonly path: string };

export type Plan = { readonly steps: readonly Step[]; readonly conflicts: readonly Conflict[] };

export const isChange = (step: Step): boolean => step.action !== 'none';

/** What is in the way, in words that go into a sentence. */
export const nameConflict = (conflict: Conflict): string =>
  'path' in conflict ? conflict.path : `${conflict.component} in the ${conflict.place} org`;

const whose: Readonly<Record<Conflict['kind'], string>> = {
  'component-not-ours': 'not made by this project',
  'component-changed': 'changed there since it was deployed',
  'file-not-ours': 'not written by this project',
  'file-edited': 'edited since it was written',
};

/** The same, with why it is in the way. */
export const describeConflict = (conflict: Conflict): string => `${nameConflict(conflict)} (${whose[conflict.kind]})`;
