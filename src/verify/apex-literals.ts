const stringOrComment = /'(?:[^'\\\n\r]|\\.)*'|\/\*[^]*?\*\/|\/\/[^\n\r]*/g;

/** The source of a class without what only people read. */
export const withoutComments = (source: string): string =>
  source.replace(stringOrComment, (part) => (part.startsWith("'") ? part : ' '));

const escaped: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/**
 * The text of an Apex string with its quotes; undefined where it has an escape that Apex does not know (Apex Developer Guide,
 * Data Types: String).
 */
export function parseApexString(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  if (!/^(?:[^\\]|\\(?:[bfnrt"'\\]|u[0-9a-f]{4}))*$/i.test(inner)) return undefined;
  return inner.replace(/\\(u[0-9a-f]{4}|.)/gi, (_, escape: string) =>
    escape.length > 1
      ? String.fromCharCode(Number.parseInt(escape.slice(1), 16))
      : (escaped[escape.toLowerCase()] ?? escape),
  );
}
