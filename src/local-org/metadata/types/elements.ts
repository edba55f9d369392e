import { readData } from './read-data.js';

/** An element of a type: what it holds, and how often it may be there. */
export type Field = { readonly type: string; readonly required: boolean; readonly repeats: boolean };

/**
 * `elements.json`, made from `@salesforce/types` by `scripts/derive-metadata-types.mjs`. An element of a type is `name:type`; `?`
 * behind the name: may be left out, `*`: any number. A type is one of the same file, or string, number, boolean, Date or any.
 */
type Elements = { readonly types: Readonly<Record<string, string>>; readonly enums: Readonly<Record<string, string>> };

const data = readData<Elements>('elements.json');
const fields = new Map<string, ReadonlyMap<string, Field>>();
const values = new Map<string, ReadonlySet<string>>();

/** The elements that a type can have, by name, as the Metadata API's WSDL has them; undefined where nobody describes it. */
export function fieldsOfType(type: string): ReadonlyMap<string, Field> | undefined {
  const known = fields.get(type);
  if (known) return known;
  const declared = own(data().types, type);
  if (declared === undefined) return undefined;
  const read = new Map(declared.split(' ').flatMap(readField));
  fields.set(type, read);
  return read;
}

/** The values of an enum; undefined where a type is none. */
export function valuesOfEnum(type: string): ReadonlySet<string> | undefined {
  const known = values.get(type);
  if (known) return known;
  const declared = own(data().enums, type);
  if (declared === undefined) return undefined;
  const read = new Set(declared.split(' '));
  values.set(type, read);
  return read;
}

function readField(declaration: string): readonly (readonly [string, Field])[] {
  const [, name, mark, type] = /^(\w+)([?*]?):(\w+)$/.exec(declaration) ?? [];
  if (name === undefined || type === undefined) return [];
  return [[name, { type, required: mark === '', repeats: mark === '*' }]];
}

/** Names come out of files that anybody may have written. */
function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}
