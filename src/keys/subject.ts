import { JwtError } from '../errors.js';
import type { Subject } from '../config/connection.js';
import { printable } from './printable.js';

export type SubjectAttribute = keyof Subject;

type AttributeRule = { readonly oid: string; readonly maxLength: number };

/** Attribute types by their short names (RFC 4514 section 3), with their object ids and upper bounds (RFC 5280 appendix A). */
export const subjectAttributes: Readonly<Record<SubjectAttribute, AttributeRule>> = {
  CN: { oid: '2.5.4.3', maxLength: 64 },
  OU: { oid: '2.5.4.11', maxLength: 64 },
  O: { oid: '2.5.4.10', maxLength: 64 },
  L: { oid: '2.5.4.7', maxLength: 128 },
  ST: { oid: '2.5.4.8', maxLength: 128 },
  C: { oid: '2.5.4.6', maxLength: 2 },
};

/** The attributes of a subject in the order given. */
export function subjectEntries(subject: Subject): readonly (readonly [SubjectAttribute, string])[] {
  return Object.entries(subject).flatMap(([key, value]) => {
    const attribute = attributeNamed(key);
    return attribute !== undefined && value !== undefined ? [[attribute, value] as const] : [];
  });
}

/**
 * Reads a distinguished name like `CN=Crm Integration,O=Acme,C=US` (RFC 4514).
 * @throws JwtError `subjectRefused`
 */
export function parseSubject(text: string): Subject {
  const subject: Partial<Record<SubjectAttribute, string>> = {};
  for (const part of splitUnescaped(text, ',')) {
    const [attribute, value] = parseAttribute(part, text);
    if (subject[attribute] !== undefined) throw refused(text, `${attribute} stands in it twice`);
    subject[attribute] = value;
  }
  return checkSubject(subject, text);
}

/**
 * Returns the subject as given when a certificate can carry it.
 * @throws JwtError `subjectRefused`
 */
export function checkSubject(subject: Subject, typed = formatSubject(subject)): Subject {
  const entries = subjectEntries(subject);
  if (entries.length === 0) throw refused(typed, 'it is empty');
  for (const [attribute, value] of entries) {
    const { maxLength } = subjectAttributes[attribute];
    if (value === '') throw refused(typed, `${attribute} has no value`);
    if (attribute === 'C' && !/^[A-Z]{2}$/.test(value)) {
      throw refused(typed, 'C takes the two capital letters of a country (ISO 3166), like US');
    }
    if ([...value].length > maxLength) throw refused(typed, `${attribute} has more than ${maxLength} characters`);
    if (/[\p{Cc}\p{Cs}]/u.test(value)) throw refused(typed, `${attribute} holds a control character`);
  }
  return subject;
}

/** The subject as RFC 4514 text, in the order given. */
export function formatSubject(subject: Subject): string {
  return subjectEntries(subject)
    .map(([attribute, value]) => `${attribute}=${escapeValue(value)}`)
    .join(',');
}

/** RFC 4514 section 2.4. */
export function escapeValue(value: string): string {
  return value
    .replace(/["+,;<>\\]/g, '\\$&')
    .replace(/^[ #]/, '\\$&')
    .replace(/ $/, '\\ ');
}

function parseAttribute(part: string, text: string): readonly [SubjectAttribute, string] {
  const equals = part.indexOf('=');
  if (equals === -1) throw refused(text, hintFor(part, text));
  const key = part.slice(0, equals).trim();
  const attribute = attributeNamed(key);
  if (attribute === undefined) throw refused(text, hintFor(key, text));
  const raw = part.slice(equals + 1);
  if (splitUnescaped(raw, '+').length > 1) throw refused(text, 'it joins attributes with a plus sign');
  return [attribute, unescapeValue(trimUnescaped(raw), text)];
}

function hintFor(part: string, text: string): string {
  if (text.trim() === '') return 'it is empty';
  if (text.startsWith('/')) return `it is in the style of openssl; write ${text.slice(1).split('/').join(',')}`;
  return `"${printable(part.trim())}" is not one of ${Object.keys(subjectAttributes).join(', ')} with "=" and a value`;
}

function attributeNamed(key: string): SubjectAttribute | undefined {
  const wanted = key.toUpperCase();
  return attributeNames.find((name) => name === wanted || subjectAttributes[name].oid === wanted);
}

const attributeNames: readonly SubjectAttribute[] = ['CN', 'OU', 'O', 'L', 'ST', 'C'];

/** Splits where the separator has no backslash before it. */
function splitUnescaped(text: string, separator: string): readonly string[] {
  const parts: string[] = [''];
  for (const token of text.match(/\\[\s\S]|[\s\S]/g) ?? []) {
    if (token === separator) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts;
}

/** Takes away spaces around a value, but keeps a last space that was escaped. */
function trimUnescaped(raw: string): string {
  const trimmed = raw.trim();
  return /(^|[^\\])(\\\\)*\\$/.test(trimmed) && raw.trimStart().length > trimmed.length ? `${trimmed} ` : trimmed;
}

function unescapeValue(raw: string, text: string): string {
  if (raw.startsWith('#')) throw refused(text, 'values in hexadecimal (#…) are not supported');
  const bytes: Buffer[] = [];
  for (const token of raw.match(/\\[0-9A-Fa-f]{2}|\\[\s\S]|\\|[^\\]+/g) ?? []) {
    if (/^\\[0-9A-Fa-f]{2}$/.test(token)) bytes.push(Buffer.from(token.slice(1), 'hex'));
    else if (/^\\[ "#+,;<=>\\]$/.test(token)) bytes.push(Buffer.from(token.slice(1)));
    else if (token.startsWith('\\')) throw refused(text, 'a backslash in it stands before nothing that needs one');
    else if (/["+;<>]/.test(token))
      throw refused(text, `${token.match(/["+;<>]/)?.[0] ?? ''} in a value needs a backslash`);
    else bytes.push(Buffer.from(token));
  }
  return decodeUtf8(Buffer.concat(bytes), text);
}

function decodeUtf8(bytes: Buffer, text: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refused(text, 'its escaped bytes are not UTF-8', cause);
  }
}

function refused(text: string, reason: string, cause?: unknown): JwtError {
  return new JwtError('subjectRefused', [printable(text), reason], { cause });
}
