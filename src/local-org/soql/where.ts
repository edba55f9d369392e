import type { Condition, Query, ValueQueryCondition, WhereClause } from 'soql-parser-js';
import type { SObjectRecord } from '../model.js';
import { RestRefusal } from '../rest/refusal.js';
import { isSameId } from '../store/ids.js';
import { resolveField, valueAt, type FieldContext, type FieldPath } from './fields.js';
import { parseLiterals, type Literal } from './literals.js';

export type Predicate = (record: SObjectRecord) => boolean;
/** Runs the inner query of `Id IN (SELECT …)` and returns its one column. */
export type Subselect = (query: Query) => readonly Literal[];

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Predicate;

/**
 * Compiles a WHERE clause. The parser hands it over as a flat list with counts of parentheses, so it is read again here:
 * NOT binds stronger than AND, AND stronger than OR.
 *
 * @throws RestRefusal for an unknown field or an operator that a local org does not know
 */
export function compileWhere(context: FieldContext, where: WhereClause | undefined, subselect: Subselect): Predicate {
  if (!where) return () => true;
  const tokens = tokensOf(context, where, subselect);
  const predicate = readOr(tokens);
  if (tokens.length > 0) throw new RestRefusal(400, 'MALFORMED_QUERY', 'unexpected token in the WHERE clause');
  return predicate;
}

function tokensOf(context: FieldContext, where: WhereClause, subselect: Subselect): Token[] {
  const tokens: Token[] = [];
  for (let clause: WhereClause | undefined = where; clause; clause = 'right' in clause ? clause.right : undefined) {
    const { left } = clause;
    if (left) {
      tokens.push(...Array<Token>(left.openParen ?? 0).fill('('));
      if ('operator' in left) tokens.push(compileCondition(context, left, subselect));
      tokens.push(...Array<Token>('closeParen' in left ? (left.closeParen ?? 0) : 0).fill(')'));
    }
    if ('operator' in clause) tokens.push(clause.operator);
  }
  return tokens;
}

function readOr(tokens: Token[]): Predicate {
  let predicate = readAnd(tokens);
  while (tokens[0] === 'OR') {
    tokens.shift();
    const [left, right] = [predicate, readAnd(tokens)];
    predicate = (record) => left(record) || right(record);
  }
  return predicate;
}

function readAnd(tokens: Token[]): Predicate {
  let predicate = readNot(tokens);
  while (tokens[0] === 'AND') {
    tokens.shift();
    const [left, right] = [predicate, readNot(tokens)];
    predicate = (record) => left(record) && right(record);
  }
  return predicate;
}

function readNot(tokens: Token[]): Predicate {
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

type ComparableCondition = Exclude<Condition, { openParen: number; field?: never; fn?: never }> | ValueQueryCondition;

function compileCondition(context: FieldContext, condition: ComparableCondition, subselect: Subselect): Predicate {
  if (!('field' in condition) || !('operator' in condition)) {
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know functions in WHERE.');
  }
  const path = resolveField(context, condition.field);
  const values = 'valueQuery' in condition ? subselect(condition.valueQuery) : parseLiterals(condition);
  const test = comparison(condition.operator, path, values);
  return (record) => test(valueAt(context, record, path));
}

function comparison(operator: string, path: FieldPath, values: readonly Literal[]): (actual: unknown) => boolean {
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
      return (actual) => values.some((value) => typeof actual === 'string' && likePattern(String(value)).test(actual));
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

/** SOQL compares text without regard to case, ids with regard to it and in either length. */
function isEqual(path: FieldPath, actual: unknown, wanted: Literal): boolean {
  if (actual === null || wanted === null) return actual === wanted;
  if (path.type === 'id' || path.type === 'reference')
    return typeof actual === 'string' && isSameId(actual, String(wanted));
  return order(path, actual, wanted) === 0;
}

/** Below, at or above 0, as `left` sorts before, with or after `right`. */
export function order(path: FieldPath, left: unknown, right: unknown): number {
  if (path.type === 'datetime') return Date.parse(String(left)) - Date.parse(String(right));
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  const [a, b] = [String(left).toLowerCase(), String(right).toLowerCase()];
  return a < b ? -1 : Number(a > b);
}

function likePattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`, 'i');
}
