import type { LocalOrg, LocalOrgSettings, OrgKeyPair, Session } from '../model.js';
import { fromComponentState, toComponentState, type Change, type ComponentState } from './change.js';
import { createComponentStore } from './component-store.js';
import { newId } from './ids.js';
import { NameMap } from './name-map.js';
import { createRecordStore, type RecordRows } from './record-store.js';
import { WatchedMap } from './watched-map.js';

/** Everything that a local org keeps, as plain JSON. Holds private keys and sessions: for 0600 files only. */
export type OrgState = {
  readonly id: string;
  readonly alias: string;
  /** Where it listened last, so that URLs that others saved stay right. */
  readonly port: number;
  readonly records: RecordRows;
  readonly components: readonly ComponentState[];
  readonly keyPairs: readonly (readonly [string, OrgKeyPair])[];
  readonly sessions: readonly (readonly [string, Session])[];
};

export type OrgEnvironment = {
  readonly now: () => number;
  readonly random: (size: number) => Uint8Array;
  readonly settings: LocalOrgSettings;
  /** Whether it is served through TLS. */
  readonly https?: boolean;
  /** All orgs of this process. */
  readonly orgs: () => readonly LocalOrg[];
};

/** A local org with what only its host needs. */
export type HostedOrg = {
  readonly org: LocalOrg;
  /** All that it keeps at this moment. */
  readonly snapshot: () => OrgState;
  /** Tells of each change from now on. There is one listener at most. */
  readonly onChange: (listener: (change: Change) => void) => void;
  /** Makes changes that an earlier run of this org has made. */
  readonly replay: (changes: readonly Change[]) => void;
  readonly listensAt: (port: number) => void;
  /** The port that it listens at or, until it does, that of its last run; 0 where there was none. */
  readonly listenedAt: () => number;
};

/** What an org has that has nothing. */
export const emptyContents: Pick<OrgState, 'records' | 'components' | 'keyPairs' | 'sessions'> = {
  records: {},
  components: [],
  keyPairs: [],
  sessions: [],
};

/** The state of an org that has nothing in it yet but its own row. */
export function emptyState(alias: string, random: OrgEnvironment['random']): OrgState {
  const id = newId('00D', random);
  // The row of the org itself is the one whose id is not made on insert: it is the org's.
  const records = { Organization: [{ Id: id }] };
  return { ...emptyContents, id, alias, port: 0, records };
}

/** Brings a state to life. */
export function openOrg(state: OrgState, { now, random, settings, https = false, orgs }: OrgEnvironment): HostedOrg {
  let listener: ((change: Change) => void) | undefined;
  let port = state.port;
  const makeId = (prefix: string): string => newId(prefix, random);
  const records = createRecordStore({
    rows: state.records,
    now,
    newId: makeId,
    onPut: (object, row) => listener?.(['record', object, row]),
    onDelete: (object, id) => listener?.(['no-record', object, id]),
  });
  const components = createComponentStore(state.components.map(fromComponentState), {
    put: (component) => listener?.(['component', toComponentState(component)]),
    deleted: (type, fullName) => listener?.(['no-component', type, fullName]),
  });
  const keyPairs = new NameMap(state.keyPairs, (...change) => listener?.(['key-pair', ...change]));
  const sessions = new WatchedMap(state.sessions, (...change) => listener?.(['session', ...change]));
  const listensAt = (actual: number): void => {
    if (actual !== port) listener?.(['port', actual]);
    port = actual;
  };
  const org: LocalOrg = {
    id: state.id,
    alias: state.alias,
    get instanceUrl() {
      return `${https ? 'https' : 'http'}://localhost:${port}`;
    },
    records,
    components,
    keyPairs,
    sessions,
    settings,
    siblings: () => orgs().filter(({ id }) => id !== state.id),
    now,
    newId: makeId,
  };
  const stores: Stores = { records, components, keyPairs, sessions };
  return {
    org,
    onChange: (added) => void (listener = added),
    replay: (changes) => changes.forEach((change) => replayOne(change, stores, listensAt)),
    listensAt,
    listenedAt: () => port,
    snapshot: () => ({ id: state.id, alias: state.alias, port, ...contentsOf(stores) }),
  };
}

type Stores = Pick<LocalOrg, 'components' | 'keyPairs' | 'sessions'> & {
  readonly records: ReturnType<typeof createRecordStore>;
};

function contentsOf({ records, components, keyPairs, sessions }: Stores) {
  return {
    records: records.rows(),
    components: components.types().flatMap((type) => components.all(type).map(toComponentState)),
    keyPairs: [...keyPairs],
    sessions: [...sessions],
  };
}

function replayOne(change: Change, stores: Stores, listensAt: HostedOrg['listensAt']): void {
  const { records, components, keyPairs, sessions } = stores;
  switch (change[0]) {
    case 'record':
      return records.restore(change[1], change[2]);
    case 'no-record':
      return records.delete(change[1], change[2]);
    case 'component':
      return components.put(fromComponentState(change[1]));
    case 'no-component':
      return components.delete(change[1], change[2]);
    case 'key-pair':
      return setOrDelete(keyPairs, change[1], change[2]);
    case 'session':
      return setOrDelete(sessions, change[1], change[2]);
    case 'port':
      return listensAt(change[1]);
  }
}

function setOrDelete<V>(map: Map<string, V>, key: string, value: V | undefined): void {
  if (value === undefined) map.delete(key);
  else map.set(key, value);
}
