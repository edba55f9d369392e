import { childTypesOf, metadataTypes } from '../metadata-types.js';
import { handlerOf } from '../components/handlers.js';
import { findCrudType } from '../crud/crud-type.js';
import { deleteMetadata, saveMetadata, type SaveMode } from '../crud/save-metadata.js';
import { openStored } from '../package/candidate.js';
import { wholeOf } from '../components/parts.js';
import { filePropertiesOf } from '../retrieve/file-properties.js';
import { rootName } from '../metadata-types.js';
import { childrenNamed, newElement, textOf } from '../xml/xml-element.js';
import { renderInner } from '../xml/render-xml.js';
import { bounded, boundedTexts, requiredText, type Operation, type SoapCall } from './call.js';
import { apiFault, RawXml, type SoapValue } from './soap-message.js';

/** Metadata API Developer Guide, listMetadata(): up to three queries in one call. */
const maxQueries = 3;

/** The types that a local org keeps. */
export const describeMetadata: Operation = () => ({
  metadataObjects: metadataTypes()
    .filter(({ parent, layout }) => parent === undefined && layout !== 'folder')
    .toSorted((left, right) => (left.name < right.name ? -1 : 1))
    .map(({ name, directory, suffix, layout, inFolder }) => ({
      childXmlNames: childTypesOf(name).map((child) => child.name),
      directoryName: directory,
      inFolder,
      metaFile: layout === 'content',
      ...(suffix === '' ? {} : { suffix }),
      xmlName: name,
    })),
  organizationNamespace: '',
  partialSaveAllowed: true,
  testRequired: false,
});

export const listMetadata: Operation = ({ org, args }) => {
  const queries = childrenNamed(args, 'queries');
  if (queries.length > maxQueries) {
    throw apiFault('LIMIT_EXCEEDED', `listMetadata takes at most ${maxQueries} queries`);
  }
  return queries.flatMap((query) => {
    const type = knownType(textOf(query, 'type') ?? '');
    const folder = textOf(query, 'folder');
    return org.components
      .all(type)
      .filter(({ fullName }) => folder === undefined || fullName.startsWith(`${folder}/`))
      .map((stored) => filePropertiesOf(org, stored));
  });
};

/** Components as XML, in the order asked for; one that is not there is nil. */
export const readMetadata: Operation = (call): SoapValue => {
  const typeName = requiredText(call, 'type');
  const type = knownType(typeName);
  const records = boundedTexts(call, 'fullNames').map((fullName): SoapValue => {
    const stored = call.org.components.get(type, fullName);
    if (!stored) return null;
    const opened = openStored(stored);
    const { type: metadataType, root, content } = wholeOf(call.org, opened);
    const disclosed = handlerOf(type).disclose?.(root) ?? root;
    const inner = renderInner({
      ...disclosed,
      children: [
        newElement('fullName', fullName),
        ...(content ? [newElement('content', Buffer.from(content).toString('base64'))] : []),
        ...disclosed.children,
      ],
    });
    return new RawXml(` xsi:type="${rootName(metadataType, fullName)}"`, inner);
  });
  return { records };
};

export const createMetadata: Operation = (call) => save(call, 'create');
export const updateMetadata: Operation = (call) => save(call, 'update');
export const upsertMetadata: Operation = (call) => save(call, 'upsert');

export const removeMetadata: Operation = (call) =>
  deleteMetadata(call.org, requiredText(call, 'type'), boundedTexts(call, 'fullNames'));

async function save({ org, args }: SoapCall, mode: SaveMode): Promise<SoapValue> {
  return saveMetadata(org, bounded(childrenNamed(args, 'metadata')), mode);
}

function knownType(name: string): string {
  const type = findCrudType(name);
  if (!type) throw apiFault('INVALID_TYPE', `Unknown type:${name}`);
  return type.name;
}
