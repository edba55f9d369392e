import type { SObjectRecord } from '../model.js';
import { sObjectOfId } from '../store/sobjects.js';
import { follow, valueAt, type FieldContext, type FieldPath } from './fields.js';

/** A record as a query returns it: the selected fields, and parents nested under their relationship. */
export function project(
  context: FieldContext,
  paths: readonly FieldPath[],
  row: SObjectRecord,
  basePath: string,
): Readonly<Record<string, unknown>> {
  const result: Record<string, unknown> = { attributes: attributesOf(context.sObject.name, row.Id, basePath) };
  for (const path of paths) placeValue(context, row, path, result, basePath);
  return result;
}

/** What each record of the REST API says of itself. */
export function attributesOf(
  type: string,
  id: string,
  basePath: string,
): { readonly type: string; readonly url: string } {
  return { type, url: `${basePath}/sobjects/${type}/${id}` };
}

function placeValue(
  context: FieldContext,
  row: SObjectRecord,
  path: FieldPath,
  result: Record<string, unknown>,
  basePath: string,
): void {
  let level = result;
  for (const [index, relationship] of path.relationships.entries()) {
    const parent = follow(context, row, path.relationships.slice(0, index + 1));
    if (!parent) {
      level[relationship] = null;
      return;
    }
    const nested = level[relationship];
    level = isObject(nested) ? nested : (level[relationship] = newParent(parent, basePath));
  }
  level[path.name] = valueAt(context, row, path);
}

function newParent(parent: SObjectRecord, basePath: string): Record<string, unknown> {
  return { attributes: attributesOf(sObjectOfId(parent.Id)?.name ?? '', parent.Id, basePath) };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
