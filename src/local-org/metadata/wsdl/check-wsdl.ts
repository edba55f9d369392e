import type { Problem } from '../deploy/problem.js';
import { fieldsOfType, valuesOfEnum, type Field } from '../types/elements.js';
import { metadataNamespace, type XmlElement } from '../xml/xml-element.js';

const simpleTypes: Readonly<Record<string, RegExp>> = {
  boolean: /^(?:true|false|0|1)$/,
  number: /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[Ee][+-]?\d+)?|-?INF|NaN)$/,
  // A day or a moment: the types tell nobody which of the two it has to be.
  Date: /^-?\d{4,}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?$/,
};

/** What the types do not say: seen in the field, a bare date is refused here. */
const moments: ReadonlySet<string> = new Set(['Certificate.expirationDate']);

/** A text to the WSDL, elements in a file. */
const unjudged: ReadonlySet<string> = new Set(['LightningComponentBundle.targetConfigs']);

const simpleTypeNames: Readonly<Record<string, string>> = {
  boolean: 'xsd:boolean',
  number: 'xsd:double',
  Date: 'xsd:dateTime',
};

/** A file of another type altogether has as many faults as elements. */
const maxProblems = 100;

/** Whether the elements of a type are known; those of other types are kept unseen. */
export function isTypeKnown(type: string): boolean {
  return fieldsOfType(type) !== undefined;
}

/** Compares a component with its type in the WSDL: unknown, repeated, scattered and missing elements, wrong values. */
export function checkWsdl(root: XmlElement, type: string): readonly Problem[] {
  const problems: Problem[] = [];
  checkElement(root, type, problems);
  return problems.slice(0, maxProblems);
}

function checkElement(element: XmlElement, type: string, problems: Problem[]): void {
  const fields = fieldsOfType(type);
  if (!fields) return;
  if (element.text.trim() !== '') problems.push(at(element, `Error parsing file: Unexpected text in ${element.name}`));
  const seen = new Set<string>();
  let previous = '';
  for (const child of element.children) {
    if (problems.length >= maxProblems) return;
    const field = child.namespace === metadataNamespace ? fields.get(child.name) : undefined;
    if (!field) problems.push(unknownElement(child, type));
    // Repeated elements have to follow one another: the reader of an org takes a second group for a duplicate.
    else if (seen.has(child.name) && !(field.repeats && previous === child.name))
      problems.push(duplicateElement(child, type));
    else checkContent(child, field, type, problems);
    seen.add(child.name);
    previous = child.name;
  }
  problems.push(...missing(element, fields, seen));
}

function missing(
  element: XmlElement,
  fields: ReadonlyMap<string, Field>,
  seen: ReadonlySet<string>,
): readonly Problem[] {
  return [...fields]
    .filter(([name, { required }]) => required && !seen.has(name))
    .map(([name]) => at(element, `Required field is missing: ${name}`));
}

function unknownElement(child: XmlElement, type: string): Problem {
  return at(child, `Error parsing file: Element ${qualified(child)} invalid at this location in type ${type}`);
}

function duplicateElement(child: XmlElement, type: string): Problem {
  return at(child, `Error parsing file: Element ${child.name} is duplicated at this location in type ${type}`);
}

function checkContent(child: XmlElement, field: Field, owner: string, problems: Problem[]): void {
  const path = `${owner}.${child.name}`;
  if (unjudged.has(path) || field.type === 'any') return;
  if (isTypeKnown(field.type)) return checkElement(child, field.type, problems);
  const [inner] = child.children;
  const problem = inner
    ? at(inner, `Error parsing file: Unexpected element ${qualified(inner)} during simple type deserialization`)
    : checkValue(child, field.type, moments.has(path));
  if (problem) problems.push(problem);
}

function checkValue(element: XmlElement, type: string, isMoment: boolean): Problem | undefined {
  const value = element.text.trim();
  const values = valuesOfEnum(type);
  if (values && !values.has(value)) {
    return at(element, `Error parsing file: '${value}' is not a valid value for the enum '${type}'`);
  }
  const pattern = simpleTypes[type];
  if (!pattern || (pattern.test(value) && (!isMoment || value.includes('T')))) return undefined;
  return at(element, `Error parsing file: '${value}' is not valid for the type ${simpleTypeNames[type]}`);
}

function qualified({ namespace, name }: XmlElement): string {
  return `{${namespace}}${name}`;
}

function at({ line, column }: XmlElement, problem: string): Problem {
  return { problem, line, column };
}
