import { JwtError } from '../errors.js';
import { printable } from './printable.js';

/** Assumption: the length limit of developer names (40) holds for certificates as well; Salesforce Help does not say. */
const maxNameLength = 40;

/**
 * What keeps an alias from becoming the developer name of a certificate; empty when nothing does.
 * Salesforce Help: letters, digits and single underscores, a letter first, no underscore last.
 */
export function developerNameFaults(name: string): readonly string[] {
  const faults: string[] = [];
  if (name === '') return ['it is empty'];
  if (/[^A-Za-z0-9_]/.test(name)) faults.push('it may hold letters, digits and underscores only');
  if (!/^[A-Za-z]/.test(name)) faults.push('it must begin with a letter');
  if (name.includes('__')) faults.push('it must not hold two underscores in a row');
  if (name.endsWith('_')) faults.push('it must not end with an underscore');
  if (name.length > maxNameLength) faults.push(`it must not be longer than ${maxNameLength} characters`);
  return faults;
}

/**
 * Returns the name as given when key files and the alias of a JKS can carry it: a developer name in lower case. Java's JKS
 * looks aliases up in lower case, so an entry with a capital in its alias is never found.
 * @throws JwtError `keyNameRefused` with a name that would do
 */
export function checkKeyName(name: string): string {
  const faults = [...developerNameFaults(name)];
  if (/[A-Z]/.test(name)) faults.push('it must be in lower case');
  if (faults.length > 0) {
    throw new JwtError('keyNameRefused', [printable(name), `${faults.join(', ')}. "${suggestName(name)}" would do`]);
  }
  return name;
}

function suggestName(name: string): string {
  const cleaned = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, maxNameLength)
    .replace(/_+$/, '');
  return cleaned === '' ? 'my_cert' : cleaned;
}
