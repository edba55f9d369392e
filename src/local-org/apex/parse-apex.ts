import type * as ApexParser from '@apexdevtools/apex-parser';
import { createRequire } from 'node:module';
import { findExcess, type Token } from './check-size.js';

/** Line and column are counted from 1, as an org counts them. */
export type ApexPlace = { readonly line: number; readonly column: number };

export type ApexFault = ApexPlace & { readonly message: string };

/** What a local org knows of Apex: the name of the class, interface or enum that it declares, or what is wrong with it. */
export type ParsedApex =
  | { readonly kind: 'parsed'; readonly name?: ApexPlace & { readonly text: string } }
  | { readonly kind: 'faults'; readonly faults: readonly [ApexFault, ...ApexFault[]] };

type ApexKind = 'class' | 'trigger' | 'anonymous';

const require = createRequire(import.meta.url);

/**
 * Apex Developer Guide, execution governors and limits: characters of a class. Assumption: no more of anonymous Apex; the text
 * is an assumption as well.
 */
const maxLength = 1_000_000;

/** One slip leads to many faults, and a file that is no Apex to thousands. */
const maxFaults = 20;

/** Room for a name and for what was expected instead of it; a list of all that could stand in a place has no use. */
const maxMessageLength = 300;
const maxExpectedLength = 120;

/** The parser has a local org to itself while it is at work. The largest class that a person would write takes a third. */
const patienceMilliseconds = 10_000;

/**
 * Parses the source of a class, interface or enum, of a trigger, or anonymous Apex: the lexer's faults and the parser's in the order of the
 * text, in their words. Says nothing about types, methods or variables: that takes a compiler, which a local org has not.
 * Synchronous, and the parser is loaded at the first source: nothing else needs it. What would keep it busy for long is
 * refused.
 *
 * @param patience How long the parser may take, in milliseconds
 */
export function parseApex(source: string, kind: ApexKind, patience = patienceMilliseconds): ParsedApex {
  if (source.length > maxLength) {
    const what = kind === 'anonymous' ? 'anonymous Apex' : `a ${kind}`;
    return refuse(`Script too large: ${what} has at most ${maxLength} characters`);
  }
  const faults: ApexFault[] = [];
  try {
    const name = parse(source.replace(/^\uFEFF/, ''), kind, faults, patience);
    if (faults.length === 0) return { kind: 'parsed', ...(name ? { name } : {}) };
  } catch (error) {
    if (error instanceof RangeError) return refuse('The source is nested too deeply to be parsed');
    if (!(error instanceof Enough)) throw error;
  }
  const [first, ...more] = faults.toSorted((left, right) => left.line - right.line || left.column - right.column);
  return first
    ? { kind: 'faults', faults: [first, ...more] }
    : refuse('A local org takes too long to parse this source');
}

/** Thrown through the parser to end its work. */
class Enough extends Error {}

function parse(source: string, kind: ApexKind, faults: ApexFault[], patience: number) {
  const { ApexErrorListener, ApexParserBaseListener, ApexParserFactory } =
    require('@apexdevtools/apex-parser') as typeof ApexParser;
  const report = (line: number, columnFromZero: number, message: string): void => {
    faults.push({ line, column: columnFromZero + 1, message: shorten(message) });
    if (faults.length >= maxFaults) throw new Enough();
  };
  // One listener on both: a bad escape in a text is known to the lexer only, a missing brace to the parser only.
  class FaultListener extends ApexErrorListener {
    public override apexSyntaxError(line: number, column: number, message: string): void {
      report(line, column, message);
    }
  }
  const deadline = performance.now() + patience;
  class Watch extends ApexParserBaseListener {
    public override enterEveryRule(): void {
      if (performance.now() > deadline) throw new Enough();
    }
  }
  const lexer = ApexParserFactory.createLexer(source);
  lexer.removeErrorListeners();
  lexer.addErrorListener(new FaultListener());
  const tokens = ApexParserFactory.createTokenStream(lexer);
  tokens.fill();
  const excess = findExcess(tokens.tokens.filter(isCode));
  if (excess) {
    report(excess.token.line, excess.token.column, excess.message);
    throw new Enough();
  }
  const parser = ApexParserFactory.createParser(tokens);
  parser.removeErrorListeners();
  parser.addErrorListener(new FaultListener());
  parser.addParseListener(new Watch());
  if (kind === 'class') return nameOf(parser.compilationUnit());
  if (kind === 'trigger') return placeOf(parser.triggerUnit().id(0));
  parser.anonymousUnit();
  return undefined;
}

/** White space and comments go through another channel. */
function isCode({ channel }: Token & { readonly channel: number }): boolean {
  return channel === 0;
}

function nameOf(unit: ApexParser.CompilationUnitContext) {
  const type = unit.typeDeclaration();
  const declaration = type.classDeclaration() ?? type.interfaceDeclaration() ?? type.enumDeclaration();
  return placeOf(declaration?.id());
}

function placeOf(id: ApexParser.IdContext | undefined | null) {
  return id ? { text: id.getText(), line: id.start.line, column: id.start.column + 1 } : undefined;
}

function refuse(message: string): ParsedApex {
  return { kind: 'faults', faults: [{ message, line: 1, column: 1 }] };
}

function shorten(message: string): string {
  const short = message.replace(/ expecting \{.*\}$/s, (list) => (list.length > maxExpectedLength ? '' : list));
  return short.length > maxMessageLength ? `${short.slice(0, maxMessageLength - 1)}…` : short;
}
