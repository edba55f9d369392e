import {
  ApexErrorListener,
  ApexParserFactory,
  ClassBodyDeclarationContext,
  CreatorContext,
  DotMethodCallContext,
  InterfaceMethodDeclarationContext,
  type MemberDeclarationContext,
  MethodCallContext,
} from '@apexdevtools/apex-parser';

/** A member of a class: where it begins, and what it calls by name. */
type ApexMember = {
  /** In lower case, as Apex compares names without case. */
  readonly name: string;
  readonly firstLine: number;
  /** Whether other classes see it. */
  readonly isVisible: boolean;
  /** Whether it runs when it is called, and not when its class is loaded or its value is read. */
  readonly isCalled: boolean;
  readonly calls: ReadonlySet<string>;
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
    return [memberOf(node, node.id().getText(), isOuterVisible, false)];
  }
  if (!(node instanceof ClassBodyDeclarationContext)) return childrenOf(node, isOuterVisible);
  const isVisible = isOuterVisible && node.modifier_list().some((modifier) => modifier.PUBLIC());
  const whole = node as unknown as Node;
  const member = node.memberDeclaration();
  const isCalled = Boolean(member?.methodDeclaration() ?? member?.constructorDeclaration());
  return [memberOf(whole, nameOf(node), isVisible, isCalled), ...childrenOf(whole, isVisible)];
}

const childrenOf = (node: Node, isVisible: boolean): readonly ApexMember[] =>
  (node.children ?? []).flatMap((child) => membersIn(child, isVisible));

function memberOf(node: Node, name: string, isVisible: boolean, isCalled: boolean): ApexMember {
  const calls = new Set(isType(node) ? [] : callsIn(node));
  return { name: name.toLowerCase(), firstLine: node.start.line, isVisible, isCalled, calls };
}

/** A type calls nothing: its members do. */
function isType(node: Node): boolean {
  const member = node instanceof ClassBodyDeclarationContext ? node.memberDeclaration() : undefined;
  return Boolean(member?.classDeclaration() ?? member?.interfaceDeclaration());
}

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

function callsIn(node: Node): readonly string[] {
  const below = (node.children ?? []).flatMap(callsIn);
  const name = calledName(node);
  return name === undefined ? below : [name.toLowerCase(), ...below];
}

function calledName(node: unknown): string | undefined {
  if (node instanceof MethodCallContext) return node.id()?.getText();
  if (node instanceof DotMethodCallContext) return node.anyId().getText();
  return node instanceof CreatorContext ? node.createdName().getText().split('.').at(-1) : undefined;
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

/**
 * Methods and constructors that no test reaches: neither by a call of its own, nor through another one that is reached, nor
 * when the class is loaded. Overloads count as one.
 */
export function unreachedMembers(source: string, testSource: string): readonly string[] {
  const members = apexMembers(source);
  const roots = [...apexMembers(testSource), ...members.filter(({ isCalled }) => !isCalled)];
  const reached = new Set(roots.flatMap(({ calls }) => [...calls]));
  for (let size = -1; size !== reached.size;) {
    size = reached.size;
    for (const { name, calls } of members) if (reached.has(name)) calls.forEach((call) => reached.add(call));
  }
  return members.filter(({ name, isCalled }) => isCalled && !reached.has(name)).map(({ name }) => name);
}
