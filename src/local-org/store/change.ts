import type { OrgKeyPair, Session, SObjectRecord, StoredComponent } from '../model.js';

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
