import type { SObject, SObjectField } from '../store/sobjects.js';
import { RestRefusal } from './refusal.js';

/** How many characters fields take, where that is not 255 (Object Reference, and describes of orgs). */
const lengths: Readonly<Record<string, number>> = {
  'User.Username': 80,
  'User.FirstName': 40,
  'User.LastName': 80,
  'User.Email': 128,
  'User.Alias': 8,
  'User.FederationIdentifier': 512,
  'PermissionSet.Name': 80,
  'PermissionSet.Label': 80,
  'Account.Description': 32_000,
  'Account.Phone': 40,
  'Contact.FirstName': 40,
  'Contact.LastName': 80,
  'Contact.Email': 80,
  'Contact.Phone': 40,
};

/** How many characters a field takes. */
export function lengthOf({ name: object }: SObject, { name }: SObjectField): number {
  return lengths[`${object}.${name}`] ?? 255;
}

/**
 * A value as its field keeps it: a number or a boolean for a text becomes one, a text for a number becomes that.
 *
 * @throws RestRefusal STRING_TOO_LONG, INVALID_EMAIL_ADDRESS
 */
export function keptValue(sObject: SObject, field: SObjectField, value: unknown): unknown {
  switch (field.type) {
    case 'int':
    case 'double':
      return Number(value);
    case 'string':
    case 'textarea':
    case 'email':
      return judged(sObject, field, String(value));
    default:
      return value;
  }
}

function judged(sObject: SObject, field: SObjectField, text: string): string {
  const { name, type } = field;
  const most = lengthOf(sObject, field);
  if (text.length > most) {
    const message = `${name}: data value too large: ${text} (max length=${most})`;
    throw new RestRefusal(400, 'STRING_TOO_LONG', message, [name]);
  }
  if (type === 'email' && !/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(text))
    throw new RestRefusal(400, 'INVALID_EMAIL_ADDRESS', `${name}: invalid email address: ${text}`, [name]);
  return text;
}
