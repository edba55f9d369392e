import type { MetadataType } from './metadata-types.js';
import { maxObjectNameLength } from './type-traits.js';

const developerName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const patterns: Readonly<Record<Exclude<MetadataType['names'], 'custom-metadata'>, RegExp>> = {
  'developer-name': developerName,
  // Orgs name layouts, profiles and the like as people do. What could hide in a file name is left out: an assumption.
  any: /^[^\p{Cc}\p{Zl}\p{Zp}]+$/u,
  settings: /^[A-Z][A-Za-z0-9]*$/,
  // A suffix says what kind of object it is: `__mdt`, `__c`, `__e`. Standard objects have none.
  'custom-object': /^[A-Za-z](?:_?[A-Za-z0-9])*(?:__[a-z]+)?$/,
  'custom-field': /^[A-Za-z](?:_?[A-Za-z0-9])*(?:__[a-z]+)?\.[A-Za-z](?:_?[A-Za-z0-9])*(?:__[a-z]+)?$/,
};

/** Whether a text has the form of a developer name, whatever its length. */
export function isDeveloperName(text: string): boolean {
  return developerName.test(text);
}

const rules =
  'can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, ' +
  'not include spaces, not end with an underscore, and not contain two consecutive underscores.';

/** Says why Salesforce would not take a name, or undefined where it would. */
export function nameFault(type: MetadataType, fullName: string): string | undefined {
  if (type.names === 'custom-metadata') return recordNameFault(fullName);
  if (fullName.length > type.maxNameLength) {
    // Not a text of Salesforce's.
    return `The name is too long: ${fullName.length} characters, and ${type.name} takes at most ${type.maxNameLength}`;
  }
  return patterns[type.names].test(fullName) ? undefined : `The name ${rules}`;
}

/** A record of a custom metadata type: the type, a dot, the record. Both texts about the record are seen in the field. */
function recordNameFault(fullName: string): string | undefined {
  const [typeName = '', recordName, ...more] = fullName.split('.');
  if (recordName === undefined || more.length > 0) return `The name ${rules}`;
  if (typeName.endsWith('__mdt')) {
    // Not a text of Salesforce's: orgs take such a name as well, and return the record without the suffix.
    return `A local org takes records by the name that orgs return: ${typeName.slice(0, -'__mdt'.length)}.${recordName}`;
  }
  if (recordName.length > maxObjectNameLength) return 'Value too long for field: fullName maximum length is:40';
  return developerName.test(recordName)
    ? undefined
    : `Custom Metadata Record Name: The ${typeName}__mdt API Name ${rules}`;
}
