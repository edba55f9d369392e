import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = fileURLToPath(new URL('../../../../src/local-org/', import.meta.url));

/** A text in the code of a local org: what changes is `{}`, and constants are what they stand for. */
export type SaidText = { readonly text: string; readonly place: string };

export type Said = {
  /** Sentences: all strings of more than one word, markup without its tags. */
  readonly sentences: readonly SaidText[];
  /** Error codes: `INVALID_FIELD`, `Bad_Id`. Those of OAuth stand in a table with their texts. */
  readonly codes: readonly SaidText[];
};

/** Errors for a programmer, or for the person at the command line: no client of a local org ever reads them. */
const ownErrors = new Set(['TypeError', 'RangeError', 'JwtError']);

/** Reads every string in the code of a local org, but for the files whose strings are lists of names. */
export function readSaid(isTable: (file: string) => boolean): Said {
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.startsWith(`evidence${sep}`) && !isTable(name.replaceAll(sep, '/')))
    .map((name) => join(root, name));
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    strict: true,
    skipLibCheck: true,
    types: ['node'],
  });
  const texts = files.flatMap((file) => {
    const source = program.getSourceFile(file);
    return source ? textsIn(source, program.getTypeChecker()) : [];
  });
  return {
    sentences: texts.map(withoutTags).filter(({ text }) => /[A-Za-z]{2,}\s\S|\S\s[A-Za-z]{2,}/.test(text)),
    codes: texts.filter(({ text }) =>
      /^(?:(?!HPE_|ERR_)[A-Z]+(?:_[A-Z0-9]+)+|[A-Z][a-z]+(?:_[A-Z][A-Za-z]+)+|unsupported_\w+)$/.test(text),
    ),
  };
}

function textsIn(source: ts.SourceFile, checker: ts.TypeChecker): readonly SaidText[] {
  const found: SaidText[] = [];
  const visit = (node: ts.Node): void => {
    if (isSilent(node)) return;
    if (!isTextual(node)) return void node.forEachChild(visit);
    const { line } = source.getLineAndCharacterOfPosition(node.getStart(source));
    found.push({ text: textOf(node, checker), place: `${relative(root, source.fileName)}:${line + 1}` });
    partsOf(node)
      .filter((part) => !isTextual(part))
      .forEach(visit);
  };
  visit(source);
  return found;
}

function isSilent(node: ts.Node): boolean {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return true;
  // Where a text stands or was seen, and lists of names.
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'source') return true;
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'split') return true;
  return ts.isNewExpression(node) && ownErrors.has(node.expression.getText());
}

type Textual = ts.StringLiteralLike | ts.TemplateExpression | ts.BinaryExpression;

function isTextual(node: ts.Node): node is Textual {
  return ts.isStringLiteralLike(node) || ts.isTemplateExpression(node) || isSum(node);
}

function isSum(node: ts.Node): node is ts.BinaryExpression {
  return (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === ts.SyntaxKind.PlusToken &&
    [node.left, node.right].some(isTextual)
  );
}

function partsOf(node: Textual): readonly ts.Expression[] {
  if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
  return ts.isBinaryExpression(node)
    ? [node.left, node.right].flatMap((side) => (isSum(side) ? partsOf(side) : side))
    : [];
}

function textOf(node: ts.Expression, checker: ts.TypeChecker): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ expression, literal }) => textOf(expression, checker) + literal.text);
    return node.head.text + spans.join('');
  }
  if (isSum(node)) return textOf(node.left, checker) + textOf(node.right, checker);
  const type = checker.getTypeAtLocation(node);
  if (type.isStringLiteral() || type.isNumberLiteral()) return String(type.value);
  return constantText(node, checker) ?? '{}';
}

/** The text of a constant that is put together where it is declared. */
function constantText(node: ts.Expression, checker: ts.TypeChecker): string | undefined {
  const named = ts.isIdentifier(node) ? checker.getSymbolAtLocation(node) : undefined;
  const symbol = named && named.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
  const declaration = symbol?.valueDeclaration;
  if (!declaration || !ts.isVariableDeclaration(declaration)) return undefined;
  const { initializer } = declaration;
  return initializer && isTextual(initializer) ? textOf(initializer, checker) : undefined;
}

function withoutTags({ text, place }: SaidText): SaidText {
  if (!/^\s*(?:\{\}\s*)?<[a-z!?{]/i.test(text)) return { text, place };
  const plain = text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
  return { text: plain.trim(), place };
}
