import { parseXml } from '../xml/parse-xml.js';
import { renderDocument } from '../xml/render-xml.js';
import type { StoredComponent } from '../../model.js';
import { filePath, findMetadataType, type MetadataType } from '../metadata-types.js';
import { newElement, type XmlElement } from '../xml/xml-element.js';

/** A component that someone wants to deploy, or one that is deployed, opened. */
export type Candidate = {
  readonly type: MetadataType;
  readonly fullName: string;
  readonly root: XmlElement;
  /** For types with content: what is in the file beside the XML. */
  readonly content?: Uint8Array;
  /** For bundles: all their files, the XML among them, by their paths in the package. */
  readonly files?: ReadonlyMap<string, Uint8Array>;
};

/** The files of a component as the store keeps them and a retrieve returns them. */
export function toFiles({ type, fullName, root, content, files }: Candidate): ReadonlyMap<string, Uint8Array> {
  if (files) return files;
  const path = filePath(type, fullName);
  // A component's name is the name of its file; `fullName` in a file is for components inside others.
  const inFile = root.children.filter(({ name }) => name !== 'fullName' && name !== 'content');
  const xml = Buffer.from(renderDocument({ ...root, children: inFile }));
  return new Map(
    type.layout === 'content'
      ? [
          [path, content ?? new Uint8Array()],
          [`${path}-meta.xml`, xml],
        ]
      : [[path, xml]],
  );
}

/** Stored components never change: a redeploy puts another in their place. Each is parsed once. */
const opened = new WeakMap<StoredComponent, Candidate>();

/** Opens a stored component. @throws TypeError where the store holds something that no deploy has put there */
export function openStored(stored: StoredComponent): Candidate {
  const known = opened.get(stored);
  if (known) return known;
  const candidate = parseStored(stored);
  opened.set(stored, candidate);
  return candidate;
}

function parseStored(stored: StoredComponent): Candidate {
  const type = findMetadataType(stored.type);
  if (!type) throw new TypeError(`Unknown metadata type in the store: ${stored.type}`);
  const { fullName } = stored;
  if (type.layout === 'bundle') return { type, fullName, root: newElement(type.name, []), files: stored.files };
  const path = filePath(type, fullName);
  const xml = stored.files.get(type.layout === 'content' ? `${path}-meta.xml` : path);
  const parsed = xml && parseXml(xml);
  if (parsed && parsed.kind === 'fault') throw new TypeError(`Broken component in the store: ${path}`);
  const root = parsed ? parsed.root : newElement(type.name, []);
  const content = type.layout === 'content' ? stored.files.get(path) : undefined;
  return { type, fullName, root, ...(content ? { content } : {}) };
}
