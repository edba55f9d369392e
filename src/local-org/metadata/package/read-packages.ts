import { isComponentVersion } from '../../rest/versions.js';
import { findMetadataType, parentName, type MetadataType } from '../metadata-types.js';
import { collectComponents, type Collected } from './collect-components.js';
import { parseManifest, type Manifest, type Member } from './manifest.js';
import type { PackageFiles } from './unzip-package.js';

/** A fault of a package that belongs to none of its readable components. */
export type PackageFault = {
  readonly type: string;
  readonly fullName: string;
  readonly fileName: string;
  readonly problem: string;
  readonly line?: number;
  readonly column?: number;
};

export type Deletion = Member & { readonly fileName: string; readonly when: 'before' | 'after' };

/** All that a zip asks for. */
export type PackageContents = {
  readonly manifests: readonly string[];
  readonly components: readonly Collected[];
  readonly deletions: readonly Deletion[];
  readonly faults: readonly PackageFault[];
};

const destructiveManifests = [
  { name: 'destructiveChanges.xml', when: 'before' },
  { name: 'destructiveChangesPre.xml', when: 'before' },
  { name: 'destructiveChangesPost.xml', when: 'after' },
] as const;

const manifestName = 'package.xml';

/**
 * Holds the files of a zip against its package.xml.
 *
 * @param singlePackage The zip is one package: its package.xml is at the top, or in the one folder at the top. Otherwise
 *   each folder at the top is a package.
 */
export function readPackages(
  files: PackageFiles,
  options: { readonly singlePackage: boolean; readonly allowMissingFiles: boolean },
): PackageContents {
  const parts = prefixesOf(files, options.singlePackage).map((prefix) =>
    readPackage(below(files, prefix), prefix, options.allowMissingFiles),
  );
  return {
    manifests: parts.flatMap(({ manifests }) => manifests),
    components: parts.flatMap(({ components }) => components),
    deletions: parts.flatMap(({ deletions }) => deletions),
    faults: parts.flatMap(({ faults }) => faults),
  };
}

