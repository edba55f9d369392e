import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** What types get from the types that they extend most. A class may come without content: it is a file of its own then. */
const inherited: Readonly<Record<string, readonly string[]>> = {
  Metadata: ['fullName?:string'],
  MetadataWithContent: ['fullName?:string', 'content?:string'],
};

type Wsdl = { readonly types: Record<string, string>; readonly enums: Record<string, string> };

/**
 * What `@salesforce/types` says of some types and those that they refer to, in the notation of `elements.json`: read line by
 * line, where the data was made by a parser.
 */
export function deriveWsdl(checkedTypes: readonly string[]): Wsdl {
  const path = createRequire(import.meta.url)
    .resolve('@salesforce/types/metadata')
    .replace(/\.js$/, '.d.ts');
  const source = readFileSync(path, 'utf8');
  const types: Record<string, string> = {};
  const enums: Record<string, string> = {};
  const pending = [...checkedTypes];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    if (types[name] !== undefined || enums[name] !== undefined) continue;
    const values = new RegExp(`^export type ${name} = ('[^;]*');`, 'm').exec(source)?.[1];
    if (values !== undefined) {
      enums[name] = values
        .split(' | ')
        .map((value) => value.slice(1, -1))
        .join(' ');
      continue;
    }
    const [, base = '', body] =
      new RegExp(`^export type ${name} = (?:(\\w+) & )?\\{\n([^}]*)\\};`, 'm').exec(source) ?? [];
    if (body === undefined) throw new Error(`${name} is not in ${path}`);
    const fields = [...body.matchAll(/^ {4}(\w+)(\??): (\w+)(\[\])?;$/gm)];
    types[name] = [
      ...(inherited[base] ?? []),
      ...fields.map(([, field, optional, type, list]) => `${field}${list ? '*' : (optional ?? '')}:${type}`),
    ].join(' ');
    pending.push(...fields.flatMap(([, , , type = '']) => (/^[A-Z]/.test(type) && type !== 'Date' ? [type] : [])));
  }
  return { types: sorted(types), enums: sorted(enums) };
}

function sorted(record: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}
