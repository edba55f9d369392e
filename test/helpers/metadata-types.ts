import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import ts from 'typescript';

/** Checks metadata XML against the types that Salesforce derives from the Metadata API's WSDL (`@salesforce/types`). */

type Field = { readonly type: string; readonly isRequired: boolean; readonly isList: boolean };
type Shape = ReadonlyMap<string, Field>;
type Types = {
  readonly shapes: ReadonlyMap<string, Shape>;
  readonly enums: ReadonlyMap<string, ReadonlySet<string>>;
};

type XmlNode = Readonly<Record<string, unknown>>;

const namespace = 'http://soap.sforce.com/2006/04/metadata';
let known: Types | undefined;

/** What is wrong with the XML of a component, one sentence each; empty for a sound one. */
export function metadataProblems(xml: string): readonly string[] {
  const wellFormed = XMLValidator.validate(xml);
  if (wellFormed !== true) return [`not well-formed: ${wellFormed.err.msg}`];
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
  });
  const roots = (parser.parse(xml) as XmlNode[]).filter(
    (node) => !nameOf(node).startsWith('?') && nameOf(node) !== '#text',
  );
  const [root] = roots;
  if (!root || roots.length > 1) return ['there is not exactly one root element'];
  const type = nameOf(root);
  const attributes = root[':@'] as Record<string, string> | undefined;
  const problems = attributes?.['@_xmlns'] === namespace ? [] : [`${type} is not in the namespace of metadata`];
  return [...problems, ...shapeProblems(type, childrenOf(root), type)];
}

function shapeProblems(type: string, children: readonly XmlNode[], path: string): string[] {
  const shape = types().shapes.get(type);
  if (!shape) return [`${path}: ${type} is no metadata type`];
  const elements = children.filter((node) => nameOf(node) !== '#text');
  const names = elements.map(nameOf);
  const stray = children.some((node) => nameOf(node) === '#text' && String(node['#text']).trim() !== '');
  return [
    ...(stray ? [`${path}: text between elements`] : []),
    ...orderProblems(names, path),
    ...[...shape]
      .filter(([name, field]) => field.isRequired && !names.includes(name))
      .map(([name]) => `${path}.${name} is missing`),
    ...[...new Set(names)]
      .filter((name) => shape.get(name)?.isList === false && names.filter((other) => other === name).length > 1)
      .map((name) => `${path}.${name} stands more than once`),
    ...elements.flatMap((node) => fieldProblems(shape.get(nameOf(node)), node, `${path}.${nameOf(node)}`)),
  ];
}

/** Orgs refuse elements that are out of the WSDL's order: alphabetical, behind the name that every component inherits. */
function orderProblems(names: readonly string[], path: string): string[] {
  const placed = (name: string): string => (name === 'fullName' ? '' : name);
  const sorted = [...names].sort((left, right) =>
    placed(left) < placed(right) ? -1 : placed(left) > placed(right) ? 1 : 0,
  );
  return names.join() === sorted.join() ? [] : [`${path}: elements are not in order: ${names.join(', ')}`];
}

function fieldProblems(field: Field | undefined, node: XmlNode, path: string): string[] {
  if (!field) return [`${path} is unknown`];
  const children = childrenOf(node);
  if (types().shapes.has(field.type)) return shapeProblems(field.type, children, path);
  if (children.some((child) => nameOf(child) !== '#text')) return [`${path} has elements where text belongs`];
  const text = children.map((child) => String(child['#text'])).join('');
  if (field.type === 'any') return anyProblems(node, text, path);
  return textProblems(field.type, text, path);
}

/** A value whose type stands with it (XML Schema part 1, section 2.6: `xsi:type` and `xsi:nil`). */
function anyProblems(node: XmlNode, text: string, path: string): string[] {
  const attributes = (node[':@'] ?? {}) as Readonly<Record<string, string>>;
  if (attributes['@_xsi:nil'] === 'true') return text === '' ? [] : [`${path} is nil and has text`];
  const type = attributes['@_xsi:type'] ?? '';
  const shape = { 'xsd:string': /^/, 'xsd:double': /^-?\d+(\.\d+)?$/, 'xsd:boolean': /^(true|false)$/ }[type];
  if (!shape) return [`${path}: ${type} is no type of a value`];
  return shape.test(text) ? [] : [`${path}: ${text} is no ${type}`];
}

function textProblems(type: string, text: string, path: string): string[] {
  const values = types().enums.get(type);
  if (values) return values.has(text) ? [] : [`${path}: ${text} is no ${type}`];
  const shape = {
    boolean: /^(true|false)$/,
    number: /^-?\d+(\.\d+)?$/,
    Date: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    string: /^/,
  }[type];
  if (!shape) throw new Error(`${path}: what is a ${type}?`);
  return shape.test(text) ? [] : [`${path}: ${text} is no ${type}`];
}

const nameOf = (node: XmlNode): string => Object.keys(node).find((key) => key !== ':@') ?? '';
const childrenOf = (node: XmlNode): readonly XmlNode[] => node[nameOf(node)] as readonly XmlNode[];

function types(): Types {
  known ??= readTypes();
  return known;
}

function readTypes(): Types {
  const entry = createRequire(import.meta.url).resolve('@salesforce/types/metadata');
  const path = join(dirname(entry), 'metadata.d.ts');
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  const aliases = new Map(
    source.statements.filter(ts.isTypeAliasDeclaration).map((alias) => [alias.name.text, alias.type]),
  );
  const shapes = new Map<string, Shape>();
  const enums = new Map<string, ReadonlySet<string>>();
  for (const [name, type] of aliases) {
    const values = literalsOf(type);
    if (values) enums.set(name, values);
    else if (ts.isTypeLiteralNode(type) || ts.isIntersectionTypeNode(type))
      shapes.set(name, new Map(fieldsOf(type, aliases)));
  }
  return { shapes, enums };
}

function literalsOf(type: ts.TypeNode): ReadonlySet<string> | undefined {
  const members = ts.isUnionTypeNode(type) ? type.types : [type];
  const texts = members.map((member) =>
    ts.isLiteralTypeNode(member) && ts.isStringLiteral(member.literal) ? member.literal.text : undefined,
  );
  return texts.includes(undefined) ? undefined : new Set(texts.filter((text) => text !== undefined));
}

function fieldsOf(type: ts.TypeNode, aliases: ReadonlyMap<string, ts.TypeNode>): [string, Field][] {
  if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((part) => fieldsOf(part, aliases));
  if (ts.isTypeLiteralNode(type)) return type.members.filter(ts.isPropertySignature).map(fieldOf);
  const base =
    ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName) ? aliases.get(type.typeName.text) : undefined;
  return base ? fieldsOf(base, aliases) : [];
}

function fieldOf(member: ts.PropertySignature): [string, Field] {
  const isList = member.type !== undefined && ts.isArrayTypeNode(member.type);
  const type = isList ? member.type.elementType : member.type;
  const name = (member.name as ts.Identifier).text;
  return [name, { type: typeName(type), isRequired: !member.questionToken && !isList, isList }];
}

function typeName(type: ts.TypeNode | undefined): string {
  if (type && ts.isTypeReferenceNode(type) && ts.isIdentifier(type.typeName)) return type.typeName.text;
  if (type?.kind === ts.SyntaxKind.BooleanKeyword) return 'boolean';
  if (type?.kind === ts.SyntaxKind.AnyKeyword) return 'any';
  return type?.kind === ts.SyntaxKind.NumberKeyword ? 'number' : 'string';
}
