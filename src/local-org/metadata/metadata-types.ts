import { registeredTypes, type RegisteredChild, type RegisteredType } from './types/registry.js';
import { deployFirst, generalTraits, traitsOf, type Traits } from './type-traits.js';

/** A metadata type as a deploy and a retrieve need to know it. */
export type MetadataType = Traits & {
  readonly name: string;
  readonly directory: string;
  /** Ending of its file in a zip of the Metadata API; empty where the name of the file or folder has none of its own. */
  readonly suffix: string;
  /**
   * `xml`: one file that is all XML. `content`: two, like `X.cls` and `X.cls-meta.xml`. `bundle`: all files of a folder.
   * `folder`: the `X-meta.xml` of a folder in which others are.
   */
  readonly layout: 'xml' | 'content' | 'bundle' | 'folder';
  /** Whether its components are in folders, which stand in their names: `Sales/Pipeline`. */
  readonly inFolder: boolean;
  /** The type in whose files its components stand, as fields do in those of objects. */
  readonly parent?: string;
  /** Of such a type: the element in the file of the parent, and the child of it that names the component. */
  readonly element?: string;
  readonly key?: string;
  /** Whether its full name is that of the element alone, without the parent's before it. */
  readonly withoutParent: boolean;
  /** Of a folder: the type of what is in it, under which a package.xml names it. */
  readonly contentType?: string;
};

type Catalog = {
  readonly all: readonly MetadataType[];
  readonly byName: ReadonlyMap<string, MetadataType>;
  readonly byDirectory: ReadonlyMap<string, readonly MetadataType[]>;
  readonly byParent: ReadonlyMap<string, readonly MetadataType[]>;
};

/**
 * Types whose files lie in ways of their own, which a local org does not know: a package that names one is refused. All others
 * of SDR's registry are taken.
 */
const notTaken = new Set([
  'DigitalExperienceBundle',
  'ExperienceBundle',
  'Territory2',
  'Territory2Model',
  'Territory2Rule',
]);

let opened: Catalog | undefined;

function catalog(): Catalog {
  if (opened) return opened;
  const all = registeredTypes()
    .filter(({ name }) => !notTaken.has(name))
    .flatMap((type) => [typeOf(type), ...(type.children ?? []).map((child) => childOf(type, child))]);
  opened = {
    all,
    byName: new Map(all.map((type) => [type.name, type])),
    byDirectory: groups(all, ({ parent, directory }) => (parent === undefined ? directory : undefined)),
    byParent: groups(all, ({ parent }) => parent),
  };
  return opened;
}

function groups(
  types: readonly MetadataType[],
  keyOf: (type: MetadataType) => string | undefined,
): ReadonlyMap<string, readonly MetadataType[]> {
  const found = new Map<string, MetadataType[]>();
  for (const type of types) {
    const key = keyOf(type);
    if (key !== undefined) found.set(key, [...(found.get(key) ?? []), type]);
  }
  return found;
}

/** All types that a local org takes: those of SDR's registry. */
export function metadataTypes(): readonly MetadataType[] {
  return catalog().all;
}

export function findMetadataType(name: string): MetadataType | undefined {
  return catalog().byName.get(name);
}

/** @returns The types whose files are in a directory; types without files of their own have none */
export function findTypesByDirectory(directory: string): readonly MetadataType[] {
  return catalog().byDirectory.get(directory) ?? [];
}

/** The types whose components stand in the files of a type. */
export function childTypesOf(name: string): readonly MetadataType[] {
  return catalog().byParent.get(name) ?? [];
}

/** The type of the folders that components of a type are in. */
export function folderTypeOf(contentType: string): MetadataType | undefined {
  return catalog().all.find((type) => type.contentType === contentType);
}

/** Place of a type in the order of deployment. */
export function deployOrder(type: MetadataType): number {
  const own = deployFirst.indexOf(type.name);
  if (own >= 0) return own;
  const before = type.parent === undefined ? -1 : deployFirst.indexOf(type.parent);
  return before >= 0 ? before + 0.5 : deployFirst.length + (type.parent === undefined ? 0 : 1);
}

/** Name of the component in whose file a component stands. */
export function parentName(type: MetadataType, fullName: string): string {
  // Of the one type whose components need no parent in their names there is one file.
  return type.withoutParent ? (type.parent ?? '') : (fullName.split('.')[0] ?? '');
}

/** Path of a component's file, or folder, inside a package; with content, the other file has `-meta.xml` behind it. */
export function filePath(type: MetadataType, fullName: string): string {
  const parent = type.parent === undefined ? undefined : findMetadataType(type.parent);
  if (parent) return filePath(parent, parentName(type, fullName));
  if (type.layout === 'folder') return `${type.directory}/${fullName}-meta.xml`;
  return type.suffix === '' ? `${type.directory}/${fullName}` : `${type.directory}/${fullName}.${type.suffix}`;
}

/** Name of the root element of a component's XML: that of a setting is not its type, but the setting. */
export function rootName(type: MetadataType, fullName: string): string {
  return type.names === 'settings' ? `${fullName}Settings` : type.name;
}

function typeOf({ name, directory, suffix, adapter, inFolder, folderContentType }: RegisteredType): MetadataType {
  const layout = folderContentType === undefined ? layoutOf(adapter) : 'folder';
  // A document keeps the ending that it came with.
  const hasSuffix = layout !== 'bundle' && name !== 'Document';
  return {
    ...generalTraits,
    ...traitsOf(name),
    name,
    directory,
    suffix: hasSuffix ? (suffix ?? '') : '',
    layout,
    inFolder: inFolder ?? false,
    withoutParent: false,
    ...(folderContentType === undefined ? {} : { contentType: folderContentType }),
  };
}

function layoutOf(adapter: string | undefined): MetadataType['layout'] {
  if (adapter === 'matchingContentFile' || adapter === 'mixedContent') return 'content';
  return adapter === 'bundle' || adapter === 'uiBundles' ? 'bundle' : 'xml';
}

function childOf(parent: RegisteredType, child: RegisteredChild): MetadataType {
  return {
    ...generalTraits,
    ...traitsOf(child.name),
    name: child.name,
    directory: child.directory,
    suffix: child.suffix,
    layout: 'xml',
    inFolder: false,
    parent: parent.name,
    element: child.element,
    key: child.key ?? 'fullName',
    withoutParent: child.withoutParent ?? false,
  };
}
