import { isTrue, textOf } from '../xml/xml-element.js';
import type { ComponentHandler } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';

/** A partition of Platform Cache: something to name and to find. A local org runs no Apex that could put anything in. */
export const cachePartition: ComponentHandler = {
  mirror: ({ fullName, root }, { org }) =>
    mirrorRow(org, keyOf(fullName), {
      MasterLabel: textOf(root, 'masterLabel') ?? fullName,
      Description: textOf(root, 'description') ?? null,
      IsDefaultPartition: isTrue(root, 'isDefaultPartition'),
      Language: 'en_US',
      NamespacePrefix: null,
    }),
  remove: (fullName, org) => removeRow(org, keyOf(fullName)),
};

function keyOf(fullName: string): RowKey {
  return { object: 'PlatformCachePartition', nameField: 'DeveloperName', fullName };
}