function prefixesOf(files: PackageFiles, singlePackage: boolean): readonly string[] {
  const folders = [...new Set([...files.keys()].flatMap((path) => /^[^/]+\//.exec(path)?.[0] ?? []))];
  if (!singlePackage) return folders.length > 0 ? folders : [''];
  const [only, ...others] = folders;
  return !files.has(manifestName) && only !== undefined && others.length === 0 && files.has(only + manifestName)
    ? [only]
    : [''];
}

function below(files: PackageFiles, prefix: string): PackageFiles {
  const inside = [...files].filter(([path]) => path.startsWith(prefix));
  return new Map(inside.map(([path, content]) => [path.slice(prefix.length), content]));
}

function readPackage(files: PackageFiles, prefix: string, allowMissingFiles: boolean): PackageContents {
  const nothing = { manifests: [], components: [], deletions: [] };
  const packageXml = files.get(manifestName);
  if (!packageXml) return { ...nothing, faults: [manifestFault(prefix + manifestName, 'No package.xml found')] };
  const read = parseManifest(packageXml);
  if (read.kind === 'problems') {
    return {
      ...nothing,
      faults: read.problems.map((problem) => ({
        ...manifestFault(prefix + manifestName, problem.problem),
        ...problem,
      })),
    };
  }
  const destructive = readDestructive(files, prefix);
  const metadata = new Map([...files].filter(([path]) => path.includes('/')));
  const collection = collectComponents(metadata, prefix);
  const { manifest } = read;
  const names = namesByType(manifest);
  const listed = collection.components.filter((component) => isListed(names, component));
  const taken = new Set(listed);
  const around = new Set(listed.map(wholeKey));
  return {
    manifests: [prefix + manifestName],
    components: listed,
    deletions: destructive.deletions,
    faults: [
      ...destructive.faults,
      ...checkVersion(manifest, prefix),
      ...unknownTypes(manifest, prefix),
      ...(allowMissingFiles ? [] : missingMembers(manifest, collection.components, prefix)),
      ...collection.components
        .filter((component) => !taken.has(component) && !around.has(`${component.type.name}:${component.fullName}`))
        .map(({ type, fullName, fileName }) => ({
          type: type.name,
          fullName,
          fileName,
          problem: 'Not in package.xml',
        })),
      ...collection.unknownFiles.map((fileName) => ({
        type: '',
        fullName: fileName,
        fileName,
        problem: 'Not in package.xml',
      })),
    ],
  };
}

function readDestructive(files: PackageFiles, prefix: string): Pick<PackageContents, 'deletions' | 'faults'> {
  const deletions: Deletion[] = [];
  const faults: PackageFault[] = [];
  for (const { name, when } of destructiveManifests) {
    const content = files.get(name);
    const read = content && parseManifest(content);
    if (!read) continue;
    const fileName = prefix + name;
    if (read.kind === 'problems') {
      faults.push(...read.problems.map((problem) => ({ type: '', fullName: name, fileName, ...problem })));
    } else {
      deletions.push(...read.manifest.members.map((member) => ({ ...member, fileName, when })));
    }
  }
  return { deletions, faults };
}

type MemberNames = ReadonlyMap<string, ReadonlySet<string>>;

function namesByType({ members }: Manifest): MemberNames {
  const names = new Map<string, Set<string>>();
  for (const { type, fullName } of members) names.set(type, (names.get(type) ?? new Set<string>()).add(fullName));
  return names;
}

/** A component that stands in the file of another comes with that one as well. */
function isListed(names: MemberNames, { type, fullName }: Pick<Collected, 'type' | 'fullName'>): boolean {
  const named = names.get(type.contentType ?? type.name) ?? new Set<string>();
  if (named.has('*') || namesOf(type, fullName).some((name) => named.has(name))) return true;
  const parent = type.parent === undefined ? undefined : findMetadataType(type.parent);
  return parent !== undefined && isListed(names, { type: parent, fullName: parentName(type, fullName) });
}

/** The component that may be nothing but the file around a part: an object, of which only fields are deployed. */
function wholeKey({ type, fullName }: Collected): string {
  return `${type.parent}:${parentName(type, fullName)}`;
}

/** Word for word as orgs have both. */
function checkVersion({ version }: Manifest, prefix: string): readonly PackageFault[] {
  if (version?.endsWith('.0') && isComponentVersion(version)) return [];
  const problem = version === undefined ? 'No version specified' : `Invalid version specified:${version}`;
  return [{ ...manifestFault(prefix + manifestName, problem), line: 1, column: 1 }];
}

function unknownTypes(manifest: Manifest, prefix: string): readonly PackageFault[] {
  const names = [...new Set(manifest.members.map(({ type }) => type))].filter((name) => !findMetadataType(name));
  return names.map((name) =>
    manifestFault(
      prefix + manifestName,
      `Unknown type name '${name}' specified in package.xml. A local org keeps only the types that it describes.`,
    ),
  );
}

function missingMembers(manifest: Manifest, found: readonly Collected[], prefix: string): readonly PackageFault[] {
  const inZip = new Set(found.flatMap(namesInManifest));
  // What stands in a file that nobody can read may be there; one fault is enough.
  const unread = new Set(
    found.filter(({ candidate }) => !candidate).map(({ type, fullName }) => `${type.name}:${fullName}`),
  );
  return manifest.members
    .filter(({ type, fullName }) => fullName !== '*' && findMetadataType(type) && !inZip.has(`${type}:${fullName}`))
    .filter((member) => !unread.has(ownerKey(member)))
    .map(({ type, fullName }) => ({
      type,
      fullName,
      fileName: prefix + manifestName,
      problem: `An object '${fullName}' of type ${type} was named in package.xml, but was not found in zipped directory`,
    }));
}

/** What a package.xml can call a component that is there. */
function namesInManifest({ type, fullName }: Collected): readonly string[] {
  return namesOf(type, fullName).map((name) => `${type.contentType ?? type.name}:${name}`);
}

/** Documents are named with and without the ending of their file. */
function namesOf(type: MetadataType, fullName: string): readonly string[] {
  return type.name === 'Document' ? [fullName, fullName.replace(/\.[^./]*$/, '')] : [fullName];
}

function ownerKey({ type, fullName }: Member): string {
  const known = findMetadataType(type);
  return known ? `${known.parent}:${parentName(known, fullName)}` : '';
}

/** Faults of a manifest have no component type, but an empty one. */
function manifestFault(fileName: string, problem: string): PackageFault {
  return { type: '', fullName: manifestName, fileName, problem };
}
