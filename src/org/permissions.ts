/** Permissions by their names in Setup, by what a user wants to do. */
export const permissions = {
  /** Object Reference, User and PermissionSetAssignment; Salesforce Help, "API Enabled". */
  read: 'API Enabled, and View Setup and Configuration',
  /** Metadata API Developer Guide, "Modify Metadata Through Metadata API Functions"; Apex needs Author Apex besides. */
  deploy: 'Modify Metadata Through Metadata API Functions (or Modify All Data), Customize Application and Author Apex',
  /** Object Reference, PermissionSetAssignment. */
  assign: 'Assign Permission Sets',
  /** Apex Developer Guide, "Anonymous Blocks"; Tooling API, executeAnonymous. */
  runApex: 'API Enabled and Author Apex',
} as const;

export type Permission = (typeof permissions)[keyof typeof permissions];

/**
 * How orgs say that a user lacks a permission, and which it is; undefined for the one that the request needs.
 *
 * Seen: `API_DISABLED_FOR_ORG: The REST API is not enabled for this Organization` (restforce#219, salesforcedx-vscode#2387),
 * `API is disabled for this User` (jetstream#461), `use of the Metadata API requires a user with the ModifyAllData or
 * ModifyMetadata permissions` (forcedotcom/cli#3048). The codes are of the SOAP API Developer Guide, StatusCode.
 */
const wordings: readonly { readonly pattern: RegExp; readonly permission?: string }[] = [
  {
    pattern: /API_DISABLED_FOR_ORG|API_CURRENTLY_DISABLED|API is (?:disabled|not enabled)/i,
    permission: 'API Enabled',
  },
  { pattern: /ModifyAllData|ModifyMetadata/, permission: permissions.deploy },
  { pattern: /INSUFFICIENT_ACCESS|insufficient access|insufficient privileges|NoAccessException/i },
  // An object that a user may not see is none for that user.
  { pattern: /sObject type '\w+' is not supported/ },
];

/** The permission that an org misses in a user, where its words say that it misses one. */
export function missingPermission(text: string, needed: Permission): string | undefined {
  const wording = wordings.find(({ pattern }) => pattern.test(text));
  return wording && (wording.permission ?? needed);
}
