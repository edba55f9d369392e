import type * as ApexParser from '@apexdevtools/apex-parser';
import { createRequire } from 'node:module';
import type { Problem } from '../deploy/problem.js';

/** What a local org knows of the source of a class. */
export type ApexSource =
  | { readonly kind: 'type'; readonly name: string; readonly line: number; readonly column: number }
  | { readonly kind: 'faults'; readonly problems: readonly Problem[] };

const require = createRequire(import.meta.url);

/** One slip leads to many faults, and a file that is no Apex to thousands. */
const maxFaults = 20;

/** A list of all that could stand in a place is of no use to a reader where it has hundreds of entries. */
const maxExpectedLength = 120;

/**
 * Parses the source of a class, interface or enum: the lexer's faults and the parser's, in their words, with line and column
 * counted from 1. Synchronous, and the parser is loaded at the first class: nothing else needs it.
 */
export function readApexSource(source: string): ApexSource {
  const { ApexErrorListener, ApexParserFactory } = require('@apexdevtools/apex-parser') as typeof ApexParser;
  const problems: Problem[] = [];
  class Listener extends ApexErrorListener {
    public override apexSyntaxError(line: number, column: number, message: string): void {
      problems.push({ problem: shorten(message), line, column: column + 1 });
    }
  }
  try {
    const { parser } = ApexParserFactory.createLexerAndParser(source.replace(/^\uFEFF/, ''), new Listener());
    const unit = parser.compilationUnit();
    const found = nameOf(unit);
    if (problems.length === 0 && found) return { kind: 'type', ...found };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    problems.push({ problem: 'The source is nested too deeply to be parsed' });
  }
  return { kind: 'faults', problems: problems.slice(0, maxFaults) };
}

function nameOf(unit: ApexParser.CompilationUnitContext) {
  const type = unit.typeDeclaration();
  const declaration = type.classDeclaration() ?? type.interfaceDeclaration() ?? type.enumDeclaration();
  const id = declaration?.id();
  return id && { name: id.getText(), line: id.start.line, column: id.start.column + 1 };
}

function shorten(message: string): string {
  return message.replace(/ expecting \{.*\}$/s, (list) => (list.length > maxExpectedLength ? '' : list));
}
