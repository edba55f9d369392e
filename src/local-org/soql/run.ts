import { findCustomMetadataObject } from '../metadata/components/custom-metadata-object.js';
import type { LocalOrg, SObjectRecord } from '../model.js';
import type { OrderByClause, Query, Subquery } from 'soql-parser-js';
import { RestRefusal } from '../rest/refusal.js';
import { findSObject, type SObject } from '../store/sobjects.js';
import { aggregateRows, compareValues, isAggregate } from './aggregate.js';
import { findChildRelationship, type ChildRelationship } from './child-relationships.js';
import { aggregateColumn, childColumn, columnMetadata } from './columns.js';
import { resolveField, valueAt, type FieldContext, type FieldPath } from './fields.js';
import type { Literal } from './literals.js';
import { parseSoql } from './parse.js';
import { markPosition } from './position.js';
import { project } from './project.js';
import { selectionsOf, type Selection } from './selection.js';
import { compileWhere } from './where.js';

export type QueryOptions = {
  /** Like `/services/data/v67.0`, for the URLs of records. */
  readonly basePath: string;
  readonly tooling: boolean;
};

export type QueryResult = {
  readonly totalSize: number;
  readonly done: boolean;
  readonly size?: number;
  readonly records: readonly unknown[];
};

/**
 * Runs a SOQL query over an org's records: fields, parent fields, child relationships, `FIELDS()` and aggregates in SELECT,
 * WHERE with semi-joins, GROUP BY, HAVING, ORDER BY, LIMIT, OFFSET. What it does not know it refuses as a malformed query
 * that says so.
 *
 * @throws RestRefusal MALFORMED_QUERY, INVALID_TYPE, INVALID_FIELD, NUMBER_OUTSIDE_VALID_RANGE
 */
export function runQuery(org: LocalOrg, soql: string, options: QueryOptions): QueryResult {
  const prepared = prepare(org, parseSoql(soql), soql, options);
  const { context, query, selections } = prepared;
  if (isCountOfRows(prepared)) return { totalSize: select(prepared).length, done: true, records: [] };
  const records = isAggregate(query, selections)
    ? aggregateRows(context, query, selections, matching(prepared))
    : select(prepared).map((row) => recordOf(prepared, row));
  return { totalSize: records.length, done: true, ...(options.tooling ? { size: records.length } : {}), records };
}

/** The answer to the same query with `&columns=true`. */
export function describeColumns(org: LocalOrg, soql: string, options: QueryOptions): unknown {
  const prepared = prepare(org, parseSoql(soql), soql, options);
  const { query, context } = prepared;
  const paths = fieldPaths(prepared);
  const aggregates = prepared.selections.flatMap((selection) =>
    selection.kind === 'aggregate' ? [aggregateColumn(selection.key)] : [],
  );
  const children = prepared.children.map(({ child, relationship }) =>
    childColumn(relationship.name, fieldPaths(child)),
  );
  return {
    columnMetadata: [...columnMetadata(paths), ...aggregates, ...children],
    entityName: context.sObject.name,
    groupBy: query.groupBy !== undefined,
    idSelected: paths.some(({ name, relationships }) => name === 'Id' && relationships.length === 0),
    keyPrefix: context.sObject.keyPrefix,
  };
}

type Prepared = {
  readonly context: FieldContext;
  readonly query: Query;
  readonly options: QueryOptions;
  readonly selections: readonly Selection[];
  readonly children: readonly PreparedChild[];
  readonly subselect: (query: Query) => readonly Literal[];
};

type PreparedChild = {
  readonly child: Prepared;
  readonly relationship: ChildRelationship;
  /** Rows of a parent that fit, neither sorted nor cut. */
  readonly rowsOf: (parent: SObjectRecord) => readonly SObjectRecord[];
};

function prepare(org: LocalOrg, query: Query, soql: string, options: QueryOptions): Prepared {
  if (query.withDataCategory)
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know WITH DATA CATEGORY.');
  refuseOutOfRange(query);
  const sObject = queriedObject(org, soql, query.sObject ?? '', options.tooling);
  const context: FieldContext = { org, sObject, soql, alias: query.sObjectAlias };
  const selections = selectionsOf(context, query.fields ?? []);
  const subselect = (inner: Query): readonly Literal[] => columnOf(prepare(org, inner, soql, options));
  const children = selections.flatMap((selection) =>
    selection.kind === 'children' ? [prepareChild(context, selection.subquery, options)] : [],
  );
  return { context, query, options, selections, children, subselect };
}

