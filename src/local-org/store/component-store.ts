import type { ComponentStore, StoredComponent } from '../model.js';

/** Deployed components in memory, by type and full name. */
export function createComponentStore(components: readonly StoredComponent[], onChange: () => void): ComponentStore {
  const types = new Map<string, Map<string, StoredComponent>>();
  const put = (component: StoredComponent): void => {
    const named = types.get(component.type) ?? new Map<string, StoredComponent>();
    types.set(component.type, named.set(component.fullName, component));
  };
  components.forEach(put);
  return {
    all: (type) => [...(types.get(type)?.values() ?? [])],
    types: () => [...types].filter(([, named]) => named.size > 0).map(([type]) => type),
    get: (type, fullName) => types.get(type)?.get(fullName),
    put(component) {
      put(component);
      onChange();
    },
    delete(type, fullName) {
      if (types.get(type)?.delete(fullName)) onChange();
    },
  };
}
