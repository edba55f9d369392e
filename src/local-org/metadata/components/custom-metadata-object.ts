import type { LocalOrg } from '../../model.js';
import { defineSObject, type SObject } from '../../store/sobjects.js';
import { fieldKind } from './custom-field.js';
import { partsOf } from './parts.js';

const systemFields = 'DeveloperName MasterLabel Label Language NamespacePrefix QualifiedApiName'.split(' ');

/** The object that queries know a custom metadata type by, whatever the case of its name; undefined where the org has none. */
export function findCustomMetadataObject(org: LocalOrg, name: string): SObject | undefined {
  const type = org.components
    .all('CustomObject')
    .find(({ fullName }) => fullName.toLowerCase() === name.toLowerCase())?.fullName;
  if (!type?.endsWith('__mdt')) return undefined;
  const fields = partsOf(org, 'CustomObject', type, 'CustomField').map(
    (field) => `${field.fullName.slice(type.length + 1)}:${fieldKind(field)?.column ?? 'string'}`,
  );
  return defineSObject(type, 'm00', [...systemFields, ...fields].join(' '));
}
