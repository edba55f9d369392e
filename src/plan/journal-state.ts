import type { StepKind } from './step.js';

/**
 * One line of the journal. `started` is written before a step has any effect, so that a step whose end is unknown is
 * told from one that somebody else did; `writing` likewise before a file is written.
 */
export type JournalEntry =
  | {
      readonly event: 'started';
      readonly step: StepKind;
      readonly at: string;
      readonly orgId?: string;
      /** Components that become ours with this step: none of them was there, or they were taken over with force. */
      readonly claims?: readonly string[];
    }
  | { readonly event: 'deploying'; readonly step: StepKind; readonly orgId: string; readonly deploy: PendingDeploy }
  /** The org refused the step: what it claimed did not become ours. */
  | {
      readonly event: 'refused';
      readonly step: StepKind;
      readonly at: string;
      readonly orgId: string;
      readonly claims: readonly string[];
    }
  | {
      readonly event: 'done';
      readonly step: StepKind;
      readonly at: string;
      readonly orgId?: string;
      readonly digest?: string;
    }
  | { readonly event: 'writing'; readonly path: string; readonly sha256: string }
  | { readonly event: 'verified'; readonly at: string; readonly verified: boolean; readonly server?: ServerRecord };

/** What a later verification needs to know of the server org, so that it can do without being logged in to it. */
export type ServerRecord = {
  readonly orgId: string;
  readonly instanceUrl: string;
  readonly consumerKey: string;
  /** Alias or username of the server org, and developer name of the app, that this was true of. */
  readonly org: string;
  readonly app: string;
};

export type PendingDeploy = { readonly id: string; readonly digest: string };

export type StepRecord = {
  readonly status: 'started' | 'refused' | 'done';
  /** Digest of the artifacts that were deployed last. */
  readonly digest?: string;
  /** A deploy that was started and whose end nobody saw. */
  readonly pending?: PendingDeploy;
};

/** All that earlier runs left behind, folded from the journal. */
export type JournalState = {
  /** By step and org, see `recordOf`: what was done in one org says nothing about another. */
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** By org: the components that we made there. */
  readonly owned: Readonly<Record<string, readonly string[]>>;
  /** Digests of every content that was written to a path: a file with one of them is ours to replace. */
  readonly written: Readonly<Record<string, readonly string[]>>;
  readonly lastVerification?: { readonly at: string; readonly verified: boolean; readonly server?: ServerRecord };
};

export const emptyJournal: JournalState = { steps: {}, owned: {}, written: {} };

export const foldJournal = (entries: readonly JournalEntry[]): JournalState => entries.reduce(foldEntry, emptyJournal);

/** What is noted of a step in one org, or on this machine. */
export const recordOf = ({ steps }: JournalState, step: StepKind, orgId?: string): StepRecord | undefined =>
  steps[keyOf(step, orgId)];

export const ownedIn = ({ owned }: JournalState, orgId: string): readonly string[] => owned[orgId] ?? [];

function foldEntry(state: JournalState, entry: JournalEntry): JournalState {
  switch (entry.event) {
    case 'started':
      return claim(withStep(state, entry, { ...recordOf(state, entry.step, entry.orgId), status: 'started' }), entry);
    case 'deploying':
      return withStep(state, entry, {
        status: 'started',
        ...recordOf(state, entry.step, entry.orgId),
        pending: entry.deploy,
      });
    case 'refused':
      return disclaim(withStep(state, entry, { status: 'refused' }), entry);
    case 'done':
      return finish(state, entry);
    case 'writing':
      return {
        ...state,
        written: { ...state.written, [entry.path]: [...(state.written[entry.path] ?? []), entry.sha256] },
      };
    case 'verified':
      return {
        ...state,
        lastVerification: {
          at: entry.at,
          verified: entry.verified,
          ...(entry.server ? { server: entry.server } : {}),
        },
      };
    default:
      // A later release may have noted what this one does not know.
      return state;
  }
}

function finish(state: JournalState, entry: Extract<JournalEntry, { event: 'done' }>): JournalState {
  const digest = entry.digest === undefined ? {} : { digest: entry.digest };
  const done = withStep(state, entry, { status: 'done', ...digest });
  if (entry.step !== 'disable-identity-provider') return done;
  // What was enabled for an import is not ours to disable a second time.
  const { [keyOf('enable-identity-provider', entry.orgId)]: _, ...steps } = done.steps;
  return { ...done, steps };
}

function claim(state: JournalState, { orgId = '', claims = [] }: { orgId?: string; claims?: readonly string[] }) {
  return { ...state, owned: { ...state.owned, [orgId]: [...new Set([...ownedIn(state, orgId), ...claims])] } };
}

function disclaim(state: JournalState, { orgId, claims }: { orgId: string; claims: readonly string[] }) {
  const left = ownedIn(state, orgId).filter((component) => !claims.includes(component));
  return { ...state, owned: { ...state.owned, [orgId]: left } };
}

function withStep(
  state: JournalState,
  { step, orgId }: { readonly step: StepKind; readonly orgId?: string },
  record: StepRecord,
): JournalState {
  return { ...state, steps: { ...state.steps, [keyOf(step, orgId)]: record } };
}

const keyOf = (step: StepKind, orgId = 'here'): string => `${step} ${orgId}`;
