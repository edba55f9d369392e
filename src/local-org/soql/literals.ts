import type { Condition } from 'soql-parser-js';
import { RestRefusal } from '../rest/refusal.js';

export type Literal = string | number | boolean | null;

/** The values on the right of a condition: one, or those of a list. */
export function parseLiterals(condition: Condition): readonly Literal[] {
  if (!('value' in condition)) throw new TypeError('A condition without a value');
  const texts = Array.isArray(condition.value) ? condition.value : [condition.value];
  const { literalType } = condition;
  return texts.map((text, index) => parseLiteral(text, Array.isArray(literalType) ? literalType[index] : literalType));
}

function parseLiteral(text: string, type: string | undefined): Literal {
  switch (type) {
    case 'STRING':
      return unquote(text);
    case 'INTEGER':
    case 'DECIMAL':
      return Number(text);
    case 'BOOLEAN':
      return text.toLowerCase() === 'true';
    case 'NULL':
      return null;
    case 'DATETIME':
    case 'DATE':
      return text;
    default:
      throw new RestRefusal(400, 'MALFORMED_QUERY', `A local org does not know the literal ${text}.`);
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** SOQL escapes quotes, backslashes and control characters with a backslash. */
function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
}
