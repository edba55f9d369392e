import type { Condition, HavingClause, Query, ValueQueryCondition, WhereClause } from 'soql-parser-js';
import type { SObjectRecord } from '../model.js';
import { RestRefusal } from '../rest/refusal.js';
import { isSameId } from '../store/ids.js';
import { resolveField, valueAt, type FieldContext, type FieldPath } from './fields.js';
import { parseLiterals, type Literal } from './literals.js';

export type Predicate<T = SObjectRecord> = (item: T) => boolean;
/** Runs the inner query of `Id IN (SELECT …)` and returns its one column. */
export type Subselect = (query: Query) => readonly Literal[];

type Token<T> = '(' | ')' | 'AND' | 'OR' | 'NOT' | Predicate<T>;

/**
 * Compiles a WHERE clause.
 *
 * @throws RestRefusal for an unknown field or an operator that a local org does not know
 */
export function compileWhere(context: FieldContext, where: WhereClause | undefined, subselect: Subselect): Predicate {
  if (!where) return () => true;
  return compileClause(where, (condition) => compileCondition(context, condition, subselect));
}

/**
 * Compiles a clause of conditions. The parser hands it over as a flat list with counts of parentheses, so it is read again
 * here: NOT binds stronger than AND, AND stronger than OR.
 *
 * @throws RestRefusal MALFORMED_QUERY
 */
export function compileClause<T>(
  clause: WhereClause | HavingClause,
  compile: (condition: ComparableCondition) => Predicate<T>,
): Predicate<T> {
  const tokens = tokensOf(clause, compile);
  const predicate = readOr(tokens);
  if (tokens.length > 0) throw new RestRefusal(400, 'MALFORMED_QUERY', 'unexpected token in the WHERE clause');
  return predicate;
}

function tokensOf<T>(
  first: WhereClause | HavingClause,
  compile: (condition: ComparableCondition) => Predicate<T>,
): Token<T>[] {
  const tokens: Token<T>[] = [];
  let clause: WhereClause | HavingClause | undefined = first;
  while (clause) {
    const left: WhereClause['left'] = clause.left;
    if (left) {
      tokens.push(...Array<Token<T>>(left.openParen ?? 0).fill('('));
      if ('operator' in left) tokens.push(compile(left));
      tokens.push(...Array<Token<T>>('closeParen' in left ? (left.closeParen ?? 0) : 0).fill(')'));
    }
    if ('operator' in clause) tokens.push(clause.operator);
    clause = 'right' in clause ? clause.right : undefined;
  }
  return tokens;
}

function readOr<T>(tokens: Token<T>[]): Predicate<T> {
  let predicate = readAnd(tokens);
  while (tokens[0] === 'OR') {
    tokens.shift();
    const [left, right] = [predicate, readAnd(tokens)];
    predicate = (record) => left(record) || right(record);
  }
  return predicate;
}

function readAnd<T>(tokens: Token<T>[]): Predicate<T> {
  let predicate = readNot(tokens);
  while (tokens[0] === 'AND') {
    tokens.shift();
    const [left, right] = [predicate, readNot(tokens)];
    predicate = (record) => left(record) && right(record);
  }
  return predicate;
}

function readNot<T>(tokens: Token<T>[]): Predicate<T> {
  const token = tokens.shift();
  if (token === 'NOT') {
    const inner = readNot(tokens);
    return (record) => !inner(record);
  }
  if (token === '(') {
    const inner = readOr(tokens);
    if (tokens.shift() === ')') return inner;
  }
  if (typeof token === 'function') return token;
  throw new RestRefusal(400, 'MALFORMED_QUERY', 'unexpected token in the WHERE clause');
}

export type ComparableCondition =
  Exclude<Condition, { openParen: number; field?: never; fn?: never }> | ValueQueryCondition;

function compileCondition(context: FieldContext, condition: ComparableCondition, subselect: Subselect): Predicate {
  if (!('field' in condition) || !('operator' in condition)) {
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know functions in WHERE.');
  }
  const path = resolveField(context, condition.field);
  const values = 'valueQuery' in condition ? subselect(condition.valueQuery) : parseLiterals(condition);
  const test = comparison(condition.operator, path, values);
  return (record) => test(valueAt(context, record, path));
}

/** Compares a value with those on the right of an operator. @throws RestRefusal MALFORMED_QUERY */
export function comparison(operator: string, path: Typed, values: readonly Literal[]): (actual: unknown) => boolean {
  const isOneOf = (actual: unknown): boolean => values.some((value) => isEqual(path, actual, value));
  const ordered = (holds: (order: number) => boolean) => (actual: unknown) => {
    const value = values[0] ?? null;
    return actual !== null && value !== null && holds(order(path, actual, value));
  };
  switch (operator.toUpperCase()) {
    case '=':
    case 'IN':
      return isOneOf;
    case '!=':
    case 'NOT IN':
      return (actual) => !isOneOf(actual);
    case 'LIKE':
      return (actual) => values.some((value) => typeof actual === 'string' && isLike(actual, String(value)));
    case '<':
      return ordered((result) => result < 0);
    case '<=':
      return ordered((result) => result <= 0);
    case '>':
      return ordered((result) => result > 0);
    case '>=':
      return ordered((result) => result >= 0);
    default:
      throw new RestRefusal(400, 'MALFORMED_QUERY', `A local org does not know the operator ${operator}.`);
  }
}

/** What a comparison has to know of a field. */
type Typed = Pick<FieldPath, 'type'>;

/** SOQL compares text without regard to case, ids with regard to it and in either length. */
function isEqual(path: Typed, actual: unknown, wanted: Literal): boolean {
  if (actual === null || wanted === null) return actual === wanted;
  if (path.type === 'id' || path.type === 'reference')
    return typeof actual === 'string' && isSameId(actual, String(wanted));
  return order(path, actual, wanted) === 0;
}

/** Below, at or above 0, as `left` sorts before, with or after `right`. */
export function order(path: Typed, left: unknown, right: unknown): number {
  if (path.type === 'datetime') return Date.parse(String(left)) - Date.parse(String(right));
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left).toLowerCase(), String(right).toLowerCase()];
  return a < b ? -1 : Number(a > b);
}

/** Whether a text fits a pattern of LIKE. In time that grows with both, whatever the pattern: no regular expression. */
function isLike(text: string, pattern: string): boolean {
  const [actual, wanted] = [
    text.toLowerCase(),
    [...pattern.toLowerCase().matchAll(/\\[^]|[^]/g)].map(([part]) => part),
  ];
  let [at, index] = [0, 0];
  let retry: readonly [at: number, index: number] | undefined;
  while (at < actual.length) {
    const part = wanted[index];
    if (part === '%') {
      retry = [at, index];
      index += 1;
    } else if (part === '_' || part?.at(-1) === actual[at]) {
      at += 1;
      index += 1;
    } else if (retry) {
      retry = [retry[0] + 1, retry[1]];
      [at, index] = [retry[0], retry[1] + 1];
    } else return false;
  }
  return wanted.slice(index).every((part) => part === '%');
}
