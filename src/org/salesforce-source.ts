import type { ComponentSet, SourceComponent } from '@salesforce/source-deploy-retrieve';
import type { ComponentRef } from '../artifacts/artifact.js';

/** Notes and the like between the sources are left out, as `sf project deploy start` leaves them out of a folder. */
export async function readSource(paths: readonly string[]): Promise<ComponentSet> {
  const { ComponentSet: Components } = await import('@salesforce/source-deploy-retrieve');
  const isSource = (path: string): boolean => {
    try {
      Components.fromSource(path);
      return true;
    } catch (error) {
      if (error instanceof Error && error.name === 'TypeInferenceError') return false;
      throw error;
    }
  };
  return Components.fromSource(paths.filter(isSource));
}

/** The components that source files are of, each once. A part of a component that is there as a whole counts as that one. */
export async function componentsInSource(paths: readonly string[]): Promise<readonly ComponentRef[]> {
  const components = (await readSource(paths)).getSourceComponents().toArray();
  const wholes = new Set(components.filter(({ xml, parent }) => xml !== undefined && !parent).map(nameOf));
  const refs = components.map((component) => {
    const { parent } = component;
    return refOf(parent && wholes.has(nameOf(parent)) ? parent : component);
  });
  return [...new Map(refs.map((ref) => [`${ref.type}:${ref.fullName}`, ref])).values()];
}

const refOf = ({ type, fullName }: SourceComponent): ComponentRef => ({ type: type.name, fullName });

const nameOf = ({ type, fullName }: SourceComponent): string => `${type.name}:${fullName}`;
