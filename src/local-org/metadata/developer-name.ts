import type { MetadataType } from './metadata-types.js';

const developerName = /^[A-Za-z](?:_?[A-Za-z0-9])*$/;
const patterns: Readonly<Record<MetadataType['names'], RegExp>> = {
  'developer-name': developerName,
  settings: /^[A-Z][A-Za-z0-9]*$/,
  // A record of a custom metadata type: the type, a dot, the record.
  'custom-metadata': /^[A-Za-z](?:_{0,2}[A-Za-z0-9])*\.[A-Za-z](?:_?[A-Za-z0-9])*$/,
};

/** Says why Salesforce would not take a name, or undefined where it would. */
export function nameFault(type: MetadataType, fullName: string): string | undefined {
  if (fullName.length > type.maxNameLength) {
    return `The name is too long: ${fullName.length} characters, and ${type.name} takes at most ${type.maxNameLength}`;
  }
  if (patterns[type.names].test(fullName)) return undefined;
  return (
    'The name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, ' +
    'not include spaces, not end with an underscore, and not contain two consecutive underscores.'
  );
}
