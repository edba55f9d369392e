/** The text of an Apex literal, written apart from the escaper: Apex Developer Guide, "String" escapes. */
export function unescapeApex(literal: string): string {
  const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', "'": "'", '"': '"', '\\': '\\' };
  return literal
    .slice(1, -1)
    .replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (all, hex: string | undefined, letter: string) => {
      return hex === undefined ? (named[letter] ?? all) : String.fromCharCode(parseInt(hex, 16));
    });
}
