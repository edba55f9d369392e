import { CalloutFault } from './callout-fault.js';

/**
 * The one formula that Salesforce itself puts into claims (retrieved External Credentials, Connect API examples): the seconds
 * from 1970 to now, and some more or less. Spaces and letter case do not count.
 */
const secondsFormula =
  /^\{!text\(floor\(\(now\(\)-datetimevalue\(["']1970-01-0100:00:00["']\)\)\*86400(?<inside>[+-]\d{1,9})?\)(?<outside>[+-]\d{1,9})?\)\}$/;

/** Claims that are text by their definition (RFC 7519 section 4.1, RFC 7515 section 4.1). */
const textClaims = new Set(['iss', 'sub', 'alg', 'kid', 'typ']);

/**
 * The value of a claim as an External Credential gives it: JSON (`"text"`, a list, a number), the seconds formula, or plain
 * text. Issuer and subject stand there bare or as JSON text. Assumption: that text without quotes is read as JSON where it is
 * JSON; a number that JavaScript cannot hold digit for digit stays text.
 *
 * @param now Unix time in milliseconds
 * @throws CalloutFault for a formula that a local org cannot evaluate
 */
export function claimValue(name: string, given: string, now: number): unknown {
  const value = given.trim();
  if (value.startsWith('{!')) return evaluateSeconds(name, value, now);
  const parsed = parsedJson(value);
  if (parsed === undefined || (typeof parsed === 'number' && String(parsed) !== value)) return value;
  return textClaims.has(name) && typeof parsed !== 'string' ? value : parsed;
}

function evaluateSeconds(name: string, formula: string, now: number): number {
  const match = secondsFormula.exec(formula.replace(/\s+/g, '').toLowerCase());
  if (!match) {
    throw new CalloutFault(
      `A local org cannot evaluate the formula of the claim "${name}": it knows the seconds since 1970 only, with an offset.`,
    );
  }
  const { inside = '0', outside = '0' } = match.groups ?? {};
  return Math.floor(now / 1000) + Number(inside) + Number(outside);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
