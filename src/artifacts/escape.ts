/**
 * Escapers, one for each place where a value lands in a template. Values are validated before they come here, so what an
 * escaper cannot express is a programmer's mistake and a `TypeError`.
 */

const outsideXml = /[\p{Cs}\uFFFE\uFFFF]|(?![\t\n\r])\p{Cc}/u;
const xmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  // A parser turns a bare carriage return into a line feed (XML 1.0 section 2.11).
  '\r': '&#13;',
};

/** Text for an XML element. */
export function xml(value: unknown): string {
  const text = textOf(value);
  if (outsideXml.test(text)) throw new TypeError('XML 1.0 cannot hold this value.');
  return text.replace(/[&<>"'\r]/g, (character) => xmlEntities[character] ?? character);
}

const apexEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** Text between the single quotes of an Apex string. Invisible characters become `\uXXXX`, so that a reader sees them. */
export function apex(value: unknown): string {
  const text = textOf(value);
  if (/\p{Cs}/u.test(text)) throw new TypeError('An Apex string cannot hold half of a surrogate pair.');
  return text.replace(/[\\'\p{C}\p{Zl}\p{Zp}]/gu, (character) => apexEscapes[character] ?? codeUnits(character));
}

/** An Apex identifier, as it is. */
export function apexId(value: unknown): string {
  const text = textOf(value);
  if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(text)) throw new TypeError('This value is no Apex identifier.');
  return text;
}

/** Apex identifiers with dots between them, as they are; a custom field ends in `__c`. */
export function apexPath(value: unknown): string {
  return textOf(value).split('.').map(apexId).join('.');
}

/** A line of an Apex comment: whatever could end the comment or start a new line is refused. */
export function apexDoc(value: unknown): string {
  const text = textOf(value);
  if (/\*\/|[\p{C}\p{Zl}\p{Zp}]/u.test(text)) throw new TypeError('This value does not fit into an Apex comment.');
  return text;
}

export const escapers = { xml, apex, apexId, apexPath, apexDoc };

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || typeof value === 'number') return String(value);
  throw new TypeError('A template value is missing or has no text.');
}

function codeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
