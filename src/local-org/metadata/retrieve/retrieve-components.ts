import { zipSync } from 'fflate';
import type { LocalOrg, StoredComponent } from '../../model.js';
import { handlerOf } from '../components/handlers.js';
import { fieldsOf, joinFields } from '../components/object-fields.js';
import { findMetadataType } from '../metadata-types.js';
import { openStored, toFiles, type Candidate } from '../package/candidate.js';
import { newElement } from '../xml/xml-element.js';
import { renderManifest, type Manifest } from '../package/manifest.js';
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
  for (const { type, fullName } of manifest.members) {
    const components = findComponents(org, type, fullName);
    const problem = components.length > 0 ? undefined : absence(type, fullName);
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
    zip: pack(org, stored, prefix, renderManifest(stored, version)),
  };
}

function findComponents(org: LocalOrg, type: string, fullName: string): readonly StoredComponent[] {
  if (fullName === '*') return org.components.all(type);
  const component = org.components.get(type, fullName);
  return component ? [component] : [];
}

function absence(type: string, fullName: string): string | undefined {
  if (!findMetadataType(type)) return `Entity type: '${type}' is unknown`;
  return fullName === '*' ? undefined : `Entity of type '${type}' named '${fullName}' cannot be found`;
}

function pack(org: LocalOrg, stored: readonly StoredComponent[], prefix: string, manifest: string): Uint8Array {
  const files = stored.flatMap((component) => [...disclosedFiles(org, component, stored)]);
  const entries = [...files, ['package.xml', Buffer.from(manifest)] as const];
  return zipSync(Object.fromEntries(entries.map(([path, content]) => [prefix + path, content])), { mtime: org.now() });
}

/** The files without what an org never gives out. Fields stand in the file of their object, all those that are wanted. */
function disclosedFiles(
  org: LocalOrg,
  component: StoredComponent,
  wanted: readonly StoredComponent[],
): ReadonlyMap<string, Uint8Array> {
  const candidate = openStored(component);
  if (component.type === 'CustomObject') return toFiles(wholeObject(org, candidate));
  if (component.type === 'CustomField') return objectFiles(component, wanted);
  const { disclose } = handlerOf(component.type);
  return disclose ? toFiles({ ...candidate, root: disclose(candidate.root) }) : component.files;
}

/** The file of an object of which only fields are wanted; nothing where the object is wanted itself. */
function objectFiles(field: StoredComponent, wanted: readonly StoredComponent[]): ReadonlyMap<string, Uint8Array> {
  const [object = ''] = field.fullName.split('.');
  const type = findMetadataType('CustomObject');
  const isWanted = wanted.some((stored) => stored.type === 'CustomObject' && stored.fullName === object);
  if (!type || isWanted) return new Map();
  const fields = wanted.filter((stored) => stored.type === 'CustomField' && stored.fullName.startsWith(`${object}.`));
  const root = joinFields(newElement(type.name, []), fields.map(openStored));
  return toFiles({ type, fullName: object, root });
}

/** An object with all its fields, as a retrieve and a read give it out. */
export function wholeObject(org: LocalOrg, object: Candidate): Candidate {
  return { ...object, root: joinFields(object.root, fieldsOf(org, object.fullName)) };
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
