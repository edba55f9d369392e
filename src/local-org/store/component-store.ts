import type { ComponentStore, StoredComponent } from '../model.js';
import { nameKey } from './names.js';

export type ComponentListener = {
  readonly put: (component: StoredComponent) => void;
  readonly deleted: (type: string, fullName: string) => void;
};

/** Deployed components in memory, by type and full name, whatever the case of that. */
export function createComponentStore(
  components: readonly StoredComponent[],
  listener: ComponentListener,
): ComponentStore {
  const types = new Map<string, Map<string, StoredComponent>>();
  const put = (component: StoredComponent): void => {
    const named = types.get(component.type) ?? new Map<string, StoredComponent>();
    types.set(component.type, named.set(nameKey(component.fullName), component));
  };
  components.forEach(put);
  return {
    all: (type) => [...(types.get(type)?.values() ?? [])],
    types: () => [...types].filter(([, named]) => named.size > 0).map(([type]) => type),
    get: (type, fullName) => types.get(type)?.get(nameKey(fullName)),
    put(component) {
      put(component);
      listener.put(component);
    },
    delete(type, fullName) {
      if (types.get(type)?.delete(nameKey(fullName))) listener.deleted(type, fullName);
    },
  };
}
