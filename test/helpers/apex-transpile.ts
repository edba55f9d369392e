import { ApexErrorListener, ApexParserFactory } from '@apexdevtools/apex-parser';

/**
 * Turns the part of Apex that our templates use into JavaScript, so that their tests can run without an org. It knows what it
 * needs to and no more; `apex-runtime.mjs` and `apex-platform.mjs` have the types of the language and the platform.
 */

type Node = {
  readonly children?: readonly Node[] | null;
  readonly start: { readonly line: number };
  getText(): string;
};
type Kind = 'static' | 'instance';
type Scope = {
  readonly path: string;
  readonly members: ReadonlyMap<string, Kind>;
  readonly outer?: Scope;
  readonly locals: ReadonlySet<string>;
  readonly inProperty?: string;
  readonly lines: Set<number>;
};

class Listener extends ApexErrorListener {
  public override apexSyntaxError(line: number, column: number, message: string): void {
    throw new Error(`${line}:${column} ${message}`);
  }
}

/** JavaScript that defines the class, and the lines that have a statement. `$hit(path, line)` is called before each. */
export function transpileApex(source: string): { readonly script: string; readonly lines: ReadonlySet<number> } {
  const { parser } = ApexParserFactory.createLexerAndParser(source, new Listener());
  const lines = new Set<number>();
  const declaration = find(parser.compilationUnit() as unknown as Node, 'ClassDeclaration') as Node;
  return { script: classScript(declaration, undefined, lines), lines };
}

const kindOf = (node: Node): string => node.constructor.name.replace(/Context$/, '');
const childrenOf = (node: Node): readonly Node[] => node.children ?? [];
const child = (node: Node, kind: string): Node | undefined => childrenOf(node).find((one) => kindOf(one) === kind);

function find(node: Node, kind: string): Node | undefined {
  if (kindOf(node) === kind) return node;
  for (const one of childrenOf(node)) {
    const found = find(one, kind);
    if (found) return found;
  }
  return undefined;
}

function findAll(node: Node, kind: string): readonly Node[] {
  return [...(kindOf(node) === kind ? [node] : []), ...childrenOf(node).flatMap((one) => findAll(one, kind))];
}

const nameOf = (node: Node): string => child(node, 'Id')?.getText() ?? '';

type Member = { readonly node: Node; readonly kind: string; readonly name: string; readonly isStatic: boolean };

function membersOf(declaration: Node): readonly Member[] {
  const body = child(declaration, 'ClassBody') as Node;
  return childrenOf(body).flatMap((one) => {
    const node = child(one, 'MemberDeclaration')?.children?.[0];
    if (!node) return [];
    const isType = ['ClassDeclaration', 'InterfaceDeclaration'].includes(kindOf(node));
    const isStatic = isType || childrenOf(one).some((part) => part.getText() === 'static');
    const name = nameOf(kindOf(node) === 'FieldDeclaration' ? (find(node, 'VariableDeclarator') as Node) : node);
    return [{ node, kind: kindOf(node), name, isStatic }];
  });
}

function classScript(declaration: Node, outer: Scope | undefined, lines: Set<number>): string {
  const path = outer ? `${outer.path}.${nameOf(declaration)}` : nameOf(declaration);
  const all = membersOf(declaration);
  const members = new Map(all.map(({ name, isStatic }): [string, Kind] => [name, isStatic ? 'static' : 'instance']));
  const scope: Scope = { path, members, ...(outer && { outer }), locals: new Set(), lines };
  const base = child(declaration, 'TypeRef');
  const interfaces = JSON.stringify(child(declaration, 'TypeList')?.getText().split(',') ?? []);
  const inside = all.map((member) => memberScript(member, scope)).join('\n');
  const after = all.map((member) => staticScript(member, scope)).join('\n');
  return `${outer ? '' : 'globalThis.'}${path} = class ${base ? `extends ${base.getText()}` : ''} {\nstatic $interfaces = ${interfaces};\n${inside}\n};\n${after}`;
}

