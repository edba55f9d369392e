import { textOf } from '../xml/xml-element.js';
import type { DeployContext } from './handler.js';
import type { ComponentHandler } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';
import type { Problem } from '../deploy/problem.js';

export const permissionSet: ComponentHandler = {
  mirror: ({ fullName, root }, { org }) =>
    mirrorRow(org, keyOf(fullName), {
      Label: textOf(root, 'label') ?? fullName,
      Description: textOf(root, 'description') ?? null,
      IsOwnedByProfile: false,
      IsCustom: true,
      NamespacePrefix: null,
      Type: 'Regular',
    }),
  remove: (fullName, org) => removeRow(org, keyOf(fullName)),
};

/** Says which of the permission sets that a field names are not there. */
export function checkPermissionSets(
  field: string,
  names: readonly string[],
  context: DeployContext,
): readonly Problem[] {
  const rows = context.org.records.all('PermissionSet').filter(({ IsOwnedByProfile }) => IsOwnedByProfile !== true);
  return names
    .filter(
      (name) => !context.find('PermissionSet', name) && !rows.some((row) => row['Name'] === name || row.Id === name),
    )
    .map((name) => ({ problem: `In field: ${field} - no PermissionSet named ${name} found` }));
}

function keyOf(fullName: string): RowKey {
  return { object: 'PermissionSet', nameField: 'Name', fullName };
}
