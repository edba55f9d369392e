import { json, noContent, type LocalRequest, type RouteHandler } from '../http.js';
import type { LocalOrg } from '../model.js';
import { attributesOf } from '../soql/project.js';
import { isId } from '../store/ids.js';
import { findSObject, sObjects, type SObject } from '../store/sobjects.js';
import { basePathOf, isTooling } from './base-path.js';
import { isFields, jsonObject } from './body.js';
import { describeSObject, summarizeSObject } from './describe.js';
import { RestRefusal } from './refusal.js';
import { deleteRow, existingRow, insertRow, knownSObject, refuseReadOnly, updateRow } from './write.js';

/** `GET …/sobjects`: every object. */
export const listSObjects: RouteHandler = (request) => {
  const known = sObjects.filter(({ toolingOnly }) => isTooling(request) || !toolingOnly);
  const described = known.map((sObject) => summarizeSObject(sObject, basePathOf(request)));
  return Promise.resolve(json(200, { encoding: 'UTF-8', maxBatchSize: 200, sobjects: described }));
};

/** `GET …/sobjects/X`: the object in short, with recent items. */
export const showSObject: RouteHandler = (request) =>
  Promise.resolve(
    json(200, { objectDescribe: summarizeSObject(sObjectOf(request), basePathOf(request)), recentItems: [] }),
  );

/** `GET …/sobjects/X/describe`. */
export const describe: RouteHandler = (request) =>
  Promise.resolve(json(200, describeSObject(sObjectOf(request), basePathOf(request))));

/** `POST …/sobjects/X`. */
export const createRecord: RouteHandler = (request, org) => {
  const sObject = sObjectOf(request);
  refuseReadOnly(sObject, 'insert');
  const { Id } = insertRow(org, sObject, userOf(request), jsonObject(request));
  return Promise.resolve(json(201, { id: Id, success: true, errors: [] }));
};

/** `GET …/sobjects/X/id`, with `?fields=A,B` if wanted. */
export const readRecord: RouteHandler = (request, org) => {
  const sObject = sObjectOf(request);
  const row = existingRow(org, sObject, idOf(request));
  const wanted = request.query.get('fields')?.split(',');
  const names = wanted ? ['Id', ...wanted.map((name) => spelling(sObject, name))] : allNames(sObject, row);
  const values = Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
  return Promise.resolve(json(200, { attributes: attributesOf(sObject.name, row.Id, basePathOf(request)), ...values }));
};

/** `PATCH …/sobjects/X/id`. */
export const changeRecord: RouteHandler = (request, org) => {
  updateRow(org, sObjectOf(request), userOf(request), idOf(request), jsonObject(request));
  return Promise.resolve(noContent());
};

/** `DELETE …/sobjects/X/id`. */
export const deleteRecord: RouteHandler = (request, org) => {
  deleteRow(org, sObjectOf(request), idOf(request));
  return Promise.resolve(noContent());
};

type SaveResult = { readonly id?: string; readonly success: boolean; readonly errors: readonly unknown[] };

/** `POST …/composite/sobjects`: up to 200 inserts; `allOrNone` undoes them all when one fails. */
export const createRecords: RouteHandler = (request, org) => {
  const { records, allOrNone } = jsonObject(request);
  if (!Array.isArray(records) || records.length > 200) {
    throw new RestRefusal(400, 'INVALID_INPUT', 'The request needs "records", a list of at most 200.');
  }
  const results = records.map((record: unknown) => saveResult(() => createOne(org, request, record)));
  const failed = results.some(({ success }) => !success);
  return Promise.resolve(json(200, allOrNone === true && failed ? rollBack(org, records, results) : results));
};

/** `PATCH …/composite/sobjects`: up to 200 updates by id. */
export const changeRecords: RouteHandler = (request, org) => {
  const { records } = jsonObject(request);
  if (!Array.isArray(records)) throw new RestRefusal(400, 'INVALID_INPUT', 'The request needs "records", a list.');
  const results = records.map((record: unknown) =>
    saveResult(() => {
      const { sObject, fields } = typedRecord(request, record);
      const { Id, id, ...rest } = fields;
      const rowId = String(Id ?? id);
      updateRow(org, sObject, userOf(request), rowId, rest);
      return rowId;
    }),
  );
  return Promise.resolve(json(200, results));
};

/** `DELETE …/composite/sobjects?ids=…`. */
export const deleteRecords: RouteHandler = (request, org) => {
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  const results = ids.map((id) =>
    saveResult(() => {
      const sObject = sObjects.find(({ keyPrefix }) => id.startsWith(keyPrefix));
      if (!sObject) throw new RestRefusal(404, 'NOT_FOUND', 'The requested resource does not exist');
      deleteRow(org, sObject, id);
      return id;
    }),
  );
  return Promise.resolve(json(200, results));
};

function createOne(org: LocalOrg, request: LocalRequest, record: unknown): string {
  const { sObject, fields } = typedRecord(request, record);
  refuseReadOnly(sObject, 'insert');
  return insertRow(org, sObject, userOf(request), fields).Id;
}

function typedRecord(request: LocalRequest, record: unknown) {
  const fields = isFields(record) ? record : {};
  const { attributes } = fields;
  const type = isFields(attributes) && typeof attributes['type'] === 'string' ? attributes['type'] : '';
  return { sObject: knownSObject(type, isTooling(request)), fields };
}

function saveResult(save: () => string): SaveResult {
  try {
    return { id: save(), success: true, errors: [] };
  } catch (error) {
    if (!(error instanceof RestRefusal)) throw error;
    return {
      success: false,
      errors: [{ statusCode: error.errorCode, message: error.message, fields: error.fields ?? [] }],
    };
  }
}

function rollBack(org: LocalOrg, records: readonly unknown[], results: readonly SaveResult[]): readonly SaveResult[] {
  const text = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return results.map((result, index) => {
    if (result.id === undefined) return result;
    const record = records[index];
    const attributes = isFields(record) ? record['attributes'] : undefined;
    const type = isFields(attributes) ? String(attributes['type']) : '';
    org.records.delete(findSObject(type)?.name ?? type, result.id);
    return { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message: text, fields: [] }] };
  });
}

function sObjectOf(request: LocalRequest): SObject {
  return knownSObject(request.params['object'] ?? '', isTooling(request));
}

function idOf(request: LocalRequest): string {
  const id = request.params['id'] ?? '';
  if (isId(id)) return id;
  throw new RestRefusal(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${id}`);
}

function userOf({ userId }: LocalRequest): string {
  if (userId === undefined) throw new TypeError('A record route without a session');
  return userId;
}

function spelling(sObject: SObject, name: string): string {
  const field = sObject.fields.find((candidate) => candidate.name.toLowerCase() === name.trim().toLowerCase());
  if (field) return field.name;
  throw new RestRefusal(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${sObject.name}`);
}

function allNames(sObject: SObject, row: Readonly<Record<string, unknown>>): readonly string[] {
  return [...new Set([...sObject.fields.map(({ name }) => name), ...Object.keys(row)])];
}
