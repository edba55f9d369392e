import { json, type LocalRequest, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { attributesOf } from '../soql/project.js';
import { findSObject, sObjectOfId } from '../store/sobjects.js';
import { basePathOf, isTooling } from './base-path.js';
import { isFields, jsonObject, WrongTypeRefusal, type Fields } from './body.js';
import { fieldValues } from './field-values.js';
import { RestRefusal } from './refusal.js';
import { readFields, userOf } from './sobjects.js';
import { putBack, rowsOf } from './undo.js';
import { deleteRow, insertRow, knownSObject, refuseReadOnly, updateRow } from './write.js';

type SaveResult = { readonly id?: string; readonly success: boolean; readonly errors: readonly unknown[] };

/** `POST …/composite/sobjects`: up to 200 inserts; `allOrNone` undoes them all when one fails. */
export const createRecords: RouteHandler = (request, org) => {
  const { records, allOrNone } = recordsIn(request);
  refuseWrongTypes(org, request, records);
  const inserts = records.map((record) => () => createOne(org, request, record));
  return Promise.resolve(json(200, saveAll(org, inserts, allOrNone)));
};

/** `PATCH …/composite/sobjects`: up to 200 updates by id, all or none like inserts. */
export const changeRecords: RouteHandler = (request, org) => {
  const { records, allOrNone } = recordsIn(request);
  refuseWrongTypes(org, request, records);
  const updates = records.map((record) => () => {
    const { sObject, fields } = typedRecord(request, record);
    const { Id, id, ...rest } = fields;
    const rowId = idIn(Id ?? id);
    updateRow(org, sObject, userOf(request), rowId, rest);
    return rowId;
  });
  return Promise.resolve(json(200, saveAll(org, updates, allOrNone)));
};

/** `DELETE …/composite/sobjects?ids=…`, with `&allOrNone=true` all or none. */
export const deleteRecords: RouteHandler = (request, org) => {
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  if (ids.length > maxRecords) throw tooMany();
  const deletions = ids.map((id) => () => {
    const sObject = sObjectOfId(id);
    if (!sObject) throw new RestRefusal(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');
    deleteRow(org, sObject, userOf(request), id);
    return id;
  });
  return Promise.resolve(json(200, saveAll(org, deletions, request.query.get('allOrNone') === 'true')));
};

/** `GET …/composite/sobjects/X?ids=…&fields=…`, and `POST` of `{ids, fields}`: null in place of what is not there. */
export const readRecords: RouteHandler = (request, org) => {
  const sObject = knownSObject(request.params['object'] ?? '', isTooling(request));
  const { ids, fields } = request.method === 'POST' ? listsIn(request) : listsOf(request.query);
  if (ids.length > maxRecords) throw tooMany();
  const rows = ids.map((id) => {
    const row = org.records.get(sObject.name, id);
    const attributes = row && attributesOf(sObject.name, row.Id, basePathOf(request));
    return row ? { attributes, ...readFields(sObject, row, fields) } : null;
  });
  return Promise.resolve(json(200, rows));
};

function idIn(id: unknown): string {
  if (typeof id === 'string' && id !== '') return id;
  throw new RestRefusal(400, 'MISSING_ARGUMENT', 'Id not specified in an update call');
}

/** What a save says of an id of no record: `NOT_FOUND` is no `StatusCode`. */
const unknownId = new RestRefusal(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id');

/** One save of several, with the refusal in it. */
function saveResult(save: () => string): SaveResult {
  try {
    return { id: save(), success: true, errors: [] };
  } catch (error) {
    if (!(error instanceof RestRefusal)) throw error;
    const { errorCode: statusCode, message, fields = [] } = error.errorCode === 'NOT_FOUND' ? unknownId : error;
    return { success: false, errors: [{ statusCode, message, fields }] };
  }
}

const maxRecords = 200;

function tooMany(): RestRefusal {
  return new RestRefusal(400, 'INVALID_INPUT', 'The request needs "records", a list of at most 200.');
}

function recordsIn(request: LocalRequest): { readonly records: readonly unknown[]; readonly allOrNone: boolean } {
  const { records, allOrNone } = jsonObject(request);
  if (!Array.isArray(records) || records.length > maxRecords) throw tooMany();
  return { records, allOrNone: allOrNone === true };
}

/** An org does not begin with a request that it cannot read. */
function refuseWrongTypes(org: LocalOrg, request: LocalRequest, records: readonly unknown[]): void {
  for (const record of records) {
    try {
      const { sObject, fields } = typedRecord(request, record);
      const { Id: _Id, id: _id, ...rest } = fields;
      fieldValues(org, sObject, rest);
    } catch (error) {
      if (error instanceof WrongTypeRefusal) throw error.in(request);
      if (!(error instanceof RestRefusal)) throw error;
    }
  }
}

function createOne(org: LocalOrg, request: LocalRequest, record: unknown): string {
  const { sObject, fields } = typedRecord(request, record);
  refuseReadOnly(sObject, 'insert');
  return insertRow(org, sObject, userOf(request), fields).Id;
}

function typedRecord(request: LocalRequest, record: unknown) {
  const fields: Fields = isFields(record) ? record : {};
  const { attributes } = fields;
  const type = isFields(attributes) && typeof attributes['type'] === 'string' ? attributes['type'] : '';
  const sObject = findSObject(type);
  if (!sObject || (sObject.toolingOnly && !isTooling(request)))
    throw new RestRefusal(400, 'INVALID_TYPE', `sObject type '${type}' is not supported.`);
  return { sObject, fields };
}

const rolledBack = {
  statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK',
  message: 'Record rolled back because not all records were valid and the request was using AllOrNone header',
  fields: [],
};

/** Saves one after the other. Where all or none are to be saved and one is refused, the others say that they were undone. */
function saveAll(org: LocalOrg, saves: readonly (() => string)[], allOrNone: boolean): readonly SaveResult[] {
  const before = allOrNone ? rowsOf(org) : undefined;
  const results = saves.map(saveResult);
  if (!before || results.every(({ success }) => success)) return results;
  putBack(org, before);
  return results.map((result) => (result.success ? { success: false, errors: [rolledBack] } : result));
}

type Lists = { readonly ids: readonly string[]; readonly fields: readonly string[] };

function listsOf(query: URLSearchParams): Lists {
  const list = (name: string) => (query.get(name) ?? '').split(',').filter((text) => text !== '');
  return { ids: list('ids'), fields: list('fields') };
}

function listsIn(request: LocalRequest): Lists {
  const body = jsonObject(request);
  const list = (name: string): readonly string[] => {
    const value = body[name];
    if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
    throw new RestRefusal(400, 'INVALID_INPUT', `The request needs "${name}", a list of texts.`);
  };
  return { ids: list('ids'), fields: list('fields') };
}
