import type { LocalOrg, StoredComponent } from '../../model.js';
import { isSameName } from '../../store/names.js';
import { openStored, toFiles, type Candidate } from '../package/candidate.js';
import { textOf } from '../xml/xml-element.js';
import type { DeployContext } from './handler.js';
import { emptyValue } from './record-value.js';

/** Gives the rows of records that were there before a field the value that an empty field has. It has no row of its own. */
export function addToRecords(field: Candidate, { org }: DeployContext): undefined {
  const [object = '', name = ''] = field.fullName.split('.');
  for (const row of org.records.all(object)) {
    if (row[name] === undefined) org.records.update(object, row.Id, { [name]: emptyValue(field) });
  }
  return undefined;
}

/** Takes the values of a deleted field out of the records and their rows: they could not be deployed again with them. */
export function removeFromRecords(fullName: string, org: LocalOrg): void {
  const [object = '', name = ''] = fullName.split('.');
  for (const row of org.records.all(object)) org.records.update(object, row.Id, { [name]: undefined });
  const prefix = `${object.replace(/__mdt$/, '')}.`;
  org.components
    .all('CustomMetadata')
    .filter((record) => record.fullName.startsWith(prefix))
    .forEach((record) => org.components.put(withoutValue(record, name, org.now())));
}

function withoutValue(record: StoredComponent, field: string, now: number): StoredComponent {
  const opened = openStored(record);
  const children = opened.root.children.filter(
    (child) => child.name !== 'values' || !isSameName(textOf(child, 'field') ?? '', field),
  );
  if (children.length === opened.root.children.length) return record;
  return { ...record, files: toFiles({ ...opened, root: { ...opened.root, children } }), lastModifiedAt: now };
}
