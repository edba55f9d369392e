import type { ComponentStore, LocalOrg, LocalOrgSettings, OrgKeyPair, Session, StoredComponent } from '../model.js';
import { createComponentStore } from './component-store.js';
import { newId } from './ids.js';
import { NameMap } from './name-map.js';
import { createRecordStore, type RecordRows } from './record-store.js';
import { WatchedMap } from './watched-map.js';

/** Everything that a local org keeps, as plain JSON. Holds private keys and sessions: for 0600 files only. */
export type OrgState = {
  readonly format: 1;
  readonly id: string;
  readonly alias: string;
  /** Where it listened last, so that URLs that others saved stay right. */
  readonly port: number;
  readonly records: RecordRows;
  readonly components: readonly ComponentState[];
  readonly keyPairs: readonly (readonly [string, OrgKeyPair])[];
  readonly sessions: readonly (readonly [string, Session])[];
};

type ComponentState = Omit<StoredComponent, 'files'> & {
  /** Path to content in base64. */
  readonly files: readonly (readonly [string, string])[];
};

export type OrgEnvironment = {
  readonly now: () => number;
  readonly random: (size: number) => Uint8Array;
  readonly settings: LocalOrgSettings;
  /** All orgs of this process. */
  readonly orgs: () => readonly LocalOrg[];
};

/** A local org with what only its host needs: its state for the disk, and how often it has changed. */
export type HostedOrg = {
  readonly org: LocalOrg;
  readonly snapshot: () => OrgState;
  /** Counts changes, so that whoever writes the state knows whether there is something to write. */
  readonly changes: () => number;
  readonly listensAt: (port: number) => void;
};

/** The state of an org that has nothing in it yet. */
export function emptyState(alias: string, random: OrgEnvironment['random']): OrgState {
  const id = newId('00D', random);
  // The row of the org itself is the one whose id is not made on insert: it is the org's.
  const records = { Organization: [{ Id: id }] };
  return { format: 1, id, alias, port: 0, records, components: [], keyPairs: [], sessions: [] };
}

/** Brings a state to life. */
export function openOrg(state: OrgState, { now, random, settings, orgs }: OrgEnvironment): HostedOrg {
  let changes = 0;
  let port = state.port;
  const onChange = (): void => void (changes += 1);
  const makeId = (prefix: string): string => newId(prefix, random);
  const records = createRecordStore({ rows: state.records, now, newId: makeId, onChange });
  const components = createComponentStore(state.components.map(openComponent), onChange);
  const keyPairs = new NameMap(state.keyPairs, onChange);
  const sessions = new WatchedMap(state.sessions, onChange);
  const org: LocalOrg = {
    id: state.id,
    alias: state.alias,
    get instanceUrl() {
      return `http://localhost:${port}`;
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
  return {
    org,
    changes: () => changes,
    listensAt(actual) {
      if (actual !== port) onChange();
      port = actual;
    },
    snapshot: () => ({
      format: 1,
      id: state.id,
      alias: state.alias,
      port,
      records: records.rows(),
      components: componentStates(components),
      keyPairs: [...keyPairs],
      sessions: [...sessions],
    }),
  };
}

function openComponent(state: ComponentState): StoredComponent {
  return { ...state, files: new Map(state.files.map(([path, content]) => [path, Buffer.from(content, 'base64')])) };
}

function componentStates(store: ComponentStore): readonly ComponentState[] {
  return store
    .types()
    .flatMap((type) => store.all(type))
    .map((component) => ({
      ...component,
      files: [...component.files].map(([path, content]) => [path, Buffer.from(content).toString('base64')] as const),
    }));
}
