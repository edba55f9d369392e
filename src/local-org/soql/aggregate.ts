import type { OrderByClause, Query } from 'soql-parser-js';
import type { SObjectRecord } from '../model.js';
import { RestRefusal } from '../rest/refusal.js';
import { resolveField, valueAt, type FieldContext, type FieldPath } from './fields.js';
import { parseLiterals } from './literals.js';
import { markPosition } from './position.js';
import { aggregateOf, type Aggregate, type Selection } from './selection.js';
import { comparison, compileClause, order, type ComparableCondition } from './where.js';

/** Rows with the same values of the fields of GROUP BY; all rows where there is none. */
type Group = readonly SObjectRecord[];

/** A value of a group, and the type to compare it by. */
type GroupValue = { readonly type: FieldPath['type']; readonly of: (group: Group) => unknown };

/** Whether the answer to a query is made of groups. `COUNT()` alone is answered by a size. */
export function isAggregate(query: Query, selections: readonly Selection[]): boolean {
  return query.groupBy !== undefined || selections.some(({ kind }) => kind === 'aggregate');
}

/**
 * The rows `AggregateResult` of a query.
 *
 * @param rows those that WHERE leaves
 * @throws RestRefusal MALFORMED_QUERY, INVALID_FIELD
 */
export function aggregateRows(
  context: FieldContext,
  query: Query,
  selections: readonly Selection[],
  rows: readonly SObjectRecord[],
): readonly unknown[] {
  const keys = groupKeys(context, query);
  const columns = selections.map((selection) => columnOf(context, selection, keys));
  const groups = keys.length === 0 ? [rows] : grouped(context, keys, rows);
  const having = query.having && compileClause(query.having, (condition) => havingOf(context, condition, keys));
  const kept = having ? groups.filter(having) : groups;
  const sorted = query.orderBy ? kept.toSorted(ordering(context, [query.orderBy].flat(), keys)) : kept;
  const from = query.offset ?? 0;
  return sorted.slice(from, query.limit === undefined ? undefined : from + query.limit).map((group) => ({
    attributes: { type: 'AggregateResult' },
    ...Object.fromEntries(columns.map(({ key, value }) => [key, value.of(group)])),
  }));
}

function groupKeys(context: FieldContext, query: Query): readonly FieldPath[] {
  const clauses = query.groupBy === undefined ? [] : [query.groupBy].flat();
  return clauses.map((clause) => {
    if ('field' in clause) return resolveField(context, clause.field);
    throw new RestRefusal(
      400,
      'MALFORMED_QUERY',
      'A local org groups by fields, and not by ROLLUP, CUBE or functions.',
    );
  });
}

function columnOf(context: FieldContext, selection: Selection, keys: readonly FieldPath[]) {
  switch (selection.kind) {
    case 'aggregate':
      return { key: selection.key, value: aggregateValue(context, selection) };
    case 'field':
      return { key: selection.alias ?? selection.path.name, value: keyValue(context, selection.text, keys) };
    default:
      throw new RestRefusal(400, 'MALFORMED_QUERY', 'A query with groups selects no child relationships.');
  }
}

function keyValue(context: FieldContext, text: string, keys: readonly FieldPath[]): GroupValue {
  const path = resolveField(context, text);
  if (!keys.some((key) => isSamePath(key, path))) {
    const message = `Field must be grouped or aggregated: ${text}`;
    throw new RestRefusal(400, 'MALFORMED_QUERY', markPosition(context.soql, text) + message);
  }
  return { type: path.type, of: ([row]) => (row ? valueAt(context, row, path) : null) };
}

function isSamePath(left: FieldPath, right: FieldPath): boolean {
  return left.name === right.name && left.relationships.join('.') === right.relationships.join('.');
}

function grouped(context: FieldContext, keys: readonly FieldPath[], rows: readonly SObjectRecord[]): readonly Group[] {
  const groups = new Map<string, SObjectRecord[]>();
  for (const row of rows) {
    const key = JSON.stringify(keys.map((path) => sameness(valueAt(context, row, path))));
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return [...groups.values()];
}

/** SOQL groups text without regard to case. */
function sameness(value: unknown): unknown {
  return typeof value === 'string' ? value.toLowerCase() : value;
}

function aggregateValue(context: FieldContext, { function: name, of }: Aggregate): GroupValue {
  if (!of) return { type: 'int', of: (group) => group.length };
  const values = (group: Group): readonly unknown[] =>
    group.map((row) => valueAt(context, row, of)).filter((value) => value !== null);
  const extreme = (sign: 1 | -1) => (group: Group) =>
    values(group).toSorted((left, right) => sign * order(of, left, right))[0] ?? null;
  const sum = (group: Group): number => values(group).reduce<number>((total, value) => total + Number(value), 0);
  switch (name) {
    case 'COUNT':
      return { type: 'int', of: (group) => values(group).length };
    case 'COUNT_DISTINCT':
      return { type: 'int', of: (group) => new Set(values(group).map(sameness)).size };
    case 'MIN':
      return { type: of.type, of: extreme(1) };
    case 'MAX':
      return { type: of.type, of: extreme(-1) };
    case 'SUM':
      return { type: 'double', of: (group) => (values(group).length === 0 ? null : sum(group)) };
    case 'AVG':
      return { type: 'double', of: (group) => (values(group).length === 0 ? null : sum(group) / values(group).length) };
  }
}

function havingOf(context: FieldContext, condition: ComparableCondition, keys: readonly FieldPath[]) {
  if ('valueQuery' in condition || !('operator' in condition))
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know inner queries in HAVING.');
  const value =
    'fn' in condition
      ? aggregateValue(context, aggregateOf(context, condition.fn?.functionName ?? '', condition.fn?.parameters?.[0]))
      : keyValue(context, condition.field ?? '', keys);
  const test = comparison(condition.operator, value, parseLiterals(condition));
  return (group: Group): boolean => test(value.of(group));
}

function ordering(context: FieldContext, clauses: readonly OrderByClause[], keys: readonly FieldPath[]) {
  const terms = clauses.map((clause) => ({
    value:
      'field' in clause
        ? keyValue(context, clause.field, keys)
        : aggregateValue(context, aggregateOf(context, clause.fn.functionName ?? '', clause.fn.parameters?.[0])),
    sign: clause.order === 'DESC' ? -1 : 1,
    nulls: clause.nulls === 'LAST' ? 1 : -1,
  }));
  return (left: Group, right: Group): number => {
    for (const { value, sign, nulls } of terms) {
      const result = compareValues(value, [value.of(left), value.of(right)], { sign, nulls });
      if (result !== 0) return result;
    }
    return 0;
  };
}

/** Empty values come first, or last where the query says so; both whatever the direction. */
export function compareValues(
  type: Pick<FieldPath, 'type'>,
  [left, right]: readonly [unknown, unknown],
  { sign, nulls }: { readonly sign: number; readonly nulls: number },
): number {
  if (left === null && right === null) return 0;
  if (left === null || right === null) return left === null ? nulls : -nulls;
  return sign * order(type, left, right);
}
