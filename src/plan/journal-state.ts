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
      /** Components that become ours once this step is done, like `ApexClass:ErpClient`. */
      readonly claims?: readonly string[];
    }
  | { readonly event: 'deploying'; readonly step: StepKind; readonly orgId: string; readonly deploy: PendingDeploy }
  /** The org refused the step: what it claimed did not become ours. */
  | { readonly event: 'refused'; readonly step: StepKind; readonly at: string; readonly orgId: string }
  | {
      readonly event: 'done';
      readonly step: StepKind;
      readonly at: string;
      readonly orgId?: string;
      readonly digest?: string;
      /** What the org was given, by component; see `formsOfGroup`. */
      readonly forms?: Forms;
      /** Digests, by path, of files with a content that is not of our making; see `digestOfEdit`. */
      readonly edits?: Readonly<Record<string, string>>;
    }
  | {
      readonly event: 'writing';
      readonly path: string;
      readonly sha256: string;
      /** Of the content without its certificate, where it has one. */
      readonly base?: string;
    }
  /** What we would write to a path was shown beside an edit, which was in its way: whoever deploys it now, wants it. */
  | { readonly event: 'shown'; readonly path: string; readonly base: string }
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

/** By component in lower case, like `apexclass:erpclient`: digest of what it says, and the API version where that counts. */
export type Forms = Readonly<Record<string, string>>;

export type PendingDeploy = { readonly id: string; readonly digest: string };

export type StepRecord = {
  readonly status: 'started' | 'refused' | 'done';
  /** Digest of the artifacts that were deployed last. */
  readonly digest?: string;
  /** What becomes ours once the step is done. */
  readonly claims?: readonly string[];
  /** A deploy that was started and whose end nobody saw, and what becomes ours if it went well. */
  readonly pending?: PendingDeploy & { readonly claims: readonly string[] };
  /** What the org was given in deploys of which we saw the end. */
  readonly forms?: Forms;
};

/** All that earlier runs left behind, folded from the journal. */
export type JournalState = {
  /** By step and org, see `recordOf`: what was done in one org says nothing about another. */
  readonly steps: Readonly<Record<string, StepRecord>>;
  /** By org: the components that we made there, as far as we saw the end of the deploy. */
  readonly owned: Readonly<Record<string, readonly string[]>>;
  /** Digests of every content that was written to a path: a file with one of them is ours to replace. */
  readonly written: Readonly<Record<string, readonly string[]>>;
  /** By path: digest of what we wrote there last, or would have written, without its certificate. */
  readonly bases: Readonly<Record<string, string>>;
  /** By path: digest of the content that is not of our making and was deployed last. */
  readonly edits: Readonly<Record<string, string>>;
  readonly lastVerification?: { readonly at: string; readonly verified: boolean; readonly server?: ServerRecord };
};

export const emptyJournal: JournalState = { steps: {}, owned: {}, written: {}, bases: {}, edits: {} };

export const foldJournal = (entries: readonly JournalEntry[]): JournalState => entries.reduce(foldEntry, emptyJournal);

/** What is noted of a step in one org, or on this machine. */
export const recordOf = ({ steps }: JournalState, step: StepKind, orgId?: string): StepRecord | undefined =>
  steps[keyOf(step, orgId)];

export const ownedIn = ({ owned }: JournalState, orgId: string): readonly string[] => owned[orgId] ?? [];

/** Whether we wrote that content to a path, in whichever case: there are file systems that take no notice of it. */
export function isWritten({ written }: JournalState, path: string, sha256: string): boolean {
  if (written[path]?.includes(sha256)) return true;
  const wanted = path.toLowerCase();
  return Object.entries(written).some(([name, digests]) => name.toLowerCase() === wanted && digests.includes(sha256));
}

/** Whether we wrote anything to a path, in whichever case. */
export const wasWritten = ({ written }: JournalState, path: string): boolean =>
  Object.keys(written).some((name) => name.toLowerCase() === path.toLowerCase());

/** Whether a component, like `ApexClass:ErpClient` in any case, is ours in an org. */
export const isOwned = (state: JournalState, orgId: string, component: string): boolean =>
  ownedIn(state, orgId).some((owned) => owned.toLowerCase() === component.toLowerCase());

/** What an org was given, as far as we know: not while a deploy may have given it something else. */
export function formsIn({ steps }: JournalState, orgId: string): Forms {
  const records = Object.entries(steps).filter(
    ([key, { status }]) => key.endsWith(` ${orgId}`) && status !== 'started',
  );
  return Object.fromEntries(records.flatMap(([, { forms }]) => Object.entries(forms ?? {})));
}

