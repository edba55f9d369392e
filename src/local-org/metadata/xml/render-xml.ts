import { instanceNamespace, metadataNamespace, schemaNamespace, type XmlElement } from './xml-element.js';

/** A metadata file as orgs write it: declaration, four spaces a level, a line feed at the end. */
export function renderDocument(root: XmlElement): string {
  const namespaces = [
    `xmlns="${metadataNamespace}"`,
    ...(hasAttributes(root) ? [`xmlns:xsd="${schemaNamespace}"`, `xmlns:xsi="${instanceNamespace}"`] : []),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderElement(root, '', namespaces)}\n`;
}

/** Children and text of an element on one line, as a SOAP answer holds them. */
export function renderInner(element: XmlElement): string {
  if (element.children.length === 0) return escapeXml(element.text);
  return element.children
    .map((child) => `<${child.name}${attributesOf(child)}>${renderInner(child)}</${child.name}>`)
    .join('');
}

/** Escapes text for an element or an attribute. */
export function escapeXml(text: string): string {
  return text.replace(/[&<>"'\r]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\r': '&#13;',
};

function renderElement(element: XmlElement, indent: string, namespaces: readonly string[] = []): string {
  const declarations = namespaces.map((namespace) => ` ${namespace}`).join('');
  const start = `${indent}<${element.name}${declarations}${attributesOf(element)}`;
  if (element.children.length === 0) {
    return element.text === '' ? `${start}/>` : `${start}>${escapeXml(element.text)}</${element.name}>`;
  }
  const inner = element.children.map((child) => renderElement(child, `${indent}    `)).join('\n');
  return `${start}>\n${inner}\n${indent}</${element.name}>`;
}

/** The only attributes of metadata are `xsi:type` and `xsi:nil` of values without a type of their own. */
function attributesOf({ attributes }: XmlElement): string {
  return ['type', 'nil']
    .flatMap((name) => (attributes[name] === undefined ? [] : [` xsi:${name}="${escapeXml(attributes[name])}"`]))
    .join('');
}

function hasAttributes(element: XmlElement): boolean {
  return attributesOf(element) !== '' || element.children.some(hasAttributes);
}
