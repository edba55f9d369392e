import { createRequire } from 'node:module';
import type * as SoqlParser from 'soql-parser-js';
import type { FieldType, OrderByClause, Query } from 'soql-parser-js';
import { findCustomMetadataObject } from '../metadata/components/custom-metadata-object.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import { RestRefusal } from '../rest/refusal.js';
import { findSObject, type SObject } from '../store/sobjects.js';
import { aggregateColumn, columnMetadata } from './columns.js';
import { markPosition, resolveField, valueAt, type FieldContext, type FieldPath } from './fields.js';
import type { Literal } from './literals.js';
import { project } from './project.js';
import { compileWhere, order } from './where.js';

export type QueryOptions = {
  /** Like `/services/data/v67.0`, for the URLs of records. */
  readonly basePath: string;
  readonly tooling: boolean;
};

type Selection =
  | { readonly kind: 'field'; readonly path: FieldPath }
  | { readonly kind: 'count'; readonly key: string; readonly of?: FieldPath };

/**
 * Runs a SOQL query over an org's records: SELECT of fields, parent fields, `FIELDS(ALL)` and COUNT, WHERE with semi-joins,
 * ORDER BY, LIMIT, OFFSET. What it does not know it refuses as a malformed query that says so.
 *
 * @throws RestRefusal MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD
 */
export function runQuery(org: LocalOrg, soql: string, options: QueryOptions): unknown {
  const prepared = prepare(org, parse(soql), soql, options);
  const rows = select(prepared);
  if (prepared.isCountOnly) return { totalSize: rows.length, done: true, records: [] };
  const { selections } = prepared;
  const records = selections.some(({ kind }) => kind === 'count')
    ? [countRow(prepared, rows)]
    : rows.map((row) => project(prepared.context, fieldPaths(selections), row, options.basePath));
  return { totalSize: records.length, done: true, ...(options.tooling ? { size: records.length } : {}), records };
}

/** The answer to the same query with `&columns=true`. */
export function describeColumns(org: LocalOrg, soql: string, options: QueryOptions): unknown {
  const { selections, context } = prepare(org, parse(soql), soql, options);
  const paths = fieldPaths(selections);
  const counts = selections.flatMap((selection) =>
    selection.kind === 'count' ? [aggregateColumn(selection.key)] : [],
  );
  return {
    columnMetadata: [...columnMetadata(paths), ...counts],
    entityName: context.sObject.name,
    groupBy: false,
    idSelected: paths.some(({ name, relationships }) => name === 'Id' && relationships.length === 0),
    keyPrefix: context.sObject.keyPrefix,
  };
}

type Prepared = {
  readonly context: FieldContext;
  readonly query: Query;
  readonly selections: readonly Selection[];
  /** `SELECT COUNT() FROM …`, which answers with a size and no rows. */
  readonly isCountOnly: boolean;
  readonly subselect: (query: Query) => readonly Literal[];
};

const require = createRequire(import.meta.url);

/** Loaded at the first query: the parser takes longer to load than all else that a local org needs. */
function parse(soql: string): Query {
  const { parseQuery } = require('soql-parser-js') as typeof SoqlParser;
  try {
    return parseQuery(soql);
  } catch (error) {
    throw new RestRefusal(400, 'MALFORMED_QUERY', malformed(soql, error));
  }
}

/** The parser's messages end with what it found where it gave up: nothing, at the end of the query. */
function malformed(soql: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const found = /(?:found:?(?: -->)? |character: ->)'?([^\n]*?)'?(?: <--|<- at .*)?$/.exec(message)?.[1] ?? '';
  return found === '' ? 'unexpected token: <EOF>' : `${markPosition(soql, found)}unexpected token: '${found}'`;
}

function prepare(org: LocalOrg, query: Query, soql: string, options: QueryOptions): Prepared {
  if (query.groupBy || query.having || query.withDataCategory) {
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know GROUP BY, HAVING and WITH DATA CATEGORY.');
  }
  const sObject = queriedObject(org, soql, query.sObject ?? '', options.tooling);
  const context: FieldContext = { org, sObject, soql, alias: query.sObjectAlias };
  const selections = (query.fields ?? []).flatMap((field) => selectionOf(context, field));
  const subselect = (inner: Query): readonly Literal[] => columnOf(prepare(org, inner, soql, options));
  return { context, query, selections, isCountOnly: isCountOfRows(selections), subselect };
}

