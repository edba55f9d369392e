/** A token of Apex: its text and where it begins, the column counted from 0. */
export type Token = { readonly text: string; readonly line: number; readonly column: number };

/** Where Apex is more than a local org parses. */
export type Excess = { readonly token: Token; readonly message: string };

/** Nobody nests half as deep; the time that the parser takes grows with the square of the depth and worse. */
const maxDepth = 100;

/** The parser looks ahead over the whole rest of an expression at each of its operators. */
const maxOperators = 2000;

const closing = new Map([
  [')', '('],
  [']', '['],
  ['}', '{'],
]);
const opening = new Set(closing.values());
const unary = new Set(['!', '~', '+', '-', '++', '--']);
const endsStatement = new Set([';', '{', '}']);
const operator = /^[-+*/%&|^!~=<>?:]+$/;

/** What is counted inside one bracket, from one end of a statement to the next. */
type Level = { operators: number; angles: number; prefixes: number };

/**
 * The first place where Apex nests more deeply than a local org parses, or where an expression has more operators; undefined
 * where neither is. Brackets of all kinds make depth, and those of types, which may be comparisons as well; so do unary
 * operators and casts that stand in a row. To be asked before the parser is: it has no limits of its own.
 */
export function findExcess(tokens: readonly Token[]): Excess | undefined {
  const levels: Level[] = [{ operators: 0, angles: 0, prefixes: 0 }];
  let before = '';
  for (const token of tokens) {
    const { text } = token;
    const level = levels.at(-1) ?? { operators: 0, angles: 0, prefixes: 0 };
    count(level, text, before);
    if (opening.has(text)) levels.push({ operators: 0, angles: 0, prefixes: 0 });
    else if (closing.has(text) && levels.length > 1) levels.pop();
    before = text;
    if (levels.length - 1 + level.angles + level.prefixes > maxDepth) {
      return { token, message: 'The source is nested too deeply to be parsed' };
    }
    if (level.operators > maxOperators) {
      return { token, message: `A local org parses no expression with more than ${maxOperators} operators` };
    }
  }
  return undefined;
}

function count(level: Level, text: string, before: string): void {
  if (endsStatement.has(text)) Object.assign(level, { operators: 0, angles: 0, prefixes: 0 });
  else if (text === ',') Object.assign(level, { operators: 0, prefixes: 0 });
  if (operator.test(text)) level.operators += 1;
  if (text === '<') level.angles += 1;
  if (text === '>') level.angles = Math.max(0, level.angles - 1);
  if (isPrefix(text, before)) level.prefixes += 1;
}

/** A cast is a bracket that follows another with nothing in between; a plus or a minus has no left side behind an operator. */
function isPrefix(text: string, before: string): boolean {
  if (text === '(') return before === ')';
  return unary.has(text) && (before === ')' || before === '(' || operator.test(before));
}