/** SOQL and SOSL Reference: OFFSET goes to 2,000, and FIELDS() needs a LIMIT of at most 200 where it means custom fields too. */
function refuseOutOfRange({ offset = 0, fields = [], limit = Infinity }: Query): void {
  if (offset > 2000) throw new RestRefusal(400, 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000');
  const isUnbounded = fields.some(
    (field) => field.type === 'FieldFunctionExpression' && /^FIELDS\s*\((?!\s*STANDARD)/i.test(field.rawValue ?? ''),
  );
  if (isUnbounded && limit > 200)
    throw new RestRefusal(400, 'MALFORMED_QUERY', 'The SOQL FIELDS function must have a LIMIT of at most 200');
}

function queriedObject(org: LocalOrg, soql: string, name: string, tooling: boolean): SObject {
  const sObject = findSObject(name) ?? findCustomMetadataObject(org, name);
  if (sObject && (tooling || !sObject.toolingOnly)) return sObject;
  throw unsupportedType(soql, name);
}

/** `SELECT COUNT() FROM …`, which answers with a size and no rows. */
function isCountOfRows({ query, selections: [selection, ...others] }: Prepared): boolean {
  const isCount = selection?.kind === 'aggregate' && selection.of === undefined;
  return isCount && others.length === 0 && query.groupBy === undefined;
}

function matching({ context, query, subselect }: Prepared): readonly SObjectRecord[] {
  const matches = compileWhere(context, query.where, subselect);
  return context.org.records.all(context.sObject.name).filter(matches);
}

function select(prepared: Prepared, rows = matching(prepared)): readonly SObjectRecord[] {
  const { context, query } = prepared;
  const clauses = query.orderBy === undefined ? [] : [query.orderBy].flat();
  const sorted = clauses.length === 0 ? rows : rows.toSorted(ordering(context, clauses));
  const from = query.offset ?? 0;
  return sorted.slice(from, query.limit === undefined ? undefined : from + query.limit);
}

function ordering(context: FieldContext, clauses: readonly OrderByClause[]) {
  const keys = clauses.map((clause) => {
    if (!('field' in clause))
      throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know functions in ORDER BY.');
    const nulls = clause.nulls === 'LAST' ? 1 : -1;
    return { path: resolveField(context, clause.field), sign: clause.order === 'DESC' ? -1 : 1, nulls };
  });
  return (left: SObjectRecord, right: SObjectRecord): number => {
    for (const { path, ...direction } of keys) {
      const result = compareValues(path, [valueAt(context, left, path), valueAt(context, right, path)], direction);
      if (result !== 0) return result;
    }
    return 0;
  };
}

function columnOf(prepared: Prepared): readonly Literal[] {
  const [selection] = prepared.selections;
  if (selection?.kind !== 'field') throw new RestRefusal(400, 'MALFORMED_QUERY', 'An inner query selects one field.');
  return select(prepared).map((row) => valueAt(prepared.context, row, selection.path) as Literal);
}

function recordOf(prepared: Prepared, row: SObjectRecord): unknown {
  const record = project(prepared.context, fieldPaths(prepared), row, prepared.options.basePath);
  return { ...record, ...Object.fromEntries(prepared.children.map((child) => childrenOf(child, row))) };
}

/** The rows of a child relationship; null where there are none, as orgs have it. */
function childrenOf({ child, relationship, rowsOf }: PreparedChild, parent: SObjectRecord): readonly [string, unknown] {
  const records = select(child, rowsOf(parent)).map((row) => recordOf(child, row));
  return [relationship.name, records.length === 0 ? null : { totalSize: records.length, done: true, records }];
}

function prepareChild(
  { org, sObject, soql }: FieldContext,
  { relationshipName, ...subquery }: Subquery,
  options: QueryOptions,
): PreparedChild {
  const relationship = findChildRelationship(sObject.name, relationshipName);
  if (!relationship) throw unknownRelationship(soql, relationshipName);
  const child = prepare(org, { ...subquery, sObject: relationship.child }, soql, options);
  if (!isAggregate(child.query, child.selections))
    return { child, relationship, rowsOf: byParent(child, relationship.field) };
  throw new RestRefusal(400, 'MALFORMED_QUERY', 'A local org does not know aggregates of child relationships.');
}

/** Finds the rows of each parent in one go, when those of the first are asked for. */
function byParent(child: Prepared, field: string): PreparedChild['rowsOf'] {
  let groups: Map<string, SObjectRecord[]> | undefined;
  return (parent) => {
    groups ??= grouped(matching(child), field);
    return groups.get(parent.Id.slice(0, 15)) ?? [];
  };
}

function grouped(rows: readonly SObjectRecord[], field: string): Map<string, SObjectRecord[]> {
  const groups = new Map<string, SObjectRecord[]>();
  for (const row of rows) {
    const key = String(row[field]).slice(0, 15);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function fieldPaths({ selections }: Prepared): readonly FieldPath[] {
  return selections.flatMap((selection) => (selection.kind === 'field' ? [selection.path] : []));
}

const hint = 'Please reference your WSDL or the describe call for the appropriate names.';

function unsupportedType(soql: string, name: string): RestRefusal {
  const text = `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${hint}`;
  return new RestRefusal(400, 'INVALID_TYPE', markPosition(soql, name) + text);
}

function unknownRelationship(soql: string, name: string): RestRefusal {
  const text = `Didn't understand relationship '${name}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${hint}`;
  return new RestRefusal(400, 'INVALID_TYPE', markPosition(soql, name) + text);
}
