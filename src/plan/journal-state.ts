import type { StepKind } from './step.js';

/**
 * One line of the journal. `started` is written before a step has any effect, so that a step whose end is unknown is
 * told from one that somebody else did; `writing` likewise before a file is written.
 */
export type JournalEntry =
  | { readonly event: 'started'; readonly step: StepKind; readonly at: string; readonly orgId?: string }
  | { readonly event: 'deploying'; readonly step: StepKind; readonly deployId: string; readonly digest: string }
  | { readonly event: 'writing'; readonly path: string; readonly sha256: string }
  | {
      readonly event: 'done';
      readonly step: StepKind;
      readonly at: string;
      readonly orgId?: string;
      readonly digest?: string;
    }
  | { readonly event: 'verified'; readonly at: string; readonly verified: boolean; readonly server: ServerRecord };

/** What a later verification needs to know of the server org, so that it can do without being logged in to it. */
export type ServerRecord = { readonly orgId: string; readonly instanceUrl: string; readonly consumerKey: string };

export type StepRecord = {
  readonly status: 'started' | 'done';
  readonly orgId?: string;
  /** Digest of the artifacts that were deployed last. */
  readonly digest?: string;
  /** A deploy that was started and whose end nobody saw. */
  readonly pending?: { readonly deployId: string; readonly digest: string };
};

/** All that earlier runs left behind, folded from the journal. */
export type JournalState = {
  readonly steps: Readonly<Partial<Record<StepKind, StepRecord>>>;
  /** Digests of every content that was written to a path: a file with one of them is ours to replace. */
  readonly written: Readonly<Record<string, readonly string[]>>;
  readonly lastVerification?: { readonly at: string; readonly verified: boolean; readonly server: ServerRecord };
};

export const emptyJournal: JournalState = { steps: {}, written: {} };

export const foldJournal = (entries: readonly JournalEntry[]): JournalState => entries.reduce(foldEntry, emptyJournal);

function foldEntry(state: JournalState, entry: JournalEntry): JournalState {
  switch (entry.event) {
    case 'started':
      return withStep(state, entry.step, startedRecord(state.steps[entry.step], entry.orgId));
    case 'deploying':
      return withStep(state, entry.step, {
        status: 'started',
        ...state.steps[entry.step],
        pending: { deployId: entry.deployId, digest: entry.digest },
      });
    case 'done':
      return withStep(state, entry.step, {
        status: 'done',
        ...(entry.orgId === undefined ? {} : { orgId: entry.orgId }),
        ...(entry.digest === undefined ? {} : { digest: entry.digest }),
      });
    case 'writing':
      return {
        ...state,
        written: { ...state.written, [entry.path]: [...(state.written[entry.path] ?? []), entry.sha256] },
      };
    case 'verified':
      return { ...state, lastVerification: { at: entry.at, verified: entry.verified, server: entry.server } };
  }
}

/** What was deployed to this org before stays known; what was deployed to another one says nothing about it. */
function startedRecord(before: StepRecord | undefined, orgId: string | undefined): StepRecord {
  const org = orgId === undefined ? {} : { orgId };
  return before?.orgId === orgId ? { ...before, ...org, status: 'started' } : { ...org, status: 'started' };
}

function withStep(state: JournalState, step: StepKind, record: StepRecord): JournalState {
  return { ...state, steps: { ...state.steps, [step]: record } };
}