function queriedObject(org: LocalOrg, soql: string, name: string, tooling: boolean): SObject {
  const sObject = findSObject(name) ?? findCustomMetadataObject(org, name);
  if (sObject && (tooling || !sObject.toolingOnly)) return sObject;
  throw unsupportedType(soql, name);
}

function isCountOfRows([selection, ...others]: readonly Selection[]): boolean {
  return selection?.kind === 'count' && selection.of === undefined && others.length === 0;
}

function selectionOf(context: FieldContext, field: FieldType): readonly Selection[] {
  if (field.type === 'Field') return [{ kind: 'field', path: resolveField(context, field.field) }];
  if (field.type === 'FieldRelationship') {
    return [{ kind: 'field', path: resolveField(context, [...field.relationships, field.field].join('.')) }];
  }
  if (field.type === 'FieldFunctionExpression') {
    const [parameter] = field.parameters;
    const name = field.functionName.toUpperCase();
    if (name === 'FIELDS') return allFields(context);
    if (name === 'COUNT') {
      const of = typeof parameter === 'string' ? resolveField(context, parameter) : undefined;
      return [{ kind: 'count', key: field.alias ?? 'expr0', ...(of ? { of } : {}) }];
    }
  }
  throw new RestRefusal(
    400,
    'MALFORMED_QUERY',
    'A local org knows fields, parent fields, FIELDS() and COUNT in SELECT, and nothing else.',
  );
}

function allFields({ sObject }: FieldContext): readonly Selection[] {
  return sObject.fields.map(({ name, type }) => ({ kind: 'field', path: { relationships: [], name, type } }));
}

function select({ context, query, subselect }: Prepared): readonly SObjectRecord[] {
  const matches = compileWhere(context, query.where, subselect);
  const rows = context.org.records.all(context.sObject.name).filter(matches);
  const clauses = query.orderBy === undefined ? [] : [query.orderBy].flat();
  const sorted = clauses.length === 0 ? rows : rows.toSorted(ordering(context, clauses));
  const from = query.offset ?? 0;
  return sorted.slice(from, query.limit === undefined ? undefined : from + query.limit);
}

function ordering(context: FieldContext, clauses: readonly OrderByClause[]) {
  const keys = clauses.map((clause) => {
    if (!('field' in clause))
      throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know functions in ORDER BY.');
    return {
      path: resolveField(context, clause.field),
      sign: clause.order === 'DESC' ? -1 : 1,
      nulls: clause.nulls === 'LAST' ? 1 : -1,
    };
  });
  return (left: SObjectRecord, right: SObjectRecord): number => {
    for (const { path, sign, nulls } of keys) {
      const [a, b] = [valueAt(context, left, path), valueAt(context, right, path)];
      if (a === null && b === null) continue;
      if (a === null || b === null) return a === null ? nulls : -nulls;
      const result = order(path, a, b);
      if (result !== 0) return sign * result;
    }
    return 0;
  };
}

function columnOf(prepared: Prepared): readonly Literal[] {
  const [selection] = prepared.selections;
  if (selection?.kind !== 'field') throw new RestRefusal(400, 'MALFORMED_QUERY', 'An inner query selects one field.');
  return select(prepared).map((row) => valueAt(prepared.context, row, selection.path) as Literal);
}

function countRow({ context, selections }: Prepared, rows: readonly SObjectRecord[]): unknown {
  const counts = selections.map((selection) => {
    if (selection.kind === 'field')
      throw new RestRefusal(400, 'MALFORMED_QUERY', `Field must be grouped or aggregated: ${selection.path.name}`);
    const { key, of } = selection;
    return [key, of ? rows.filter((row) => valueAt(context, row, of) !== null).length : rows.length] as const;
  });
  return { attributes: { type: 'AggregateResult' }, ...Object.fromEntries(counts) };
}

function fieldPaths(selections: readonly Selection[]): readonly FieldPath[] {
  return selections.flatMap((selection) => (selection.kind === 'field' ? [selection.path] : []));
}

function unsupportedType(soql: string, name: string): RestRefusal {
  const text = `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`;
  return new RestRefusal(400, 'INVALID_TYPE', markPosition(soql, name) + text);
}
