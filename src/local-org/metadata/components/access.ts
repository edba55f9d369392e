import type { Problem } from '../deploy/problem.js';
import { childrenNamed, type XmlElement } from '../xml/xml-element.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { checkReference } from './reference.js';

/** A profile is kept as it comes, but for what it says of classes. */
export const profile: ComponentHandler = {
  check: ({ root }, context) => checkClasses(root, context),
};

/** A group names the permission sets that are in it. */
export const permissionSetGroup: ComponentHandler = {
  check: ({ root }, context) =>
    childrenNamed(root, 'permissionSets').flatMap((element) =>
      checkReference({ ...root, children: [element] }, 'permissionSets', 'PermissionSet', context),
    ),
};

/** Says which classes that an access names are not there. */
export function checkClasses(root: XmlElement, context: DeployContext): readonly Problem[] {
  return childrenNamed(root, 'classAccesses').flatMap((access) =>
    checkReference(access, 'apexClass', 'ApexClass', context),
  );
}
