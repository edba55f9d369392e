import type { LocalOrg } from '../../model.js';
import { problemAt, type Problem } from '../deploy/problem.js';
import { childTypesOf } from '../metadata-types.js';
import { childNamed, textOf, type XmlElement } from '../xml/xml-element.js';
import { isCustomMetadataType } from './custom-object-kind.js';
import { customMetadata } from './custom-metadata.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { partsOf } from './parts.js';

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

/** A local org has records of custom metadata types only. All other objects are kept as they come. */
export const customObject: ComponentHandler = {
  check({ fullName, root }, context) {
    if (isCustomMetadataType(fullName)) return [...checkLabels(root), ...root.children.flatMap(checkChild)];
    return isNewCustomObject(fullName, context) ? [...checkLabels(root), ...checkNameField(fullName, root)] : [];
  },

  remove(fullName, org) {
    for (const { name } of childTypesOf('CustomObject')) {
      for (const part of partsOf(org, 'CustomObject', fullName, name)) org.components.delete(name, part.fullName);
    }
    if (!isCustomMetadataType(fullName)) return;
    for (const record of recordsOf(org, fullName)) {
      customMetadata.remove?.(record, org);
      org.components.delete('CustomMetadata', record);
    }
  },
};

/** Whether an object has to be made: one that is standard, or there already, may be deployed in part. */
function isNewCustomObject(fullName: string, { find }: DeployContext): boolean {
  return fullName.includes('__') && !find('CustomObject', fullName);
}

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

/** Metadata API Developer Guide, CustomObject: a custom object has a name field, a custom setting has none. */
function checkNameField(fullName: string, root: XmlElement): readonly Problem[] {
  const hasOwnKind = ['customSettingsType', 'externalDataSource'];
  if (!fullName.endsWith('__c') || childNamed(root, 'nameField') || hasOwnKind.some((name) => childNamed(root, name)))
    return [];
  return [problemAt(root, 'nameField', 'Must specify a nameField of type Text or AutoNumber')];
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
