import type { FieldPath } from './fields.js';

type Column = {
  readonly aggregate: boolean;
  readonly apexType: string;
  readonly booleanType: boolean;
  readonly columnName: string;
  readonly custom: boolean;
  readonly displayName: string;
  readonly foreignKeyName: string | null;
  readonly insertable: boolean;
  readonly joinColumns: readonly Column[];
  readonly numberType: boolean;
  readonly textType: boolean;
  readonly updatable: boolean;
};

/** What `&columns=true` says of a query's columns; `sf data query` builds its table from it. */
export function columnMetadata(paths: readonly FieldPath[]): readonly Column[] {
  const columns: Column[] = [];
  for (const path of paths) place(columns, path.relationships, path);
  return columns;
}

/** A column that counts, like `COUNT(Id)`. */
export function aggregateColumn(name: string): Column {
  return { ...column(name, 'int'), aggregate: true };
}

/** A column that holds the rows of a child relationship. */
export function childColumn(name: string, paths: readonly FieldPath[]): Column {
  return { ...column(name, 'reference'), aggregate: true, joinColumns: columnMetadata(paths) };
}

function place(columns: Column[], relationships: readonly string[], path: FieldPath): void {
  const [relationship, ...rest] = relationships;
  if (relationship === undefined) {
    columns.push(column(path.name, path.type));
    return;
  }
  const at = columns.findIndex(({ columnName, joinColumns }) => columnName === relationship && joinColumns.length > 0);
  const joinColumns = [...(columns[at]?.joinColumns ?? [])];
  place(joinColumns, rest, path);
  const joined = { ...column(relationship, 'reference'), foreignKeyName: relationship, joinColumns };
  if (at === -1) columns.push(joined);
  else columns[at] = joined;
}

function column(name: string, type: string): Column {
  return {
    aggregate: false,
    apexType: type,
    booleanType: type === 'boolean',
    columnName: name,
    custom: name.endsWith('__c'),
    displayName: name,
    foreignKeyName: null,
    insertable: type !== 'id',
    joinColumns: [],
    numberType: type === 'int' || type === 'double',
    textType: type !== 'boolean' && type !== 'int' && type !== 'double',
    updatable: type !== 'id',
  };
}
