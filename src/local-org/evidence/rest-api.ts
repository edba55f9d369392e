import type { EvidenceArea } from './behaviour.js';

const errors = 'REST API Developer Guide, status codes and error responses';
const codes = 'SOAP API Developer Guide, StatusCode';
const quoted = 'Public client code quotes it from answers of orgs; no place is at hand that shows one';

/** Versions, sObjects, describes, writes and composite requests. */
export const restApiEvidence: EvidenceArea = {
  title: 'REST API',
  behaviours: [
    {
      does: 'Lists API versions 31.0 to 67.0, oldest first, without a session.',
      grade: 'documented',
      source: 'REST API Developer Guide, Versions, and API end-of-life policy: versions up to 30.0 are retired',
    },
    {
      does: 'Answers an unknown API version, and an unknown object, with HTTP 404 and `NOT_FOUND`.',
      says: ['The requested resource does not exist'],
      grade: 'seen',
      source: 'tprouvot/Salesforce-Inspector-reloaded#744 of a version; forcedotcom/cli#155 and others of objects',
    },
    {
      does: 'Answers limits that are never used up.',
      grade: 'own',
      source: 'A local org counts nothing',
    },
    {
      does: 'Answers a refusal as a list with one `{message, errorCode}`, and `fields` where there are some.',
      grade: 'documented',
      source: errors,
    },
    {
      does: 'Refuses an insert without a required field with `REQUIRED_FIELD_MISSING`.',
      says: ['Required fields are missing: [{}]'],
      grade: 'documented',
      source: 'REST API Developer Guide, create a record, error response',
    },
    {
      does: 'Refuses an unknown field of a record with `INVALID_FIELD`.',
      says: ["No such column '{}' on sobject of type {}"],
      grade: 'assumed',
      source: quoted,
    },
    {
      does: 'Refuses an `Id` among the fields with `INVALID_FIELD`.',
      says: ['The Id field should not be specified in the sobject data.'],
      grade: 'documented',
      source: 'REST API Developer Guide, update a record, error response',
    },
    {
      does: 'Refuses fields that the org sets with `INVALID_FIELD_FOR_INSERT_UPDATE`.',
      says: [
        'Unable to create/update fields: {}. Please check the security settings of this field and verify that it is read/write for your profile or permission set.',
      ],
      grade: 'seen',
      source: 'verbb/formie#1981',
    },
    {
      does: 'Refuses a reference to no record with `INVALID_CROSS_REFERENCE_KEY`.',
      says: ['invalid cross reference id'],
      grade: 'documented',
      source: 'SOAP API Developer Guide, StatusCode; the text in many reports',
    },
    {
      does: 'Refuses a reference that is no id with `MALFORMED_ID`, and one to another object with `FIELD_INTEGRITY_EXCEPTION`.',
      says: ['{}: id value of incorrect type: {}'],
      grade: 'assumed',
      source: `${codes}, for the codes; orgs have the label of the field where a local org has its name`,
    },
    {
      does: 'Refuses an id of no record with HTTP 404 and `NOT_FOUND`, in the words for an unknown object.',
      grade: 'seen',
      source: 'restforce/restforce#269',
    },
    {
      does: 'Refuses what is no id where one stands in a path with HTTP 404 and `NOT_FOUND`.',
      says: ['Provided external ID field does not exist or is not accessible: {}'],
      grade: 'seen',
      source: 'restforce/restforce#182, of what was taken for the name of a field',
    },
    {
      does: 'Refuses to change or delete a record that was deleted since the start of the local org with HTTP 404 and `ENTITY_IS_DELETED`.',
      says: ['entity is deleted'],
      grade: 'seen',
      source: 'SalesforceFoundation/EDA#333 for code and words, of Apex; the status is a guess',
    },
    {
      does: 'Refuses a text that is longer than its field with `STRING_TOO_LONG`; of fields whose length is not known here, 255 characters.',
      says: ['{}: data value too large: {} (max length={})'],
      grade: 'seen',
      source:
        'CoderDojo/community-platform#762 and forcedotcom/cli#3280; orgs have the label of the field where a local org has its name',
    },
    {
      does: 'Refuses an email that is no address with `INVALID_EMAIL_ADDRESS`.',
      says: ['{}: invalid email address: {}'],
      grade: 'seen',
      source: 'forcedotcom/CustomMetadataLoader#68; what orgs take for an address is more than a local org looks at',
    },
    {
      does: 'Keeps a number or a boolean that was sent for a text as its text, and a text for a number as the number.',
      grade: 'assumed',
      source: 'Fields give back values of their type; how orgs write such a number is not documented',
    },
    {
      does: 'Lets administrators alone change users, permission sets, their assignments and what they open: `INSUFFICIENT_ACCESS_OR_READONLY` for others.',
      says: ['insufficient access rights on object id'],
      grade: 'assumed',
      source: `${codes}, for the code; Salesforce Help has permissions of their own for these, Manage Users among them`,
    },
    {
      does: 'Looks at no other permission: whoever has a session reads and writes all other records, and no permission set opens users to others.',
      grade: 'own',
      source: 'Access to objects, fields and records is not what a connection is tried for',
    },
    {
      does: 'Keeps the component of a permission set and its row together, whichever is changed.',
      grade: 'documented',
      source: 'Object Reference, PermissionSet; Metadata API Developer Guide, PermissionSet: two views of one thing',
    },
    {
      does: 'Refuses to insert, update or delete rows that only deploys make with `CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY`.',
      says: ['entity type cannot be {}: {}'],
      grade: 'assumed',
      source: `${quoted} for inserts and updates; of deletions assumed`,
    },
    {
      does: 'Refuses a second assignment of a permission set with `DUPLICATE_VALUE`.',
      says: ['Duplicate PermissionSetAssignment. Assignee: {}; Permission Set: {}'],
      grade: 'assumed',
      source: `${quoted}; \`sf org assign permset\` prints it`,
    },
    {
      does: 'Refuses other rows that must be unique with `DUPLICATE_VALUE`.',
      says: ['duplicate value found: {} duplicates value on record with id: {}'],
      grade: 'seen',
      source: 'haripriyamurthy/Deprecated-CustomMetadataLoader#8 and many others',
    },
    {
      does: 'Knows no `ScratchOrgInfo`, `SandboxProcess` and `SourceMember`.',
      grade: 'documented',
      source:
        'Object Reference: only Dev Hubs, production orgs and orgs with source tracking have them; `sf` takes their absence for that',
    },
    {
      does: 'Describes only the objects and the properties that clients of this plugin and the `sf` CLI read.',
      grade: 'own',
      source: 'A local org keeps a table of objects, not the data model of Salesforce',
    },
    {
      does: 'Deletes the rows that hang on a deleted row: assignments of a permission set, what it opens.',
      grade: 'documented',
      source: 'Object Reference, PermissionSetAssignment and SetupEntityAccess',
    },
    {
      does: 'Knows `Certificate`, `DeployRequest` and `PlatformCachePartition` in the Tooling API only.',
      grade: 'seen',
      source: 'amtrack/sfdx-browserforce-plugin queries certificates so; Tooling API Reference',
    },
  ],
};
