import { createRequire } from 'node:module';
import type * as SoqlParser from 'soql-parser-js';
import type { Query } from 'soql-parser-js';
import { RestRefusal } from '../rest/refusal.js';
import { markPosition } from './position.js';

const require = createRequire(import.meta.url);

/** SOQL and SOSL Reference, limits. */
const maxCharacters = 100_000;

/** How deep parentheses may go: the parser calls itself for each, and a query of such depth has no use. */
const maxDepth = 200;

/**
 * Parses a query. The parser is loaded at the first one: it takes longer to load than all else that a local org needs.
 *
 * @throws RestRefusal MALFORMED_QUERY, QUERY_TOO_COMPLICATED
 */
export function parseSoql(soql: string): Query {
  if (soql.length > maxCharacters || depthOf(soql) > maxDepth)
    throw new RestRefusal(400, 'QUERY_TOO_COMPLICATED', 'The query is longer or deeper than a local org takes.');
  const { parseQuery } = require('soql-parser-js') as typeof SoqlParser;
  try {
    return parseQuery(soql);
  } catch (error) {
    throw new RestRefusal(400, 'MALFORMED_QUERY', malformed(soql, error));
  }
}

function depthOf(soql: string): number {
  let [depth, deepest] = [0, 0];
  const withoutTexts = soql.replace(/'(?:[^'\\]|\\[^])*'/g, '');
  for (const character of withoutTexts) {
    if (character === '(') depth += 1;
    else if (character === ')') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The parser's messages end with what it found where it gave up: nothing, at the end of the query. */
function malformed(soql: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const found = /(?:found:?(?: -->)? |character: ->)'?([^\n]*?)'?(?: <--|<- at .*)?$/.exec(message)?.[1] ?? '';
  return found === '' ? 'unexpected token: <EOF>' : `${markPosition(soql, found)}unexpected token: '${found}'`;
}
