import type { Condition } from 'soql-parser-js';
import { RestRefusal } from '../rest/refusal.js';

export type Literal = string | number | boolean | null;

/** The values on the right of a condition: one, or those of a list. Patterns keep what is escaped in them. */
export function parseLiterals(condition: Condition): readonly Literal[] {
  if (!('value' in condition)) throw new TypeError('A condition without a value');
  const texts = Array.isArray(condition.value) ? condition.value : [condition.value];
  const { literalType } = condition;
  const isPattern = 'operator' in condition && condition.operator.toUpperCase() === 'LIKE';
  return texts.map((text, index) =>
    parseLiteral(text, Array.isArray(literalType) ? literalType[index] : literalType, isPattern),
  );
}

function parseLiteral(text: string, type: string | undefined, isPattern: boolean): Literal {
  switch (type) {
    case 'STRING':
      return unquote(text, isPattern);
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
function unquote(text: string, isPattern: boolean): string {
  return text.slice(1, -1).replace(/\\(.)/gs, (both, character: string) => {
    if (isPattern && /[%_\\]/.test(character)) return both;
    return escapes[character] ?? character;
  });
}