/** What stands in the body of a class: methods, constructors, and fields of instances. */
function memberScript({ node, kind, name, isStatic }: Member, scope: Scope): string {
  if (kind === 'MethodDeclaration') return `${isStatic ? 'static ' : ''}${callable(name, node, scope)}`;
  if (kind === 'ConstructorDeclaration') {
    const isException = /Exception$/.test(scope.path);
    return callable('constructor', node, scope).replace('{', isException ? '{ super();' : '{');
  }
  if (isStatic || !['FieldDeclaration', 'PropertyDeclaration'].includes(kind)) return '';
  return `${name} = ${initialOf(node, scope)};`;
}

/** What is put on a class once it is there: its inner classes, then its static fields. */
function staticScript({ node, kind, name, isStatic }: Member, scope: Scope): string {
  if (kind === 'ClassDeclaration') return classScript(node, scope, scope.lines);
  if (!isStatic) return '';
  if (kind === 'FieldDeclaration') return `$later(() => { ${scope.path}.${name} = ${initialOf(node, scope)}; });`;
  if (kind !== 'PropertyDeclaration') return '';
  const getter = find(find(node, 'Getter') as Node, 'Block');
  if (!getter) return `${scope.path}.${name} = null;`;
  const inside = { ...scope, inProperty: name };
  return `${scope.path}.$${name} = null; Object.defineProperty(${scope.path}, '${name}', {
    get() ${emit(getter, inside)}, set(value) { ${scope.path}.$${name} = value; } });`;
}

function initialOf(node: Node, scope: Scope): string {
  const declarator = find(node, 'VariableDeclarator');
  const value = declarator && childrenOf(declarator)[2];
  return value ? emit(value, scope) : 'null';
}

function callable(name: string, node: Node, scope: Scope): string {
  const parameters = findAll(node, 'FormalParameter').map(nameOf);
  const declared = ['VariableDeclarator', 'EnhancedForControl', 'CatchClause'].flatMap((kind) => findAll(node, kind));
  const locals = new Set([...parameters, ...declared.map(nameOf)]);
  const block = child(node, 'Block') as Node;
  return `${name}(${parameters.join(', ')}) ${emit(block, { ...scope, locals })}`;
}

/** An identifier as JavaScript finds it: a local, a member of this class or of the one around it, or a type. */
function resolve(name: string, scope: Scope): string {
  if (scope.locals.has(name)) return name;
  if (scope.inProperty === name) return `${scope.path}.$${name}`;
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const kind = at.members.get(name);
    if (kind) return kind === 'static' ? `${at.path}.${name}` : `this.${name}`;
  }
  return name;
}

type Emitter = (node: Node, scope: Scope) => string;

const parts = (node: Node, scope: Scope): readonly string[] => childrenOf(node).map((one) => emit(one, scope));
const listOf = (node: Node | undefined, scope: Scope): string =>
  node
    ? childrenOf(node)
        .filter((one) => one.getText() !== ',')
        .map((one) => emit(one, scope))
        .join(', ')
    : '';
const typeName = (text: string, scope: Scope): string => {
  const [first = '', ...rest] = text.replace(/<.*>/, '').split('.');
  return [resolve(first, scope), ...rest].join('.');
};

