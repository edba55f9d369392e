import type { RecordStore, SObjectRecord } from '../model.js';
import { isSameId } from './ids.js';
import { keyPrefixOf, sObjects } from './sobjects.js';

export type RecordRows = Readonly<Record<string, readonly SObjectRecord[]>>;

export type RecordStoreOptions = {
  readonly rows: RecordRows;
  readonly now: () => number;
  readonly newId: (prefix: string) => string;
  readonly onPut: (objectName: string, row: SObjectRecord) => void;
  readonly onDelete: (objectName: string, id: string) => void;
};

/** What only the host of an org does with its rows. */
type HostedRecords = RecordStore & {
  rows(): RecordRows;
};

/** Rows in memory, by object name and the first 15 characters of their id. */
export function createRecordStore(options: RecordStoreOptions): HostedRecords {
  const tables = new Map(Object.entries(options.rows).map(([name, rows]) => [name, indexed(rows)]));
  const tableOf = (name: string): Map<string, SObjectRecord> => tables.get(name) ?? addTable(tables, name);

  function put(name: string, row: SObjectRecord): void {
    tableOf(name).set(row.Id.slice(0, 15), row);
    options.onPut(name, row);
  }

  function remove(name: string, id: string): void {
    if (tables.get(name)?.delete(id.slice(0, 15))) options.onDelete(name, id);
    for (const dependent of dependentsOf(name)) {
      for (const row of [...tableOf(dependent.object).values()]) {
        const target = row[dependent.field];
        if (typeof target === 'string' && isSameId(target, id)) remove(dependent.object, row.Id);
      }
    }
  }

  return {
    all: (name) => [...(tables.get(name)?.values() ?? [])],
    get: (name, id) => tables.get(name)?.get(id.slice(0, 15)),
    insert(name, fields) {
      const moment = salesforceDate(options.now());
      const audit = { CreatedDate: moment, LastModifiedDate: moment, SystemModstamp: moment };
      const row = { ...audit, ...fields, Id: options.newId(keyPrefixOf(name)) };
      put(name, row);
      return row;
    },
    update(name, id, fields) {
      const row = tables.get(name)?.get(id.slice(0, 15));
      if (!row) throw new TypeError(`No ${name} with id ${id}`);
      const moment = salesforceDate(options.now());
      const changed = { ...row, ...fields, Id: row.Id, LastModifiedDate: moment, SystemModstamp: moment };
      put(name, changed);
    },
    delete: remove,
    restore: put,
    rows: () => Object.fromEntries([...tables].map(([name, rows]) => [name, [...rows.values()]])),
  };
}

/** A moment as the REST API writes it: `2026-11-23T20:07:37.000+0000`. */
export function salesforceDate(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace('Z', '+0000');
}

function indexed(rows: readonly SObjectRecord[]): Map<string, SObjectRecord> {
  return new Map(rows.map((row) => [row.Id.slice(0, 15), row]));
}

function addTable(tables: Map<string, Map<string, SObjectRecord>>, name: string): Map<string, SObjectRecord> {
  const table = new Map<string, SObjectRecord>();
  tables.set(name, table);
  return table;
}

function dependentsOf(name: string): readonly { readonly object: string; readonly field: string }[] {
  return sObjects.flatMap(({ name: object, fields }) =>
    fields
      .filter(({ reference }) => reference?.cascade === true && reference.object === name)
      .map((field) => ({ object, field: field.name })),
  );
}
