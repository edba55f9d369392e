import type { LocalOrg } from '../../model.js';
import { problemAt, type Problem } from '../deploy/problem.js';
import type { Candidate } from '../package/candidate.js';
import {
  childNamed,
  childrenNamed,
  isTrue,
  newElement,
  textOf,
  withChild,
  type XmlElement,
} from '../xml/xml-element.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';
import { checkValue, emptyValue, isNil, readValue, type RecordValue } from './record-value.js';

/** A record of a custom metadata type. Word for word as orgs have them: the texts about types, fields and required fields. */
export const customMetadata: ComponentHandler = {
  check({ fullName, root }, context) {
    const object = context.find('CustomObject', objectOf(fullName));
    if (!object)
      return [{ problem: `Custom metadata type ${objectOf(fullName)} is not available in this organization.` }];
    const fields = fieldsByName(object.fullName, context);
    return [...checkRequired(root, fields), ...checkLabel(root), ...checkValues(root, object.fullName, fields)];
  },

  // As an org returns it.
  complete: (candidate) =>
    childNamed(candidate.root, 'protected')
      ? candidate
      : { ...candidate, root: withChild(candidate.root, newElement('protected', 'false')) },

  mirror({ fullName, root }, context) {
    const values = new Map(childrenNamed(root, 'values').map((entry) => [textOf(entry, 'field') ?? '', entry]));
    const columns = [...fieldsByName(objectOf(fullName), context)].map(([name, field]): [string, RecordValue] => {
      const entry = values.get(name);
      return [name, entry ? readValue(entry, field) : emptyValue(field)];
    });
    const key = keyOf(fullName);
    return mirrorRow(context.org, key, {
      MasterLabel: textOf(root, 'label') ?? null,
      Label: textOf(root, 'label') ?? null,
      Language: 'en_US',
      NamespacePrefix: null,
      QualifiedApiName: key.fullName,
      ...Object.fromEntries(columns),
    });
  },

  remove: (fullName: string, org: LocalOrg) => removeRow(org, keyOf(fullName)),
};

function objectOf(fullName: string): string {
  return `${fullName.split('.')[0]}__mdt`;
}

/** Fields of an object by their name without the object's, as records name them. */
function fieldsByName(object: string, { all }: DeployContext): ReadonlyMap<string, Candidate> {
  const fields = all('CustomField').filter(({ fullName }) => fullName.startsWith(`${object}.`));
  return new Map(fields.map((field) => [field.fullName.slice(object.length + 1), field]));
}

function checkRequired(root: XmlElement, fields: ReadonlyMap<string, Candidate>): readonly Problem[] {
  const given = childrenNamed(root, 'values').filter((values) => {
    const value = childNamed(values, 'value');
    return value && !isNil(value) && value.text !== '';
  });
  const missing = [...fields]
    .filter(
      ([name, field]) => isTrue(field.root, 'required') && !given.some((entry) => textOf(entry, 'field') === name),
    )
    .map(([name]) => name);
  const names = [...(textOf(root, 'label') === undefined ? ['MasterLabel'] : []), ...missing];
  return names.length > 0 ? [problemAt(root, 'label', `Required fields are missing: [${names.join(', ')}]`)] : [];
}

/** Salesforce's limit for the label of a record; the form of the text is that of other values. */
function checkLabel(root: XmlElement): readonly Problem[] {
  const label = textOf(root, 'label') ?? '';
  if (label.length <= 40) return [];
  return [problemAt(root, 'label', `Label: data value too large: ${label} (max length=40)`)];
}

function checkValues(root: XmlElement, object: string, fields: ReadonlyMap<string, Candidate>): readonly Problem[] {
  return childrenNamed(root, 'values').flatMap((values, index, entries) => {
    const name = textOf(values, 'field') ?? '';
    const field = fields.get(name);
    if (!field) return [problemAt(values, 'field', `${object}: could not find fields: ${name}`)];
    const isRepeated = entries.slice(0, index).some((entry) => textOf(entry, 'field') === name);
    // The text is an assumption.
    if (isRepeated) return [problemAt(values, 'field', `Duplicate field: ${name}`)];
    return checkValue(values, field);
  });
}

function keyOf(fullName: string): RowKey {
  const [, recordName = ''] = fullName.split('.');
  return { object: objectOf(fullName), nameField: 'DeveloperName', fullName: recordName };
}
