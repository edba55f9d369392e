import { isFields, type Fields } from '../rest/body.js';
import { faultNames, fittingOperations, limits, type FaultName, type FaultRule } from './fault-rule.js';
import { mayBegin, operations } from './operations.js';

export type ReadRules = {
  readonly rules: readonly FaultRule[];
  /** A sentence for each thing that is wrong; then the rules are not to be used. */
  readonly problems: readonly string[];
};

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'];
const settings = ['fault', 'operation', 'path', 'method', 'after', 'times', 'delayMs'];

/**
 * Reads fault rules, each a text like `503 operation=query after=2 times=3` or an object like
 * `{"fault": "503", "operation": "query", "after": 2, "times": 3}`.
 */
export function readRules(list: readonly unknown[]): ReadRules {
  const read = list.map((entry, index) => {
    const problems: string[] = [];
    const rule = readRule(entry, (problem) => problems.push(`Rule ${index + 1}: ${problem}`));
    return { rule, problems };
  });
  const problems = read.flatMap((entry) => entry.problems);
  const rules = read.flatMap(({ rule }) => (rule ? [rule] : []));
  if (list.length > limits.rules) problems.push(`At most ${limits.rules} rules can wait at a time.`);
  return problems.length > 0 ? { rules: [], problems } : { rules, problems };
}

type Report = (problem: string) => void;

function readRule(entry: unknown, report: Report): FaultRule | undefined {
  const fields = typeof entry === 'string' ? fieldsOf(entry, report) : entry;
  if (!isFields(fields)) {
    report('a rule is an object, or a text like "503 operation=query times=3".');
    return undefined;
  }
  for (const name of Object.keys(fields).filter((key) => !settings.includes(key))) {
    report(`there is no setting ${quoted(name)}; there are ${settings.join(', ')}.`);
  }
  const fault = oneOf(fields, 'fault', faultNames, report);
  if (fault === undefined && fields['fault'] === undefined)
    report(`it names no fault; there are ${faultNames.join(', ')}.`);
  const operation = oneOf(fields, 'operation', operations, report);
  const rest = {
    path: pathOf(fields, report),
    method: oneOf(fields, 'method', methods, report),
    after: countOf(fields, { name: 'after', least: 0, most: limits.after }, report) ?? 0,
    times: countOf(fields, { name: 'times', least: 1, most: limits.times }, report) ?? 1,
  };
  if (fault === undefined) return undefined;
  refuseUnfit(fault, { operation, path: rest.path }, report);
  return { fault, operation, ...rest, ...delayOf(fault, fields, report) };
}

/** `503 path=/x after=2` as the object that it stands for. */
function fieldsOf(text: string, report: Report): Fields {
  const [fault = '', ...pairs] = text.trim().split(/\s+/);
  const fields: Record<string, unknown> = fault === '' ? {} : { fault };
  for (const pair of pairs) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, Math.max(at, 0));
    const value = pair.slice(at + 1);
    if (name === '') report(`${quoted(pair)} is no setting; write one as name=value, like times=3.`);
    else if (Object.hasOwn(fields, name)) report(`the setting ${quoted(name)} stands there twice.`);
    else fields[name] = /^\d{1,9}$/.test(value) && name !== 'fault' ? Number(value) : value;
  }
  return fields;
}

function oneOf<T extends string>(fields: Fields, name: string, known: readonly T[], report: Report): T | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  const found = known.find((candidate) => candidate === value);
  if (found === undefined) report(`${quoted(value)} is no ${name}; there are ${known.join(', ')}.`);
  return found;
}

function pathOf({ path }: Fields, report: Report): string | undefined {
  if (path === undefined || (typeof path === 'string' && path.startsWith('/'))) return path;
  report('the path is the beginning of one, with a slash first, like /services/data.');
  return undefined;
}

type Count = { readonly name: string; readonly least: number; readonly most: number };

function countOf(fields: Fields, { name, least, most }: Count, report: Report): number | undefined {
  const value = fields[name];
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
  report(`${name} is a whole number from ${least} to ${most}.`);
  return undefined;
}

/** A rule that no request can meet would wait for ever. */
function refuseUnfit(
  fault: FaultName,
  { operation, path }: Pick<FaultRule, 'operation' | 'path'>,
  report: Report,
): void {
  const fitting = fittingOperations[fault];
  if (operation !== undefined && fitting && !fitting.includes(operation))
    report(`${fault} never meets the operation ${operation}; it meets ${fitting.join(', ')}.`);
  const met = operation === undefined ? fitting : [operation];
  if (met && path !== undefined && !met.some((one) => mayBegin(one, path)))
    report(`no path of ${met.join(', ')} begins with ${quoted(path)}.`);
}

/** Without a number, a slow answer takes a second longer. */
function delayOf(fault: FaultName, fields: Fields, report: Report): Pick<FaultRule, 'delayMs'> {
  const delayMs = countOf(fields, { name: 'delayMs', least: 1, most: limits.delayMs }, report);
  if (fault === 'slow') return { delayMs: delayMs ?? 1000 };
  if (fields['delayMs'] !== undefined) report(`delayMs belongs to the fault slow, not to ${fault}.`);
  return {};
}

/** What was given, short enough for a sentence, without control characters. */
function quoted(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return `"${text.slice(0, 50).replace(/\p{C}/gu, '?')}"`;
}
