/** An element of a parsed document. Mixed content is not metadata: `text` is all text directly inside the element. */
export type XmlElement = {
  /** Local name, without a prefix. */
  readonly name: string;
  readonly namespace: string;
  /** Attributes of XML Schema, `type` and `nil`, by local name; no others have a meaning in metadata. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
  /** Where its start tag ends, counted from 1. */
  readonly line: number;
  readonly column: number;
};

export const metadataNamespace = 'http://soap.sforce.com/2006/04/metadata';
export const instanceNamespace = 'http://www.w3.org/2001/XMLSchema-instance';
export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema';

/** A new element of the metadata namespace that stands in no file. */
export function newElement(name: string, content: string | readonly XmlElement[]): XmlElement {
  const isText = typeof content === 'string';
  return {
    name,
    namespace: metadataNamespace,
    attributes: {},
    children: isText ? [] : content,
    text: isText ? content : '',
    line: 1,
    column: 1,
  };
}

export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

export function childNamed(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

/** Text of a child without the white space around it, or undefined where the child is not there or empty. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const text = childNamed(element, name)?.text.trim();
  return text === '' ? undefined : text;
}

/** Texts of all children of a name. */
export function textsOf(element: XmlElement, name: string): readonly string[] {
  return childrenNamed(element, name).map(({ text }) => text.trim());
}

/** The names that a child lists, with commas between them. */
export function listedIn(element: XmlElement, name: string): readonly string[] {
  return (textOf(element, name) ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

export function isTrue(element: XmlElement, name: string): boolean {
  return ['true', '1'].includes(textOf(element, name) ?? '');
}

/** The element without its children of these names. */
export function without(element: XmlElement, ...names: readonly string[]): XmlElement {
  return { ...element, children: element.children.filter(({ name }) => !names.includes(name)) };
}

/** The element with one child of this name: in the place of the first one there was, else where the alphabet puts it. */
export function withChild(element: XmlElement, child: XmlElement): XmlElement {
  const at = element.children.findIndex(({ name }) => name === child.name);
  const rest = without(element, child.name).children;
  const sorted = rest.findIndex(({ name }) => name > child.name);
  const place = at >= 0 ? at : sorted >= 0 ? sorted : rest.length;
  return { ...element, children: [...rest.slice(0, place), child, ...rest.slice(place)] };
}
