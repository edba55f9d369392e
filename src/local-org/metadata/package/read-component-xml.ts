import type { Problem } from '../deploy/problem.js';
import { rootName, type MetadataType } from '../metadata-types.js';
import { checkWsdl, isTypeKnown } from '../wsdl/check-wsdl.js';
import { parseXml, type ElementBudget } from '../xml/parse-xml.js';
import { metadataNamespace, type XmlElement } from '../xml/xml-element.js';

type ReadComponent =
  | { readonly kind: 'root'; readonly root: XmlElement }
  | { readonly kind: 'problems'; readonly problems: readonly Problem[] };

/** Reads the XML of a component, and holds it against its type. */
export function readComponentXml(
  type: MetadataType,
  fullName: string,
  xml: Uint8Array,
  budget: ElementBudget,
): ReadComponent {
  const parsed = parseXml(xml, budget);
  if (parsed.kind === 'fault') {
    const { message, line, column } = parsed.fault;
    return { kind: 'problems', problems: [{ problem: `Error parsing file: ${message}`, line, column }] };
  }
  const { root } = parsed;
  const expected = rootName(type, fullName);
  if (root.name !== expected || root.namespace !== metadataNamespace) {
    const seen = `{${root.namespace}}${root.name}`;
    const problem = `Error parsing file: Root element ${seen} is not ${expected} of the namespace ${metadataNamespace}`;
    return { kind: 'problems', problems: [{ problem, line: root.line, column: root.column }] };
  }
  const problems = isTypeKnown(expected) ? checkWsdl(root, expected) : [];
  return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'root', root };
}