/** The deploys to an org whose end nobody saw, by their ids. */
export function pendingIn({ steps }: JournalState, orgId: string): ReadonlyMap<string, readonly string[]> {
  const records = Object.entries(steps).filter(([key]) => key.endsWith(` ${orgId}`));
  const pending = records.flatMap(([, record]) => (record.pending ? [record.pending] : []));
  return new Map(pending.map(({ id }) => [id, pending.filter((one) => one.id === id).flatMap(({ claims }) => claims)]));
}

/** The same journal, with components that are ours as well. */
export function withOwned(state: JournalState, orgId: string, components: readonly string[]): JournalState {
  const all = [...ownedIn(state, orgId), ...components];
  const byName = new Map(all.map((component) => [component.toLowerCase(), component]));
  return { ...state, owned: { ...state.owned, [orgId]: [...byName.values()] } };
}

function foldEntry(state: JournalState, entry: JournalEntry): JournalState {
  switch (entry.event) {
    case 'started':
      return start(state, entry);
    case 'deploying':
      return noteDeploy(state, entry);
    case 'refused':
      return withStep(state, entry, { status: 'refused', ...formsOf(recordOf(state, entry.step, entry.orgId)) });
    case 'done':
      return finish(state, entry);
    case 'writing':
      return noteWriting(state, entry);
    case 'shown':
      return noteShown(state, entry);
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

function noteWriting(state: JournalState, entry: Extract<JournalEntry, { event: 'writing' }>): JournalState {
  const { path, sha256, base = sha256 } = entry;
  const written = { ...state.written, [path]: [...(state.written[path] ?? []), sha256] };
  return { ...state, written, bases: { ...state.bases, [path]: base } };
}

function noteShown(state: JournalState, { path, base }: Extract<JournalEntry, { event: 'shown' }>): JournalState {
  const { [path]: _, ...edits } = state.edits;
  return { ...state, bases: { ...state.bases, [path]: base }, edits };
}

function start(state: JournalState, entry: Extract<JournalEntry, { event: 'started' }>): JournalState {
  const { step, orgId, claims } = entry;
  const record = recordOf(state, step, orgId);
  const started = { ...record, status: 'started', ...(claims ? { claims } : {}) } as const;
  if (!record?.pending) return withStep(state, entry, started);
  // A deploy of which nobody saw the end may have given the org something else.
  const { forms: _, ...rest } = started;
  return withStep(state, entry, rest);
}

function noteDeploy(state: JournalState, entry: Extract<JournalEntry, { event: 'deploying' }>): JournalState {
  const record = recordOf(state, entry.step, entry.orgId);
  const pending = { ...entry.deploy, claims: record?.claims ?? [] };
  return withStep(state, entry, { status: 'started', ...record, pending });
}

function finish(state: JournalState, entry: Extract<JournalEntry, { event: 'done' }>): JournalState {
  const digest = entry.digest === undefined ? {} : { digest: entry.digest };
  const { orgId = '' } = entry;
  const record = recordOf(state, entry.step, entry.orgId);
  const claims = record?.claims ?? [];
  const edited = entry.edits ? { ...state, edits: { ...state.edits, ...entry.edits } } : state;
  const owning = claims.length === 0 ? edited : withOwned(edited, orgId, claims);
  const forms = { ...record?.forms, ...entry.forms };
  const done = withStep(owning, entry, { status: 'done', ...digest, ...formsOf({ forms }) });
  if (entry.step !== 'disable-identity-provider') return done;
  // What was enabled for an import is not ours to disable a second time.
  const { [keyOf('enable-identity-provider', entry.orgId)]: _, ...steps } = done.steps;
  return { ...done, steps };
}

const formsOf = (record: Pick<StepRecord, 'forms'> | undefined): Pick<StepRecord, 'forms'> =>
  record?.forms && Object.keys(record.forms).length > 0 ? { forms: record.forms } : {};

function withStep(
  state: JournalState,
  { step, orgId }: { readonly step: StepKind; readonly orgId?: string },
  record: StepRecord,
): JournalState {
  return { ...state, steps: { ...state.steps, [keyOf(step, orgId)]: record } };
}

const keyOf = (step: StepKind, orgId = 'here'): string => `${step} ${orgId}`;
