import type { LocalOrg, SObjectRecord, StoredComponent } from '../../model.js';
import { openStored } from '../package/candidate.js';
import { filePath } from '../metadata-types.js';

/** `FileProperties` of the Metadata API: a component in a list, or a file in a retrieve. */
export type FileProperties = Readonly<Record<string, string>>;

/** @param prefix The package's folder in the zip, empty or ending in `/` */
export function filePropertiesOf(org: LocalOrg, stored: StoredComponent, prefix = ''): FileProperties {
  const { type } = openStored(stored);
  const author = authorOf(org);
  return {
    createdById: author.id,
    createdByName: author.name,
    createdDate: new Date(stored.createdAt).toISOString(),
    fileName: prefix + filePath(type, stored.fullName),
    fullName: stored.fullName,
    id: stored.id,
    lastModifiedById: author.id,
    lastModifiedByName: author.name,
    lastModifiedDate: new Date(stored.lastModifiedAt).toISOString(),
    manageableState: 'unmanaged',
    type: stored.type,
  };
}

/** A local org does not keep who deployed what: its administrator has. */
export function authorOf(org: LocalOrg): { readonly id: string; readonly name: string } {
  const [administrator] = org.records.all('User');
  return { id: administrator?.Id ?? '', name: userName(administrator) };
}

/** Full name of a user, empty where there is no such user. */
export function userName(user: SObjectRecord | undefined): string {
  const name = user?.['Name'];
  return typeof name === 'string' ? name : '';
}
