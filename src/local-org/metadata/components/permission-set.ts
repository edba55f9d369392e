import { isSameName, nameKey } from '../../store/names.js';
import { problemAt, problemOf, type Problem } from '../deploy/problem.js';
import { childrenNamed, textOf, type XmlElement } from '../xml/xml-element.js';
import { principalsOf } from './external-credential.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';
import { checkClasses } from './access.js';

export const permissionSet: ComponentHandler = {
  check({ root }, context) {
    const classes = childrenNamed(root, 'classAccesses');
    const principals = childrenNamed(root, 'externalCredentialPrincipalAccesses');
    return [
      ...checkRepeated(classes, 'apexClass'),
      ...checkClasses(root, context),
      ...checkRepeated(principals, 'externalCredentialPrincipal'),
      ...principals.flatMap((access) => checkPrincipal(access, context)),
    ];
  },
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

/** The text is an assumption. */
function checkRepeated(accesses: readonly XmlElement[], field: string): readonly Problem[] {
  const names = accesses.map((access) => nameKey(textOf(access, field) ?? ''));
  return accesses.flatMap((access, index) =>
    names.indexOf(names[index] ?? '') === index
      ? []
      : [problemAt(access, field, `Duplicate ${field}: ${textOf(access, field)}`)],
  );
}

/**
 * A principal is named `<credential>-<principal>`, as permission sets of orgs have it. The form of the text is the usual one;
 * that it calls the thing an ExternalCredentialParameter, as SetupEntityAccess does, is an assumption.
 */
function checkPrincipal(access: XmlElement, { find }: DeployContext): readonly Problem[] {
  const field = 'externalCredentialPrincipal';
  const name = textOf(access, field) ?? '';
  // Neither of the two names can have a hyphen.
  const [credential = '', principal = '', ...more] = name.split('-');
  const found = find('ExternalCredential', credential);
  if (found && more.length === 0 && principalsOf(found.root).some((known) => isSameName(known, principal))) return [];
  return [problemAt(access, field, `In field: ${field} - no ExternalCredentialParameter named ${name} found`)];
}

/** Says which of the permission sets that an app names in a field, several in one or one in each, are not there. */
export function checkPermissionSets(
  root: XmlElement,
  field: string,
  names: readonly string[],
  context: DeployContext,
): readonly Problem[] {
  const rows = context.org.records.all('PermissionSet').filter(({ IsOwnedByProfile }) => IsOwnedByProfile !== true);
  return names
    .filter(
      (name) =>
        !context.find('PermissionSet', name) &&
        !rows.some((row) => isSameName(String(row['Name']), name) || row.Id === name),
    )
    .map((name) => {
      const element = childrenNamed(root, field).find(({ text }) => text.trim() === name);
      const problem = `In field: ${field} - no PermissionSet named ${name} found`;
      return element ? problemOf(element, problem) : problemAt(root, field, problem);
    });
}

function keyOf(fullName: string): RowKey {
  return { object: 'PermissionSet', nameField: 'Name', fullName };
}
