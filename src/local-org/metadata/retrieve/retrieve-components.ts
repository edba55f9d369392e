import { zipSync } from 'fflate';
import type { LocalOrg, StoredComponent } from '../../model.js';
import { handlerOf } from '../components/handlers.js';
import { fileAround, wholeOf } from '../components/parts.js';
import { filePath, findMetadataType } from '../metadata-types.js';
import { openStored, toFiles, type Candidate } from '../package/candidate.js';
import { renderManifest, type Manifest, type Member } from '../package/manifest.js';
import { findComponents } from './find-components.js';
import { authorOf, filePropertiesOf, type FileProperties } from './file-properties.js';

export type RetrieveMessage = { readonly fileName: string; readonly problem: string };

export type Retrieved = {
  readonly fileProperties: readonly FileProperties[];
  readonly messages: readonly RetrieveMessage[];
  readonly zip: Uint8Array;
};

export type RetrieveRequest = {
  readonly manifest: Manifest;
  /** Whether the files stand at the top of the zip instead of in a folder `unpackaged`. */
  readonly singlePackage: boolean;
  readonly apiVersion: string;
};

/** Packs the components that a manifest names. What is not there is a message, never a failure. */
export function retrieveComponents(org: LocalOrg, { manifest, singlePackage, apiVersion }: RetrieveRequest): Retrieved {
  const prefix = singlePackage ? '' : 'unpackaged/';
  const messages: RetrieveMessage[] = [];
  const found = new Map<string, StoredComponent>();
  for (const member of manifest.members) {
    const components = findComponents(org, member);
    const problem = components.length > 0 ? undefined : absence(member);
    if (problem !== undefined) messages.push({ fileName: `${prefix}package.xml`, problem });
    components.forEach((stored) => found.set(`${stored.type}:${stored.fullName}`, stored));
  }
  const stored = [...found.values()];
  const version = manifest.version ?? apiVersion;
  return {
    fileProperties: [
      ...stored.map((component) => filePropertiesOf(org, component, prefix)),
      manifestProperties(org, `${prefix}package.xml`),
    ],
    messages,
    zip: pack(org, stored, prefix, renderManifest(stored.map(toMember), version)),
  };
}

function absence({ type, fullName }: Member): string | undefined {
  if (!findMetadataType(type)) return `Entity type: '${type}' is unknown`;
  return fullName === '*' ? undefined : `Entity of type '${type}' named '${fullName}' cannot be found`;
}

function pack(org: LocalOrg, stored: readonly StoredComponent[], prefix: string, manifest: string): Uint8Array {
  const opened = stored.map((component) => ({ component, candidate: openStored(component) }));
  const wholes = opened.filter(({ candidate }) => candidate.type.parent === undefined);
  const parts = opened.flatMap(({ candidate }) => (candidate.type.parent === undefined ? [] : [candidate]));
  const files = wholes.flatMap((whole) => [...disclosedFiles(org, whole)]);
  // What is wanted as a whole has its parts in it.
  const taken = new Set(files.map(([path]) => path));
  const around = partsByFile(parts).filter(([path]) => !taken.has(path));
  const entries = [
    ...files,
    ...around.flatMap(([, siblings]) => [...fileAround(siblings)]),
    ['package.xml', Buffer.from(manifest)] as const,
  ];
  return zipSync(Object.fromEntries(entries.map(([path, content]) => [prefix + path, content])), { mtime: org.now() });
}

type Opened = { readonly component: StoredComponent; readonly candidate: Candidate };

/** The files without what an org never gives out, with all parts in them. */
function disclosedFiles(org: LocalOrg, { component, candidate }: Opened): ReadonlyMap<string, Uint8Array> {
  const { disclose } = handlerOf(component.type);
  const whole = wholeOf(org, candidate);
  if (disclose) return toFiles({ ...whole, root: disclose(whole.root) });
  return whole === candidate ? component.files : toFiles(whole);
}

type Siblings = readonly [Candidate, ...Candidate[]];

/** Parts by the file that they stand in: fields by that of their object. */
function partsByFile(parts: readonly Candidate[]): readonly (readonly [path: string, siblings: Siblings])[] {
  const files = new Map<string, [Candidate, ...Candidate[]]>();
  for (const part of parts) {
    const path = filePath(part.type, part.fullName);
    const siblings = files.get(path);
    if (siblings) siblings.push(part);
    else files.set(path, [part]);
  }
  return [...files];
}

function toMember({ type, fullName }: StoredComponent): Member {
  return { type: findMetadataType(type)?.contentType ?? type, fullName };
}

function manifestProperties(org: LocalOrg, fileName: string): FileProperties {
  const author = authorOf(org);
  const now = new Date(org.now()).toISOString();
  return {
    createdById: author.id,
    createdByName: author.name,
    createdDate: now,
    fileName,
    fullName: fileName,
    id: '',
    lastModifiedById: author.id,
    lastModifiedByName: author.name,
    lastModifiedDate: now,
    manageableState: 'unmanaged',
    type: 'Package',
  };
}
