import { json, noContent, type LocalRequest, type RouteHandler } from '../http.js';
import type { SObjectRecord } from '../model.js';
import { attributesOf } from '../soql/project.js';
import { isId } from '../store/ids.js';
import { sObjects, type SObject } from '../store/sobjects.js';
import { basePathOf, isTooling } from './base-path.js';
import { jsonObject, WrongTypeRefusal } from './body.js';
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
  const { Id } = placed(request, () => insertRow(org, sObject, userOf(request), jsonObject(request)));
  const location = `${basePathOf(request)}/sobjects/${sObject.name}/${Id}`;
  return Promise.resolve(json(201, { id: Id, success: true, errors: [] }, { location }));
};

/** `GET …/sobjects/X/id`, with `?fields=A,B` if wanted. */
export const readRecord: RouteHandler = (request, org) => {
  const sObject = sObjectOf(request);
  const row = existingRow(org, sObject, idOf(request));
  const wanted = request.query.get('fields')?.split(',');
  const attributes = attributesOf(sObject.name, row.Id, basePathOf(request));
  return Promise.resolve(json(200, { attributes, ...readFields(sObject, row, wanted) }));
};

/** `PATCH …/sobjects/X/id`. */
export const changeRecord: RouteHandler = (request, org) => {
  const sObject = sObjectOf(request);
  placed(request, () => updateRow(org, sObject, userOf(request), idOf(request), jsonObject(request)));
  return Promise.resolve(noContent());
};

/** `DELETE …/sobjects/X/id`. */
export const deleteRecord: RouteHandler = (request, org) => {
  deleteRow(org, sObjectOf(request), userOf(request), idOf(request));
  return Promise.resolve(noContent());
};

/** The values of a row: of these fields and its id, or of all that a client may know of. @throws RestRefusal INVALID_FIELD */
export function readFields(
  sObject: SObject,
  row: SObjectRecord,
  wanted?: readonly string[],
): Readonly<Record<string, unknown>> {
  const names = wanted
    ? ['Id', ...wanted.map((name) => spelling(sObject, name))]
    : sObject.fields.map(({ name }) => name);
  return Object.fromEntries(names.map((name) => [name, row[name] ?? null]));
}

/** Whose request it is. */
export function userOf({ userId }: LocalRequest): string {
  if (userId === undefined) throw new TypeError('A record route without a session');
  return userId;
}

/** Saves what stands in a body; a value of the wrong type is told with its place there. */
function placed<T>(request: LocalRequest, save: () => T): T {
  try {
    return save();
  } catch (error) {
    throw error instanceof WrongTypeRefusal ? error.in(request) : error;
  }
}

function sObjectOf(request: LocalRequest): SObject {
  return knownSObject(request.params['object'] ?? '', isTooling(request));
}

function idOf(request: LocalRequest): string {
  const id = request.params['id'] ?? '';
  if (isId(id)) return id;
  throw new RestRefusal(404, 'NOT_FOUND', `Provided external ID field does not exist or is not accessible: ${id}`);
}

function spelling(sObject: SObject, name: string): string {
  const field = sObject.fields.find((candidate) => candidate.name.toLowerCase() === name.trim().toLowerCase());
  if (field) return field.name;
  throw new RestRefusal(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${sObject.name}`);
}
