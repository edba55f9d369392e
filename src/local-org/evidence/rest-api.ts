import type { EvidenceArea } from './behaviour.js';

const errors = 'REST API Developer Guide, status codes and error responses';
const quoted = 'Public client code quotes it from answers of orgs';

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
      grade: 'seen',
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
      source: quoted,
    },
    {
      does: 'Refuses a reference to no record with `INVALID_CROSS_REFERENCE_KEY`.',
      says: ['invalid cross reference id'],
      grade: 'documented',
      source: 'SOAP API Developer Guide, StatusCode; the text in many reports',
    },
    {
      does: 'Refuses an id of no record with HTTP 404 and `NOT_FOUND`.',
      says: ['Provided external ID field does not exist or is not accessible: {}'],
      grade: 'seen',
      source: quoted,
    },
    {
      does: 'Refuses to insert, update or delete rows that only deploys make with `CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY`.',
      says: ['entity type cannot be {}: {}'],
      grade: 'seen',
      source: `${quoted} for inserts and updates; of deletions assumed`,
    },
    {
      does: 'Refuses a second assignment of a permission set with `DUPLICATE_VALUE`.',
      says: ['Duplicate PermissionSetAssignment. Assignee: {}; Permission Set: {}'],
      grade: 'seen',
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
