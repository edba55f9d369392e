// What a local org knows of Salesforce's metadata types, as data: their elements from `@salesforce/types` (made from the WSDL
// of the Metadata API), their folders and files from the registry of `@salesforce/source-deploy-retrieve`. Both are read here
// and not when an org starts: a local org is up before either could be loaded.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const folder = join(dirname(fileURLToPath(import.meta.url)), '../src/local-org/metadata/types');

const declarationFile = require.resolve('@salesforce/types/metadata').replace(/\.js$/, '.d.ts');
const source = ts.createSourceFile(declarationFile, readFileSync(declarationFile, 'utf8'), ts.ScriptTarget.Latest);
const aliases = new Map(source.statements.filter(ts.isTypeAliasDeclaration).map((one) => [one.name.text, one.type]));

const registry = require('@salesforce/source-deploy-retrieve/lib/src/registry/metadataRegistry.json');
const registered = Object.values(registry.types);

/** The fields of a type, those that it inherits first. An element is `name:type`; `?`: may be left out, `*`: any number. */
function fieldsOf(node) {
  if (ts.isTypeLiteralNode(node)) return node.members.map(fieldOf);
  if (ts.isIntersectionTypeNode(node)) return node.types.flatMap(fieldsOf);
  if (ts.isTypeReferenceNode(node)) return fieldsOf(aliases.get(node.typeName.text));
  throw new Error(`No fields: ${ts.SyntaxKind[node.kind]}`);
}

function fieldOf({ name, type, questionToken }) {
  const isList = ts.isArrayTypeNode(type);
  const mark = isList ? '*' : questionToken ? '?' : '';
  return { name: name.text, mark, type: nameOf(isList ? type.elementType : type) };
}

/** The name of a type: of a table of this file, or of a simple one. A name for a simple type is that type. */
function nameOf(type) {
  if (!ts.isTypeReferenceNode(type))
    return { StringKeyword: 'string', BooleanKeyword: 'boolean', NumberKeyword: 'number' }[kindOf(type)] ?? 'any';
  const name = type.typeName.text;
  const alias = aliases.get(name);
  if (!alias) return name;
  return valuesOf(alias) || isStructure(alias) ? name : nameOf(alias);
}

/** The values of an enum: a union of texts, or a single one. */
function valuesOf(alias) {
  if (ts.isUnionTypeNode(alias)) return alias.types.map(({ literal }) => literal.text);
  return ts.isLiteralTypeNode(alias) ? [alias.literal.text] : undefined;
}

function isStructure(alias) {
  if (ts.isTypeLiteralNode(alias) || ts.isIntersectionTypeNode(alias)) return true;
  return (
    ts.isTypeReferenceNode(alias) && aliases.has(alias.typeName.text) && isStructure(aliases.get(alias.typeName.text))
  );
}

function kindOf(node) {
  return ts.SyntaxKind[node.kind];
}

/** All types that a file can have as its root, and those that these refer to. */
function describeElements() {
  const types = {};
  const enums = {};
  const pending = [
    ...registered.flatMap((type) => [type.name, ...childrenOf(type).map(({ name }) => name)]),
    ...settings(),
  ];
  for (let name = pending.shift(); name !== undefined; name = pending.shift()) {
    const alias = aliases.get(name);
    if (!alias || types[name] !== undefined || enums[name] !== undefined) continue;
    const values = valuesOf(alias);
    if (values) {
      enums[name] = values.join(' ');
      continue;
    }
    if (!isStructure(alias)) continue;
    const fields = fieldsOf(alias);
    types[name] = fields.map((field) => `${field.name}${field.mark}:${field.type}`).join(' ');
    pending.push(...fields.map(({ type }) => type));
  }
  return { types: sorted(types), enums: sorted(enums) };
}

/** Each setting is a type of its own to the WSDL, and one type together to the registry. */
function settings() {
  return [...aliases.keys()].filter((name) => name.endsWith('Settings'));
}

/** Of each type of the registry what a zip shows of it. */
function describeFiles() {
  return registered
    .filter(({ aliasFor }) => aliasFor === undefined)
    .map((type) => ({
      name: type.name,
      directory: type.directoryName,
      suffix: type.suffix,
      adapter: type.strategies?.adapter,
      inFolder: type.inFolder || undefined,
      folderType: type.folderType && registry.types[type.folderType].name,
      folderContentType: type.folderContentType && registry.types[type.folderContentType].name,
      children: childrenOf(type).map((child) => ({
        name: child.name,
        element: child.xmlElementName ?? child.directoryName,
        key: child.uniqueIdElement,
        directory: child.directoryName,
        suffix: child.suffix,
        withoutParent: child.ignoreParentName,
      })),
    }))
    .map((type) => ({ ...type, children: type.children.length > 0 ? type.children : undefined }))
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** Those that can be named on their own. */
function childrenOf(type) {
  const children = Object.values(type.children?.types ?? {});
  return children.filter(({ isAddressable, strategies }) => isAddressable !== false && strategies === undefined);
}

function sorted(record) {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => (left < right ? -1 : 1)));
}

function write(name, content) {
  writeFileSync(join(folder, name), `${JSON.stringify(content, null, 2)}\n`);
}

write('elements.json', describeElements());
write('registry.json', describeFiles());
