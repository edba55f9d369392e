import type { Problem } from '../deploy/problem.js';
import { metadataNamespace, type XmlElement } from '../xml/xml-element.js';
import { wsdlEnums, wsdlTypes } from './wsdl-types.js';

type Field = { readonly type: string; readonly required: boolean; readonly repeats: boolean };

const simpleTypes: Readonly<Record<string, RegExp>> = {
  boolean: /^(?:true|false|0|1)$/,
  number: /^[+-]?\d+(?:\.\d+)?$/,
  Date: /^-?\d{4,}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/,
};

const simpleTypeNames: Readonly<Record<string, string>> = {
  boolean: 'xsd:boolean',
  number: 'xsd:double',
  Date: 'xsd:dateTime',
};

/** Whether the elements of a type are known; those of other types are kept unseen. */
export function isTypeKnown(type: string): boolean {
  return wsdlTypes[type] !== undefined;
}

/** Compares a component with its type in the WSDL: unknown, repeated, scattered and missing elements, wrong values. */
export function checkWsdl(root: XmlElement, type: string): readonly Problem[] {
  return checkElement(root, type);
}

function checkElement(element: XmlElement, type: string): readonly Problem[] {
  const fields = new Map(fieldsOf(type));
  const problems = element.children.flatMap((child, index) =>
    checkChild(child, fields.get(child.name), type, element.children.slice(0, index)),
  );
  const missing = [...fields]
    .filter(([name, { required }]) => required && !element.children.some((child) => child.name === name))
    .map(([name]) => at(element, `Required field is missing: ${name}`));
  return [...stray(element), ...problems, ...missing];
}

function checkChild(
  child: XmlElement,
  field: Field | undefined,
  type: string,
  before: readonly XmlElement[],
): readonly Problem[] {
  const qualified = `{${child.namespace}}${child.name}`;
  if (!field || child.namespace !== metadataNamespace) {
    return [at(child, `Error parsing file: Element ${qualified} invalid at this location in type ${type}`)];
  }
  const seen = before.some(({ name }) => name === child.name);
  // Repeated elements have to follow one another: the reader of an org takes a second group for a duplicate.
  if (seen && (!field.repeats || before.at(-1)?.name !== child.name)) {
    return [at(child, `Error parsing file: Element ${child.name} is duplicated at this location in type ${type}`)];
  }
  if (wsdlTypes[field.type] !== undefined) return checkElement(child, field.type);
  if (child.children[0] && field.type !== 'any') {
    const inner = child.children[0];
    const name = `{${inner.namespace}}${inner.name}`;
    return [at(inner, `Error parsing file: Unexpected element ${name} during simple type deserialization`)];
  }
  return checkValue(child, field.type);
}

function checkValue(element: XmlElement, type: string): readonly Problem[] {
  const value = element.text.trim();
  const values = wsdlEnums[type]?.split(' ');
  if (values && !values.includes(value)) {
    return [at(element, `Error parsing file: '${value}' is not a valid value for the enum '${type}'`)];
  }
  const pattern = simpleTypes[type];
  if (!pattern || pattern.test(value)) return [];
  return [at(element, `Error parsing file: '${value}' is not valid for the type ${simpleTypeNames[type]}`)];
}

function stray(element: XmlElement): readonly Problem[] {
  return element.text.trim() === '' ? [] : [at(element, `Error parsing file: Unexpected text in ${element.name}`)];
}

function fieldsOf(type: string): readonly (readonly [string, Field])[] {
  return (wsdlTypes[type] ?? '').split(' ').flatMap((declaration) => {
    const [, name, mark, fieldType] = /^(\w+)([?*]?):(\w+)$/.exec(declaration) ?? [];
    if (name === undefined || fieldType === undefined) return [];
    return [[name, { type: fieldType, required: mark === '', repeats: mark === '*' }] as const];
  });
}

function at({ line, column }: XmlElement, problem: string): Problem {
  return { problem, line, column };
}
