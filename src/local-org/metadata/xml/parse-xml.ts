import { SaxesParser } from 'saxes';
import { instanceNamespace, schemaNamespace, type XmlElement } from './xml-element.js';

export type XmlFault = { readonly message: string; readonly line: number; readonly column: number };

export type ParsedXml =
  { readonly kind: 'document'; readonly root: XmlElement } | { readonly kind: 'fault'; readonly fault: XmlFault };

/** Metadata nests five levels deep; far more is an attack on whoever walks the tree. */
const maxDepth = 50;

/** How many elements may still be read: those of all documents that come together take from one budget. */
export type ElementBudget = { left: number };

/** A package of 39 MB can hold so many elements that they would fill the memory of any machine. */
export const maxElements = 1_000_000;

type OpenElement = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & { children: XmlElement[] };

/**
 * Parses an XML document. A document type declaration is refused, as Salesforce does, so that there are no entities but
 * the five of XML itself and nothing is ever expanded or fetched.
 */
export function parseXml(source: string | Uint8Array, budget: ElementBudget = { left: maxElements }): ParsedXml {
  const text = typeof source === 'string' ? source : decodeUtf8(source);
  if (text === undefined) return fault('Invalid byte in a UTF-8 sequence.', 1, 1);
  const parser = new SaxesParser({ xmlns: true, position: true });
  const stop = (message: string): never => {
    throw new XmlStop({ message, line: parser.line, column: parser.column + 1 });
  };
  const tree = collectElements(parser, stop, budget);
  parser.on('doctype', () => stop('A document type declaration is not allowed.'));
  parser.on('error', (error) => stop(error.message.replace(/^\d+:\d+: /, '')));
  try {
    parser.write(text).close();
  } catch (error) {
    if (error instanceof XmlStop) return { kind: 'fault', fault: error.fault };
    throw error;
  }
  const root = tree.root();
  return root ? { kind: 'document', root } : fault('Premature end of file.', 1, 1);
}

function collectElements(
  parser: SaxesParser<{ xmlns: true; position: true }>,
  stop: (message: string) => never,
  budget: ElementBudget,
): { readonly root: () => XmlElement | undefined } {
  const open: OpenElement[] = [];
  let root: XmlElement | undefined;
  parser.on('opentag', (tag) => {
    const element: OpenElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes: Object.fromEntries(
        Object.values(tag.attributes)
          .filter(({ uri }) => uri === instanceNamespace)
          .map(({ local, value }) => [local, local === 'type' ? plainTypeName(parser, value, stop) : value]),
      ),
      children: [],
      text: '',
      line: parser.line,
      column: parser.column + 1,
    };
    if (open.length >= maxDepth) stop(`Elements are nested more than ${maxDepth} levels deep.`);
    budget.left -= 1;
    if (budget.left < 0) stop(`A local org reads at most ${maxElements} elements at a time.`);
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  const addText = (text: string): void => {
    const element = open.at(-1);
    if (element) element.text += text;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  return { root: () => root };
}

/**
 * The value of an `xsi:type`, with the usual prefix for types of XML Schema. One whose prefix is declared nowhere is
 * refused: orgs fail such a deploy with an UNKNOWN_EXCEPTION that names nothing (seen in the field).
 */
function plainTypeName(
  parser: SaxesParser<{ xmlns: true; position: true }>,
  value: string,
  stop: (message: string) => never,
): string {
  const [, prefix, name] = /^([^:]+):(.*)$/.exec(value.trim()) ?? [];
  if (prefix === undefined) return value;
  const namespace = parser.resolve(prefix);
  if (namespace === undefined) return stop(`The prefix ${prefix} of xsi:type="${value}" is not declared.`);
  return namespace === schemaNamespace ? `xsd:${name}` : value;
}

class XmlStop extends Error {
  public constructor(public readonly fault: XmlFault) {
    super(fault.message);
  }
}

function fault(message: string, line: number, column: number): ParsedXml {
  return { kind: 'fault', fault: { message, line, column } };
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
