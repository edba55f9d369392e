/** Field types as a describe names them. */
export type FieldType =
  'id' | 'string' | 'textarea' | 'boolean' | 'int' | 'double' | 'datetime' | 'reference' | 'email';

export type SObjectField = {
  readonly name: string;
  readonly type: FieldType;
  /** For references: the object, the relationship name, and whether this row goes when that one is deleted. */
  readonly reference?: { readonly object: string; readonly relationship: string; readonly cascade: boolean };
  readonly required: boolean;
};

export type SObject = {
  readonly name: string;
  readonly keyPrefix: string;
  readonly fields: readonly SObjectField[];
  /** Only the Tooling API knows it, as Salesforce has it for `Certificate`. */
  readonly toolingOnly: boolean;
  /** Whether the REST API may insert, update and delete rows, or update them only; others change through deploys. */
  readonly writable: boolean | 'update';
  /** Fields that no two rows share together. */
  readonly unique: readonly string[];
};

type Options = Partial<Pick<SObject, 'toolingOnly' | 'writable' | 'unique'>>;

const auditFields = [
  'CreatedDate:datetime',
  'CreatedById>User.CreatedBy',
  'LastModifiedDate:datetime',
  'LastModifiedById>User.LastModifiedBy',
  'SystemModstamp:datetime',
];

/** Fields that no request sets. */
export const setByTheOrg: ReadonlySet<string> = new Set([
  'Id',
  'CreatedDate',
  'CreatedById',
  'LastModifiedDate',
  'LastModifiedById',
  'SystemModstamp',
]);

/**
 * The objects that a local org knows: those that setup, verification and the `sf` CLI ask for. `ScratchOrgInfo`,
 * `SandboxProcess` and `SourceMember` are left out on purpose: that is how an org says that it is no Dev Hub, has no
 * sandboxes and does not track source.
 *
 * A field is `Name:type`, `!` behind it where an insert needs it; a reference is `Name>Object.Relationship`, `*` behind it
 * where rows go with the row they point to.
 */
const table: readonly SObject[] = [
  object(
    'Organization',
    '00D',
    'Name InstanceName IsSandbox:boolean TrialExpirationDate:datetime NamespacePrefix OrganizationType LanguageLocaleKey',
  ),
  object('Profile', '00e', 'Name Description UserType'),
  object(
    'User',
    '005',
    'Username! FirstName LastName! Name Email:email! Alias! IsActive:boolean ProfileId>Profile.Profile! UserType TimeZoneSidKey LocaleSidKey LanguageLocaleKey EmailEncodingKey FederationIdentifier',
    { writable: true, unique: ['Username'] },
  ),
  object('UserLogin', '0Yw', 'UserId>User.User!* IsFrozen:boolean IsPasswordLocked:boolean', { writable: 'update' }),
  object('OauthToken', '0CI', 'AppName UserId>User.User!* UseCount:int'),
  object(
    'PermissionSet',
    '0PS',
    'Name! Label! Description:textarea IsOwnedByProfile:boolean ProfileId>Profile.Profile NamespacePrefix IsCustom:boolean Type',
    { writable: true, unique: ['Name'] },
  ),
  object(
    'PermissionSetAssignment',
    '0Pa',
    'AssigneeId>User.Assignee!* PermissionSetId>PermissionSet.PermissionSet!* PermissionSetGroupId IsActive:boolean ExpirationDate:datetime',
    { writable: true, unique: ['AssigneeId', 'PermissionSetId'] },
  ),
  object('SetupEntityAccess', '0J0', 'ParentId>PermissionSet.Parent!* SetupEntityId! SetupEntityType', {
    writable: true,
    unique: ['ParentId', 'SetupEntityId'],
  }),
  object('ConnectedApplication', '0H4', 'Name OptionsAllowAdminApprovedUsersOnly:boolean'),
  object('ExternalClientApplication', '0xI', 'DeveloperName MasterLabel Language NamespacePrefix'),
  object(
    'ApexClass',
    '01p',
    'Name Body:textarea Status ApiVersion:double NamespacePrefix IsValid:boolean LengthWithoutComments:int',
  ),
  object(
    'Certificate',
    '0P1',
    'DeveloperName MasterLabel KeySize:int ExpirationDate:datetime CertificateChain:textarea OptionsIsPrivateKeyExportable:boolean OptionsIsCaSigned:boolean',
    { toolingOnly: true },
  ),
  object(
    'DeployRequest',
    '0Af',
    'Status StartDate:datetime CompletedDate:datetime CheckOnly:boolean ErrorMessage ErrorStatusCode NumberComponentsDeployed:int NumberComponentErrors:int NumberComponentsTotal:int',
    { toolingOnly: true },
  ),
  object(
    'PlatformCachePartition',
    '0Er',
    'DeveloperName MasterLabel Description IsDefaultPartition:boolean Language NamespacePrefix',
    { toolingOnly: true },
  ),
  object('AsyncApexJob', '707', 'Status JobType ApexClassId>ApexClass.ApexClass NumberOfErrors:int'),
  object(
    'ApexTestRunResult',
    '05m',
    'AsyncApexJobId>AsyncApexJob.AsyncApexJob Status StartTime:datetime EndTime:datetime TestTime:int UserId>User.User',
  ),
  object('ApexTestQueueItem', '709', 'Status ApexClassId>ApexClass.ApexClass ParentJobId'),
  object(
    'ApexTestResult',
    '07M',
    'Outcome MethodName Message StackTrace ApexClassId>ApexClass.ApexClass AsyncApexJobId>AsyncApexJob.AsyncApexJob',
  ),
  object(
    'ApexLog',
    '07L',
    'LogLength:int Operation Status Request Application Location LogUserId>User.LogUser StartTime:datetime DurationMilliseconds:int',
  ),
  object('Account', '001', 'Name! Description:textarea Phone Website', { writable: true }),
  object('Contact', '003', 'FirstName LastName! Name Email:email Phone AccountId>Account.Account', { writable: true }),
];

