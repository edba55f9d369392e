import {
  ApexErrorListener,
  ApexParserFactory,
  ClassBodyDeclarationContext,
  InterfaceMethodDeclarationContext,
  type MemberDeclarationContext,
} from '@apexdevtools/apex-parser';

/** A member of a class, and where it begins. */
type ApexMember = {
  /** In lower case, as Apex compares names without case. */
  readonly name: string;
  readonly firstLine: number;
  /** Whether other classes see it. */
  readonly isVisible: boolean;
};

/** What of a node of the parse tree is read here. */
type Node = {
  readonly start: { readonly line: number };
  readonly children: readonly Node[] | null;
};

class Listener extends ApexErrorListener {
  public override apexSyntaxError(line: number, column: number, message: string): void {
    throw new Error(`${line}:${column} ${message}`);
  }
}

/** All members of a class and of the classes in it. */
function apexMembers(source: string): readonly ApexMember[] {
  const { parser } = ApexParserFactory.createLexerAndParser(source, new Listener());
  return membersIn(parser.compilationUnit() as unknown as Node, true);
}

function membersIn(node: Node, isOuterVisible: boolean): readonly ApexMember[] {
  if (node instanceof InterfaceMethodDeclarationContext) {
    return [memberOf(node, node.id().getText(), isOuterVisible)];
  }
  if (!(node instanceof ClassBodyDeclarationContext)) return childrenOf(node, isOuterVisible);
  const isVisible = isOuterVisible && node.modifier_list().some((modifier) => modifier.PUBLIC());
  const whole = node as unknown as Node;
  return [memberOf(whole, nameOf(node), isVisible), ...childrenOf(whole, isVisible)];
}

const childrenOf = (node: Node, isVisible: boolean): readonly ApexMember[] =>
  (node.children ?? []).flatMap((child) => membersIn(child, isVisible));

const memberOf = ({ start }: Node, name: string, isVisible: boolean): ApexMember => ({
  name: name.toLowerCase(),
  firstLine: start.line,
  isVisible,
});

type Named = { getText(): string };

/** Where the name of each kind of member stands; the parser gives null for what a member is not. */
const nameIn: readonly ((member: MemberDeclarationContext) => Named | null | undefined)[] = [
  (member) => member.methodDeclaration()?.id(),
  (member) => member.propertyDeclaration()?.id(),
  (member) => member.classDeclaration()?.id(),
  (member) => member.interfaceDeclaration()?.id(),
  (member) => member.fieldDeclaration()?.variableDeclarators().variableDeclarator(0).id(),
  (member) => member.constructorDeclaration()?.qualifiedName(),
];

function nameOf(declaration: ClassBodyDeclarationContext): string {
  const member = declaration.memberDeclaration();
  return (
    nameIn
      .map((find) => find(member))
      .find((name) => name)
      ?.getText() ?? ''
  );
}

/** Visible members, interface methods too, without an ApexDoc comment that begins with a description. */
export function undocumentedMembers(source: string): readonly string[] {
  const lines = source.split('\n');
  return apexMembers(source)
    .filter(({ isVisible, firstLine }) => isVisible && !isDocumented(lines, firstLine))
    .map(({ name }) => name);
}

function isDocumented(lines: readonly string[], firstLine: number): boolean {
  if (!lines[firstLine - 2]?.trim().endsWith('*/')) return false;
  const above = lines.slice(0, firstLine - 1);
  const start = above.findLastIndex((line) => line.trim().startsWith('/**'));
  return above.slice(start).join('\n').includes('@description');
}
