import { findMetadataType, type MetadataType } from '../metadata-types.js';

/**
 * The type that a call names. Settings are one type to a deploy, but to these calls each is a type of its own:
 * `IdentityProviderSettings`.
 */
export function findCrudType(name: string): MetadataType | undefined {
  return findMetadataType(name) ?? (/^[A-Z]\w*Settings$/.test(name) ? findMetadataType('Settings') : undefined);
}
