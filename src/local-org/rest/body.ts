import type { LocalRequest } from '../http.js';
import { jsonFault, placeOfMember } from './json-fault.js';
import { RestRefusal } from './refusal.js';

export type Fields = Readonly<Record<string, unknown>>;

/**
 * The JSON object in a request's body.
 *
 * @param type what an org would make of it, for the text of a refusal
 * @throws RestRefusal JSON_PARSER_ERROR, UNSUPPORTED_MEDIA_TYPE
 */
export function jsonObject(request: LocalRequest, type = 'SObject'): Fields {
  refuseOtherTypes(request);
  const text = textOf(request);
  if (text.trim() === '') throw parserError('The HTTP entity body is required, but this request has no entity body.');
  const value = parse(text);
  if (isFields(value)) return value;
  const column = text.length - text.trimStart().length + 1;
  throw parserError(`Can not deserialize ${type} out of ${tokenNameOf(value)} token at [line:1, column:${column}]`);
}

/** Whether a value is an object with named members. */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What the parser of Salesforce calls a value. */
export function tokenNameOf(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return 'VALUE_STRING';
    case 'number':
      return `VALUE_NUMBER_${Number.isInteger(value) ? 'INT' : 'FLOAT'}`;
    case 'boolean':
      return `VALUE_${String(value).toUpperCase()}`;
    default:
      return value === null ? 'VALUE_NULL' : Array.isArray(value) ? 'START_ARRAY' : 'START_OBJECT';
  }
}

/** A value of a record that is of another type than its field; where it stands in a body is not known yet. */
export class WrongTypeRefusal extends RestRefusal {
  public constructor(
    text: string,
    public readonly member: string,
  ) {
    super(400, 'JSON_PARSER_ERROR', text);
  }

  /** The same, with the place in the body of the request, as an org has it. */
  public in(request: LocalRequest): RestRefusal {
    const place = placeOfMember(textOf(request), this.member);
    return parserError(`${this.message} or request may be missing a required field at ${place}`);
  }
}

/** Orgs read XML as well. */
function refuseOtherTypes({ headers }: LocalRequest): void {
  const type = headers['content-type'];
  if (type === undefined || /^application\/(?:[\w.-]+\+)?json\b/i.test(type)) return;
  throw new RestRefusal(
    415,
    'UNSUPPORTED_MEDIA_TYPE',
    'Unsupported Media Type: a local org reads application/json only',
  );
}

function textOf({ body }: LocalRequest): string {
  return body.toString('utf8').replace(/^\uFEFF/, '');
}

/** The text is judged before it is parsed: JavaScript would take more than Jackson, and any depth. */
function parse(text: string): unknown {
  const fault = jsonFault(text);
  if (fault !== undefined) throw parserError(fault);
  return JSON.parse(text);
}

function parserError(message: string): RestRefusal {
  return new RestRefusal(400, 'JSON_PARSER_ERROR', message);
}