const emitters: Readonly<Record<string, Emitter>> = {
  Statement: (node, scope) => {
    const isBlock = kindOf(childrenOf(node)[0] as Node) === 'Block';
    const text = parts(node, scope).join(' ');
    if (isBlock) return text;
    scope.lines.add(node.start.line);
    return `$hit('${scope.path.split('.')[0]}', ${node.start.line}); ${text}`;
  },
  LocalVariableDeclaration: (node, scope) => `let ${emit(child(node, 'VariableDeclarators') as Node, scope)}`,
  VariableDeclarator: (node, scope) => `${nameOf(node)} = ${initialOf(node, scope)}`,
  EnhancedForControl: (node, scope) => `let ${nameOf(node)} of ${emit(childrenOf(node).at(-1) as Node, scope)}`,
  TryStatement: (node, scope) => {
    const caught = childrenOf(node)
      .filter((one) => kindOf(one) === 'CatchClause')
      .map((clause) => {
        const type = (child(clause, 'QualifiedName') as Node).getText();
        const block = emit(child(clause, 'Block') as Node, scope);
        return `if ($caught instanceof ${typeName(type, scope)}) { let ${nameOf(clause)} = $caught; ${block} }`;
      });
    const block = emit(child(node, 'Block') as Node, scope);
    return `try ${block} catch ($thrown) { const $caught = $exception($thrown); ${caught.join(' else ')} else { throw $caught; } }`;
  },
  DotExpression: (node, scope) => {
    const [object, dot, last] = childrenOf(node) as [Node, Node, Node];
    const target = emit(object, scope);
    if (kindOf(last) !== 'DotMethodCall') return `${target}${dot.getText()}${last.getText()}`;
    const name = (child(last, 'AnyId') as Node).getText();
    const call = dot.getText() === '?.' ? '$callIfAny' : '$call';
    return `${call}(${target}, '${name}', [${listOf(child(last, 'ExpressionList'), scope)}])`;
  },
  MethodCall: (node, scope) => `${resolve(nameOf(node), scope)}(${listOf(child(node, 'ExpressionList'), scope)})`,
  IdPrimary: (node, scope) => resolve(node.getText(), scope),
  TypeRefPrimary: () => 'null',
  SoqlPrimary: (node, scope) => {
    const fields = findAll(find(node, 'SelectList') as Node, 'FieldName').map((field) => `'${field.getText()}'`);
    const type = (find(find(node, 'FromNameList') as Node, 'FieldName') as Node).getText();
    const bound = emit(childrenOf(find(node, 'BoundExpression') as Node).at(-1) as Node, scope);
    return `$query([${fields.join(', ')}], '${type}', ${bound})`;
  },
  CastExpression: (node, scope) => `(${emit(childrenOf(node).at(-1) as Node, scope)})`,
  InstanceOfExpression: (node, scope) => {
    const [value, , type] = childrenOf(node) as [Node, Node, Node];
    return `$is(${emit(value, scope)}, '${type.getText()}')`;
  },
  // The lexer has < and = apart, for the brackets of types.
  CmpExpression: (node, scope) => {
    const all = parts(node, scope);
    return `${all[0]} ${all.slice(1, -1).join('')} ${all.at(-1)}`;
  },
  EqualityExpression: (node, scope) => {
    const [left, operator, right] = parts(node, scope) as [string, string, string];
    return `${operator.startsWith('!') ? '!' : ''}$equal(${left}, ${right})`;
  },
  NewExpression: (node, scope) => {
    const creator = child(node, 'Creator') as Node;
    const name = (child(creator, 'CreatedName') as Node).getText();
    const rest = childrenOf(creator)[1] as Node;
    if (kindOf(rest) === 'NoRest') return `new ${typeName(name, scope)}()`;
    if (kindOf(rest) === 'MapCreatorRest') {
      const pairs = findAll(rest, 'MapCreatorRestPair').map((pair) => {
        const [key, , value] = parts(pair, scope) as [string, string, string];
        return `[${key}, ${value}]`;
      });
      return `Map.of([${pairs.join(', ')}])`;
    }
    if (kindOf(rest) !== 'ClassCreatorRest') return `${typeName(name, scope)}.of([${setItems(rest, scope)}])`;
    const values = listOf(find(rest, 'ExpressionList'), scope);
    return name.endsWith('__mdt')
      ? `$record(${JSON.stringify(fieldsOf(rest))})`
      : `new ${typeName(name, scope)}(${values})`;
  },
};

const setItems = (rest: Node, scope: Scope): string =>
  childrenOf(rest)
    .filter((one) => !['{', '}', ','].includes(one.getText()))
    .map((one) => emit(one, scope))
    .join(', ');

/** The fields of a record, whose values are literals in our tests. */
const fieldsOf = (rest: Node): Readonly<Record<string, string | number>> =>
  Object.fromEntries(
    findAll(rest, 'AssignExpression').map((one): [string, string | number] => {
      const [field = '', value = ''] = one.getText().split(/=(.*)/s);
      return [field, value.startsWith("'") ? value.slice(1, -1) : Number(value)];
    }),
  );

function emit(node: Node, scope: Scope): string {
  const emitter = emitters[kindOf(node)];
  if (emitter) return emitter(node, scope);
  return childrenOf(node).length === 0
    ? node.getText() === '<EOF>'
      ? ''
      : node.getText()
    : parts(node, scope).join(' ');
}
