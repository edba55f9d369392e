import { problemAt, type Problem } from '../deploy/problem.js';
import { textOf, type XmlElement } from '../xml/xml-element.js';
import { isAddress, isCalloutUrl, noAddress, noCalloutUrl } from './callout-url.js';
import type { DeployContext } from './handler.js';
import { checkReference } from './reference.js';

/** Object Reference, NamedCredential: sizes of the fields. The form of the text is that of other values. */
const sizes: Readonly<Record<string, number>> = {
  authTokenEndpointUrl: 1000,
  jwtAudience: 1000,
  jwtFormulaSubject: 255,
  jwtIssuer: 255,
  jwtTextSubject: 255,
};

/** What names the subject of a JWT (Metadata API Developer Guide, NamedCredential): a text for all, or a formula for each user. */
const subjects = new Map([
  ['NamedUser', 'jwtTextSubject'],
  ['PerUser', 'jwtFormulaSubject'],
]);

/**
 * A Named Credential with its own authentication. Judged where a JWT is signed: no XML of an org with the protocol JwtExchange
 * is public, so that it needs what it could not work without is an assumption. Other protocols are kept as they come.
 */
export function checkLegacyCredential(root: XmlElement, context: DeployContext): readonly Problem[] {
  const protocol = textOf(root, 'protocol');
  return [
    ...checkUrl(root, 'endpoint', isAddress, noAddress),
    ...Object.entries(sizes).flatMap(([field, most]) => checkSize(root, field, most)),
    ...checkReference(root, 'certificate', 'Certificate', context),
    ...checkReference(root, 'jwtSigningCertificate', 'Certificate', context),
    ...checkReference(root, 'authProvider', 'AuthProvider', context),
    ...(protocol === 'JwtExchange' ? checkUrl(root, 'authTokenEndpointUrl', isCalloutUrl, noCalloutUrl) : []),
    ...(protocol === 'JwtExchange' || protocol === 'Jwt' ? checkJwt(root) : []),
  ];
}

function checkUrl(root: XmlElement, field: string, isFit: (url: string) => boolean, rule: string): readonly Problem[] {
  const url = textOf(root, field);
  if (url === undefined) return [missing(root, field)];
  return isFit(url) ? [] : [problemAt(root, field, `${field}: ${rule}`)];
}

function checkSize(root: XmlElement, field: string, most: number): readonly Problem[] {
  const { length } = textOf(root, field) ?? '';
  return length > most ? [problemAt(root, field, `${field}: data value too large (max length=${most})`)] : [];
}

function checkJwt(root: XmlElement): readonly Problem[] {
  const absent = ['jwtIssuer', 'jwtAudience', 'jwtSigningCertificate'].filter(
    (field) => textOf(root, field) === undefined,
  );
  return [
    ...absent.map((field) => missing(root, field)),
    ...checkSubject(root),
    ...checkAudience(root),
    ...checkValidity(root),
  ];
}

function checkSubject(root: XmlElement): readonly Problem[] {
  const principal = textOf(root, 'principalType') ?? '';
  const subject = subjects.get(principal);
  if (subject === undefined)
    return [problemAt(root, 'principalType', `A JWT needs the principalType ${[...subjects.keys()].join(' or ')}`)];
  return textOf(root, subject) === undefined ? [missing(root, subject)] : [];
}

/** Metadata API Developer Guide: the audience is JSON, a text in quotes or an array of such. */
function checkAudience(root: XmlElement): readonly Problem[] {
  const audience = textOf(root, 'jwtAudience');
  if (audience === undefined || isAudience(audience)) return [];
  return [
    problemAt(root, 'jwtAudience', 'jwtAudience: must be JSON, a text in double quotes or an array of such texts'),
  ];
}

function isAudience(json: string): boolean {
  try {
    const value: unknown = JSON.parse(json);
    const texts: readonly unknown[] = Array.isArray(value) ? value : [value];
    return texts.length > 0 && texts.every((text) => typeof text === 'string' && text !== '');
  } catch {
    return false;
  }
}

function checkValidity(root: XmlElement): readonly Problem[] {
  const seconds = textOf(root, 'jwtValidityPeriodSeconds');
  if (seconds === undefined || /^[1-9]\d*$/.test(seconds)) return [];
  return [problemAt(root, 'jwtValidityPeriodSeconds', 'jwtValidityPeriodSeconds: must be a whole number of seconds')];
}

function missing(root: XmlElement, field: string): Problem {
  return problemAt(root, field, `Required field is missing: ${field}`);
}
