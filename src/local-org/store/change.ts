import type { OrgKeyPair, Session, SObjectRecord, StoredComponent } from '../model.js';
import type { OrgState } from './org-state.js';

/**
 * One change of what a local org keeps, as plain JSON. Made one after the other on the state before them, changes lead to the
 * state after them. A third place that is empty means that the entry is gone.
 */
export type Change =
  | readonly ['record', object: string, row: SObjectRecord]
  | readonly ['no-record', object: string, id: string]
  | readonly ['component', component: ComponentState]
  | readonly ['no-component', type: string, fullName: string]
  | readonly ['key-pair', name: string, pair?: OrgKeyPair]
  | readonly ['session', token: string, session?: Session]
  | readonly ['port', port: number];

export type ComponentState = Omit<StoredComponent, 'files'> & {
  /** Path to content in base64. */
  readonly files: readonly (readonly [string, string])[];
};

export function toComponentState(component: StoredComponent): ComponentState {
  const files = [...component.files].map(([path, content]) => [path, Buffer.from(content).toString('base64')] as const);
  return { ...component, files };
}

export function fromComponentState(state: ComponentState): StoredComponent {
  return { ...state, files: new Map(state.files.map(([path, content]) => [path, Buffer.from(content, 'base64')])) };
}

/** The changes that lead from an empty org to a state. */
export function* contentsOf({ records, components, keyPairs, sessions }: OrgState): Iterable<Change> {
  for (const [object, rows] of Object.entries(records)) for (const row of rows) yield ['record', object, row];
  for (const component of components) yield ['component', component];
  for (const [name, pair] of keyPairs) yield ['key-pair', name, pair];
  for (const [token, session] of sessions) yield ['session', token, session];
}
