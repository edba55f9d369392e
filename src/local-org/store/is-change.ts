import type { Change } from './change.js';
import { isId } from './ids.js';
import type { StateHeader } from './state-log.js';

/**
 * Whether JSON from a state file is what a local org writes. Its checksum says that a line is as it was written, not by whom:
 * another release may have, or a person with an editor.
 */
export function isHeader(value: unknown): value is StateHeader {
  return (
    isObject(value) &&
    value['format'] === 3 &&
    isText(value['id']) &&
    isId(value['id']) &&
    isText(value['alias']) &&
    /^[A-Za-z][\w-]*$/.test(value['alias']) &&
    isCount(value['lines']) &&
    isPort(value['port'])
  );
}

/** See {@link isHeader}. */
export function isChanges(value: unknown): value is readonly Change[] {
  return Array.isArray(value) && value.every(isChange);
}

function isChange(value: unknown): value is Change {
  if (!Array.isArray(value)) return false;
  const [kind, ...places] = value as readonly unknown[];
  const checks = isText(kind) && Object.hasOwn(kinds, kind) ? kinds[kind as Change[0]] : undefined;
  return checks !== undefined && places.length <= checks.length && checks.every((check, at) => check(places[at]));
}

type Check = (value: unknown) => boolean;

const isText = (value: unknown): value is string => typeof value === 'string';
const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const isPort = (value: unknown): boolean => isCount(value) && Number(value) <= 65_535;
const orNothing =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

const isRow: Check = (value) => isObject(value) && isText(value['Id']);

const isComponent: Check = (value) =>
  isObject(value) &&
  ['type', 'fullName', 'id'].every((name) => isText(value[name])) &&
  ['createdAt', 'lastModifiedAt'].every((name) => Number.isFinite(value[name])) &&
  Array.isArray(value['files']) &&
  value['files'].every((file) => Array.isArray(file) && file.length === 2 && file.every(isText));

const isKeyPair: Check = (value) =>
  isObject(value) && isText(value['privateKeyPem']) && isText(value['certificatePem']);

const isSession: Check = (value) =>
  isObject(value) && isText(value['userId']) && isText(value['scope']) && Number.isFinite(value['issuedAt']);

/** What stands behind the kind of a change. */
const kinds: Readonly<Record<Change[0], readonly Check[]>> = {
  record: [isText, isRow],
  'no-record': [isText, isText],
  component: [isComponent],
  'no-component': [isText, isText],
  'key-pair': [isText, orNothing(isKeyPair)],
  session: [isText, orNothing(isSession)],
  port: [isPort],
};

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
