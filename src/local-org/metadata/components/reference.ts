import { problemAt, type Problem } from '../deploy/problem.js';
import { textOf, type XmlElement } from '../xml/xml-element.js';
import type { DeployContext } from './handler.js';

/**
 * Says that a child of an element names a component that is neither in the org nor in the deploy. Nothing where the child is
 * not there or empty. The form of the text is that of orgs: seen for many fields and types, assumed for the others.
 */
export function checkReference(
  element: XmlElement,
  field: string,
  type: string,
  context: DeployContext,
): readonly Problem[] {
  const name = textOf(element, field);
  if (name === undefined || context.find(type, name)) return [];
  return [problemAt(element, field, `In field: ${field} - no ${type} named ${name} found`)];
}
