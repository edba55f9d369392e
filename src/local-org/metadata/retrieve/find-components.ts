import type { LocalOrg, StoredComponent } from '../../model.js';
import { findMetadataType, folderTypeOf, type MetadataType } from '../metadata-types.js';
import type { Member } from '../package/manifest.js';

/** The components that a member of a package.xml stands for. */
export function findComponents(org: LocalOrg, { type: typeName, fullName }: Member): readonly StoredComponent[] {
  const type = findMetadataType(typeName);
  if (!type) return [];
  if (fullName === '*') return findAll(org, type);
  const component =
    org.components.get(typeName, fullName) ?? folder(org, type, fullName) ?? document(org, type, fullName);
  return component ? [component] : [];
}

/**
 * Metadata API Developer Guide, package.xml: a wildcard does not reach into folders, not to standard objects, and not to the
 * parts of objects.
 */
function findAll(org: LocalOrg, { name, inFolder, parent }: MetadataType): readonly StoredComponent[] {
  if (inFolder || parent === 'CustomObject') return [];
  const all = org.components.all(name);
  return name === 'CustomObject' ? all.filter(({ fullName }) => fullName.includes('__')) : all;
}

/** A package.xml names a folder under the type of what is in it. */
function folder(org: LocalOrg, { name, inFolder }: MetadataType, fullName: string): StoredComponent | undefined {
  const type = inFolder ? folderTypeOf(name) : undefined;
  return type && org.components.get(type.name, fullName);
}

/** Documents are named with and without the ending of their file. */
function document(org: LocalOrg, { name }: MetadataType, fullName: string): StoredComponent | undefined {
  if (name !== 'Document') return undefined;
  return org.components.all(name).find((stored) => stored.fullName.replace(/\.[^./]*$/, '') === fullName);
}
