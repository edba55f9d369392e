import type { LocalRequest } from '../http.js';
import { RestRefusal } from './refusal.js';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The JSON object in a request's body.
 *
 * @throws RestRefusal JSON_PARSER_ERROR
 */
export function jsonObject({ body }: LocalRequest): Fields {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new RestRefusal(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be valid JSON.');
  }
  if (isFields(value)) return value;
  throw new RestRefusal(400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object.');
}

/** Whether a value is an object with named members. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
