import type { RelativeDistinguishedNames } from 'pkijs';
import { escapeValue, subjectAttributes } from './subject.js';

const shortNames: ReadonlyMap<string, string> = new Map([
  ...Object.entries(subjectAttributes).map(([name, { oid }]) => [oid, name] as const),
  ['0.9.2342.19200300.100.1.25', 'DC'],
  ['0.9.2342.19200300.100.1.1', 'UID'],
  ['2.5.4.9', 'STREET'],
  ['1.2.840.113549.1.9.1', 'emailAddress'],
]);

/** A name of ASN.1 as RFC 4514 text; attributes without a short name go by their object id. */
export function formatName(name: RelativeDistinguishedNames): string {
  return [...name.typesAndValues]
    .reverse()
    .map(({ type, value }) => {
      const text: unknown = value.valueBlock.value;
      return `${shortNames.get(type) ?? type}=${typeof text === 'string' ? escapeValue(text) : '?'}`;
    })
    .join(',');
}

/** A name as Node tells it (one attribute per line, values escaped as RFC 4514 says, last attribute first) as RFC 4514 text. */
export function formatNodeName(name: string | undefined): string {
  return (name ?? '')
    .split('\n')
    .filter((line) => line !== '')
    .reverse()
    .join(',');
}