const byName = new Map(table.map((entry) => [entry.name.toLowerCase(), entry]));

/** All objects of a local org. */
export const sObjects = table;

/** The object of this name, whatever its case, or undefined. */
export function findSObject(name: string): SObject | undefined {
  return byName.get(name.toLowerCase());
}

/** The object that an id belongs to, by its key prefix. */
export function sObjectOfId(id: string): SObject | undefined {
  return table.find(({ keyPrefix }) => keyPrefix === id.slice(0, 3));
}

/** What a retrieve has found is kept as rows that no API shows. */
export const retrieveJobObject = 'LocalRetrieve';

const hiddenPrefixes: Readonly<Record<string, string>> = { [retrieveJobObject]: '09S' };

/** Key prefix of the ids of an object. Those of records of custom metadata types start with an `m`. */
export function keyPrefixOf(name: string): string {
  return findSObject(name)?.keyPrefix ?? hiddenPrefixes[name] ?? (name.endsWith('__mdt') ? 'm00' : '000');
}

/** An object that is not in the table: one that was deployed. Fields are written as there. */
export function defineSObject(name: string, keyPrefix: string, fields: string): SObject {
  return object(name, keyPrefix, fields);
}

function object(name: string, keyPrefix: string, fields: string, options: Options = {}): SObject {
  return {
    name,
    keyPrefix,
    fields: [...['Id:id', ...fields.split(' '), ...auditFields].map(field)],
    toolingOnly: options.toolingOnly ?? false,
    writable: options.writable ?? false,
    unique: options.unique ?? [],
  };
}

function field(text: string): SObjectField {
  const marks = /[!*]*$/.exec(text)?.[0] ?? '';
  const declaration = text.slice(0, text.length - marks.length);
  const required = marks.includes('!');
  const [name = '', target] = declaration.split('>');
  if (target !== undefined) {
    const [objectName = '', relationship = ''] = target.split('.');
    return {
      name,
      type: 'reference',
      reference: { object: objectName, relationship, cascade: marks.includes('*') },
      required,
    };
  }
  const [plainName = '', type = 'string'] = declaration.split(':');
  return { name: plainName, type: type as FieldType, required };
}
