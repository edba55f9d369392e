/**
 * A SOQL query whose values are string literals, escaped as the SOQL and SOSL Reference says ("Quoted String Escape
 * Sequences"): a value never ends its literal.
 */
export const soql = (parts: TemplateStringsArray, ...values: readonly string[]): string =>
  String.raw({ raw: parts }, ...values.map((value) => `'${value.replaceAll(/['"\\\n\r\t\f\b]/g, escapeCharacter)}'`));

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\f': '\\f', '\b': '\\b' };

const escapeCharacter = (character: string): string => escapes[character] ?? `\\${character}`;
