import { splitParts } from '../components/parts.js';
import type { Problem } from '../deploy/problem.js';
import { nameFault } from '../developer-name.js';
import { filePath, findTypesByDirectory, type MetadataType } from '../metadata-types.js';
import { maxElements, type ElementBudget } from '../xml/parse-xml.js';
import { newElement } from '../xml/xml-element.js';
import type { Candidate } from './candidate.js';
import { readComponentXml } from './read-component-xml.js';
import type { PackageFiles } from './unzip-package.js';

/** A component of a zip: opened, or what is wrong with it. */
export type Collected = {
  readonly type: MetadataType;
  readonly fullName: string;
  /** The file that a message about it names, as it stands in the zip. */
  readonly fileName: string;
  readonly candidate?: Candidate;
  readonly problems: readonly Problem[];
};

export type Collection = {
  readonly components: readonly Collected[];
  /** Files in no directory that a local org knows. */
  readonly unknownFiles: readonly string[];
};

/** A component by the files that are there for it. */
type Owner = { readonly type: MetadataType; readonly fullName: string };
type Found = Owner & { readonly files: Map<string, Uint8Array> };

/**
 * Sorts the files of a package into components and reads each.
 *
 * @param files Path in the zip, below the package's folder, to content
 * @param prefix The package's folder, empty or ending in `/`
 */
export function collectComponents(files: PackageFiles, prefix: string): Collection {
  const found = new Map<string, Found>();
  const unknownFiles: string[] = [];
  const budget: ElementBudget = { left: maxElements };
  for (const [path, content] of files) {
    const owner = ownerOf(path);
    if (!owner) {
      unknownFiles.push(prefix + path);
      continue;
    }
    const key = filePath(owner.type, owner.fullName);
    const component = found.get(key) ?? { ...owner, files: new Map<string, Uint8Array>() };
    component.files.set(path, content);
    found.set(key, component);
  }
  return { components: [...found.values()].flatMap((one) => split(collect(one, { prefix, budget }))), unknownFiles };
}

function ownerOf(path: string): Owner | undefined {
  const [directory = '', ...rest] = path.split('/');
  for (const type of findTypesByDirectory(directory)) {
    const fullName = nameIn(type, rest);
    if (fullName !== undefined && fullName !== '') return { type, fullName };
  }
  return undefined;
}

/** Full name of the component of a type that a file belongs to, if any does. */
function nameIn({ layout, suffix, inFolder }: MetadataType, segments: readonly string[]): string | undefined {
  if (layout === 'bundle') return segments.length > 1 ? segments[0] : undefined;
  const path = segments.join('/');
  if (layout === 'folder') return /^([^.]+)-meta\.xml$/.exec(path)?.[1];
  if (segments.length > 1 !== inFolder) return undefined;
  return withoutEnding(layout === 'content' ? path.replace(/-meta\.xml$/, '') : path, suffix);
}

/** What has no ending of its type's has to have one of its own: `logo.png`. */
function withoutEnding(path: string, suffix: string): string | undefined {
  if (suffix === '') return path.includes('.') ? path : undefined;
  return path.endsWith(`.${suffix}`) ? path.slice(0, -suffix.length - 1) : undefined;
}

/** A component and its parts, which are components of their own in the same file. */
function split(component: Collected): readonly Collected[] {
  const { candidate, fileName } = component;
  if (!candidate) return [component];
  return splitParts(candidate).map((part) => ({
    type: part.type,
    fullName: part.fullName,
    fileName,
    candidate: part,
    problems: [],
  }));
}

/** Where a package stands in the zip, and how much of it may still be read. */
type Reading = { readonly prefix: string; readonly budget: ElementBudget };

function collect(found: Found, reading: Reading): Collected {
  const { type, fullName } = found;
  const base = { type, fullName, fileName: reading.prefix + filePath(type, fullName) };
  const badName = nameFault(type, fullName);
  if (badName !== undefined) return { ...base, problems: [{ problem: badName }] };
  return type.layout === 'bundle' ? collectBundle(found, base, reading) : collectFiles(found, base, reading);
}

type Base = Owner & Pick<Collected, 'fileName'>;

function collectFiles({ type, fullName, files }: Found, base: Base, { prefix, budget }: Reading): Collected {
  const path = filePath(type, fullName);
  const xmlPath = type.layout === 'content' ? `${path}-meta.xml` : path;
  const xml = files.get(xmlPath);
  if (!xml) return { ...base, problems: [fileMissing(prefix, xmlPath)] };
  const content = files.get(path);
  if (!content) return { ...base, problems: [fileMissing(prefix, path)] };
  const read = readComponentXml(type, fullName, xml, budget);
  // An editor jumps to the line: of the file that the line is in.
  if (read.kind === 'problems') return { ...base, fileName: prefix + xmlPath, problems: read.problems };
  const candidate: Candidate = { type, fullName, root: read.root, ...(type.layout === 'content' ? { content } : {}) };
  return { ...base, candidate, problems: [] };
}

/** The XML of a bundle is called after it: `lwc/hello/hello.js-meta.xml`. Of its other files a local org knows nothing. */
function collectBundle({ type, fullName, files }: Found, base: Base, { prefix, budget }: Reading): Collected {
  const start = `${filePath(type, fullName)}/${fullName.split('/').at(-1)}.`;
  for (const [path, content] of files) {
    if (!path.startsWith(start) || !path.endsWith('-meta.xml')) continue;
    const read = readComponentXml(type, fullName, content, budget);
    if (read.kind === 'problems') return { ...base, fileName: prefix + path, problems: read.problems };
  }
  const xmlPath = `${start}js-meta.xml`;
  if (type.name === 'LightningComponentBundle' && !files.has(xmlPath)) {
    return { ...base, problems: [fileMissing(prefix, xmlPath)] };
  }
  return { ...base, candidate: { type, fullName, root: newElement(type.name, []), files }, problems: [] };
}

function fileMissing(prefix: string, path: string): Problem {
  return { problem: `Required file is missing: ${prefix}${path}` };
}
