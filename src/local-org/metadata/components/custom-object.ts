import type { LocalOrg } from '../../model.js';
import { problemAt, type Problem } from '../deploy/problem.js';
import { textOf, type XmlElement } from '../xml/xml-element.js';
import { customMetadata } from './custom-metadata.js';
import type { ComponentHandler } from './handler.js';
import { fieldsOf } from './object-fields.js';

const suffix = '__mdt';

/** What orgs refuse on a custom metadata type, in these words (seen in the field). */
const forbidden = new Set([
  'deploymentStatus',
  'enableActivities',
  'enableHistory',
  'enableReports',
  'enableSearch',
  'nameField',
  'sharingModel',
]);

const kept = new Set(['description', 'fullName', 'gender', 'label', 'pluralLabel', 'startsWith', 'visibility']);

/** A local org keeps custom metadata types, and no other objects. Fields are components of their own. */
export const customObject: ComponentHandler = {
  check({ fullName, root }) {
    // Not a text of Salesforce's: a limit of local orgs.
    if (!fullName.endsWith(suffix))
      return [{ problem: `A local org keeps no objects but custom metadata types, whose names end in ${suffix}` }];
    return [...checkLabels(root), ...root.children.flatMap(checkChild)];
  },

  remove(fullName, org) {
    for (const field of fieldsOf(org, fullName)) org.components.delete('CustomField', field.fullName);
    for (const record of recordsOf(org, fullName)) {
      customMetadata.remove?.(record, org);
      org.components.delete('CustomMetadata', record);
    }
  },
};

/** The text about the plural is seen in the field; assumption: there is the same one about the singular. */
function checkLabels(root: XmlElement): readonly Problem[] {
  return [
    ...(textOf(root, 'label') === undefined
      ? [problemAt(root, 'label', 'Must specify a non-empty label for the CustomObject')]
      : []),
    ...(textOf(root, 'pluralLabel') === undefined
      ? [problemAt(root, 'pluralLabel', 'Must specify a non-empty plural label for the CustomObject')]
      : []),
  ];
}

function checkChild({ name, line, column }: XmlElement): readonly Problem[] {
  if (kept.has(name)) return [];
  const problem = forbidden.has(name)
    ? `Cannot specify: ${name} for Custom Metadata Type`
    : `A local org does not keep ${name} of a custom metadata type`;
  return [{ problem, line, column }];
}

function recordsOf(org: LocalOrg, object: string): readonly string[] {
  const prefix = `${object.slice(0, -suffix.length)}.`;
  return org.components
    .all('CustomMetadata')
    .map(({ fullName }) => fullName)
    .filter((fullName) => fullName.startsWith(prefix));
}
