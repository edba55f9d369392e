import { zipSync } from 'fflate';
import type { LocalOrg, StoredComponent } from '../../model.js';
import { handlerOf } from '../components/handlers.js';
import { fileAround, wholeOf } from '../components/parts.js';
import { findMetadataType, parentName } from '../metadata-types.js';
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
  const files = stored.flatMap((component) => [...disclosedFiles(org, component, stored)]);
  const entries = [...files, ['package.xml', Buffer.from(manifest)] as const];
  return zipSync(Object.fromEntries(entries.map(([path, content]) => [prefix + path, content])), { mtime: org.now() });
}

/** The files without what an org never gives out. Parts stand in the file of their whole, all those that are wanted. */
function disclosedFiles(
  org: LocalOrg,
  component: StoredComponent,
  wanted: readonly StoredComponent[],
): ReadonlyMap<string, Uint8Array> {
  const candidate = openStored(component);
  if (candidate.type.parent !== undefined) return aroundParts(candidate, wanted);
  const { disclose } = handlerOf(component.type);
  const whole = wholeOf(org, candidate);
  if (disclose) return toFiles({ ...whole, root: disclose(whole.root) });
  return whole === candidate ? component.files : toFiles(whole);
}

/** The file of an object of which only fields are wanted; nothing where the object is wanted itself. */
function aroundParts(part: Candidate, wanted: readonly StoredComponent[]): ReadonlyMap<string, Uint8Array> {
  const { parent } = part.type;
  const owner = parentName(part.type, part.fullName);
  if (wanted.some((stored) => stored.type === parent && stored.fullName === owner)) return new Map();
  const others = wanted.filter(({ type, fullName }) => {
    const known = findMetadataType(type);
    return known?.parent === parent && known !== undefined && parentName(known, fullName) === owner;
  });
  const [first, ...more] = others.map(openStored);
  return first ? fileAround([first, ...more]) : new Map();
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
