/** A relationship from a row to those that point to it. */
export type ChildRelationship = {
  readonly name: string;
  readonly parent: string;
  readonly child: string;
  /** The field of the child that holds the id of the parent. */
  readonly field: string;
};

/** Names as the Object Reference has them. */
const childRelationships: readonly ChildRelationship[] = [
  { name: 'Contacts', parent: 'Account', child: 'Contact', field: 'AccountId' },
  { name: 'Assignments', parent: 'PermissionSet', child: 'PermissionSetAssignment', field: 'PermissionSetId' },
  { name: 'SetupEntityAccessItems', parent: 'PermissionSet', child: 'SetupEntityAccess', field: 'ParentId' },
  { name: 'PermissionSetAssignments', parent: 'User', child: 'PermissionSetAssignment', field: 'AssigneeId' },
  { name: 'Users', parent: 'Profile', child: 'User', field: 'ProfileId' },
];

/** The relationship of this name, whatever its case, of an object. */
export function findChildRelationship(parent: string, name: string): ChildRelationship | undefined {
  return childRelationships.find(
    (candidate) => candidate.parent === parent && candidate.name.toLowerCase() === name.toLowerCase(),
  );
}

/** The relationships of an object, as its describe lists them. */
export function childRelationshipsOf(parent: string): readonly ChildRelationship[] {
  return childRelationships.filter((candidate) => candidate.parent === parent);
}
