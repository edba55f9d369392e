import type { Problem } from '../deploy/problem.js';
import { nameFault } from '../developer-name.js';
import { filePath, findTypeByDirectory, rootName, type MetadataType } from '../metadata-types.js';
import { checkWsdl, isTypeKnown } from '../wsdl/check-wsdl.js';
import { parseXml } from '../xml/parse-xml.js';
import { metadataNamespace, type XmlElement } from '../xml/xml-element.js';
import { splitObject } from '../components/object-fields.js';
import type { Candidate } from './candidate.js';
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

/**
 * Sorts the files of a package into components and reads each.
 *
 * @param files Path in the zip, below the package's folder, to content
 * @param prefix The package's folder, empty or ending in `/`
 */
export function collectComponents(files: PackageFiles, prefix: string): Collection {
  const found = new Map<string, { readonly type: MetadataType; readonly fullName: string }>();
  const unknownFiles: string[] = [];
  for (const path of files.keys()) {
    const owner = ownerOf(path);
    if (owner) found.set(filePath(owner.type, owner.fullName), owner);
    else unknownFiles.push(prefix + path);
  }
  const components = [...found.values()].flatMap(({ type, fullName }) => split(collect(type, fullName, files, prefix)));
  return { components, unknownFiles };
}

function ownerOf(path: string): { readonly type: MetadataType; readonly fullName: string } | undefined {
  const [directory = '', name = '', ...deeper] = path.split('/');
  const type = findTypeByDirectory(directory);
  if (!type || deeper.length > 0) return undefined;
  const plain = type.hasContent ? name.replace(/-meta\.xml$/, '') : name;
  const ending = `.${type.suffix}`;
  return plain.endsWith(ending) && plain !== ending ? { type, fullName: plain.slice(0, -ending.length) } : undefined;
}

/** An object and its fields, which are components of their own in the same file. */
function split(component: Collected): readonly Collected[] {
  const { candidate, fileName } = component;
  if (!candidate) return [component];
  return splitObject(candidate).map((part) => ({
    type: part.type,
    fullName: part.fullName,
    fileName,
    candidate: part,
    problems: [],
  }));
}

function collect(type: MetadataType, fullName: string, files: PackageFiles, prefix: string): Collected {
  const path = filePath(type, fullName);
  const xmlPath = type.hasContent ? `${path}-meta.xml` : path;
  const base = { type, fullName, fileName: prefix + path };
  const badName = nameFault(type, fullName);
  if (badName !== undefined) return { ...base, problems: [{ problem: badName }] };
  const xml = files.get(xmlPath);
  if (!xml) return { ...base, problems: [{ problem: `Required file is missing: ${prefix}${xmlPath}` }] };
  const content = files.get(path);
  if (!content) return { ...base, problems: [{ problem: `Required file is missing: ${prefix}${path}` }] };
  const read = readComponentXml(type, fullName, xml);
  // An editor jumps to the line: of the file that the line is in.
  if (read.kind === 'problems') return { ...base, fileName: prefix + xmlPath, problems: read.problems };
  const candidate: Candidate = { type, fullName, root: read.root, ...(type.hasContent ? { content } : {}) };
  return { ...base, candidate, problems: [] };
}

type ReadComponent =
  | { readonly kind: 'root'; readonly root: XmlElement }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

function readComponentXml(type: MetadataType, fullName: string, xml: Uint8Array): ReadComponent {
  const parsed = parseXml(xml);
  if (parsed.kind === 'fault') {
    const { message, line, column } = parsed.fault;
    return { kind: 'problems', problems: [{ problem: `Error parsing file: ${message}`, line, column }] };
  }
  const { root } = parsed;
  const expected = rootName(type, fullName);
  if (root.name !== expected || root.namespace !== metadataNamespace) {
    const seen = `{${root.namespace}}${root.name}`;
    const problem = `Error parsing file: Root element ${seen} is not ${expected} of the namespace ${metadataNamespace}`;
    return { kind: 'problems', problems: [{ problem, line: root.line, column: root.column }] };
  }
  const problems = isTypeKnown(expected) ? checkWsdl(root, expected) : [];
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'root', root };
}
