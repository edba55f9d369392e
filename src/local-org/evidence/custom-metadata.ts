import type { EvidenceArea } from './behaviour.js';

const guide = 'Metadata API Developer Guide';
const logs = 'Deploy logs and guides are said to quote it; no place is at hand that shows it';

/** Custom metadata types, their fields and records. */
export const customMetadataEvidence: EvidenceArea = {
  title: 'Metadata API: custom metadata',
  behaviours: [
    {
      does: 'Has records of custom metadata types only: other objects are kept with their fields, and cannot be queried.',
      grade: 'own',
      source: 'Settings of generated Apex stand in them; there is no other use for records here',
    },
    {
      does: 'Asks a type for a label.',
      says: ['Must specify a non-empty label for the CustomObject'],
      grade: 'seen',
      source: 'forcedotcom/cli#1220, amtrack/force-dev-tool#226',
    },
    {
      does: 'Asks a type for a plural label.',
      says: ['Must specify a non-empty plural label for the CustomObject'],
      grade: 'assumed',
      source: `${logs}`,
    },
    {
      does: 'Refuses properties of other objects on a custom metadata type.',
      says: ['Cannot specify: {} for Custom Metadata Type'],
      grade: 'assumed',
      source: `${logs}, of deploymentStatus and others`,
    },
    {
      does: 'Refuses properties that it has no use for.',
      says: ['A local org does not keep {} of a custom metadata type'],
      grade: 'own',
      source: 'What is not kept could not be given back',
    },
    {
      does: 'Refuses a field whose type was refused in the same deploy.',
      says: ['Parent entity failed to deploy'],
      grade: 'seen',
      source: 'forcedotcom/cli#155',
    },
    {
      does: 'Refuses a field of an object that there is not.',
      says: ['In field: fullName - no CustomObject named {} found'],
      grade: 'assumed',
      source: 'The form of the text is that of references (forcedotcom/cli#155)',
    },
    {
      does: 'Refuses a field whose name does not end in `__c`.',
      says: ['The name of a custom field ends in __c: {}'],
      grade: 'assumed',
      source: 'The rule is that of all custom fields; the text is ours',
    },
    {
      does: 'Asks a field for a label and a type.',
      says: ['Must specify a non-empty label for the CustomField', 'Required field is missing: type'],
      grade: 'assumed',
      source: 'The forms are those of the texts for objects and for missing elements',
    },
    {
      does: 'Refuses formula fields.',
      says: ['Invalid data type.'],
      grade: 'assumed',
      source: `${logs}; custom metadata types have no formula fields`,
    },
    {
      does: 'Refuses types of fields that custom metadata types do not have.',
      says: ['Type {} of CustomMetadataField {}.{} is not supported for the Entity {}'],
      grade: 'assumed',
      source: `${logs}`,
    },
    {
      does: 'Refuses types of fields that it does not keep.',
      says: ['A local org keeps no fields of the type {}'],
      grade: 'own',
      source: 'Lookup, MetadataRelationship and Picklist, which generated settings do not have',
    },
    {
      does: 'Refuses a field without a property that its type needs, or with one that it must not have.',
      says: ["Must specify '{}' for a CustomField of type {}", "Can not specify '{}' for a CustomField of type {}"],
      grade: 'assumed',
      source: `${logs}, for length, precision, scale and required; assumed of the other properties`,
    },
    {
      does: 'Refuses sizes of fields outside their bounds.',
      says: ['{}: must be a whole number between {} and {}', 'scale: must not be greater than precision'],
      grade: 'assumed',
      source: `${guide}, CustomField, for the bounds; the texts are ours`,
    },
    {
      does: 'Refuses a record whose type there is not.',
      says: ['Custom metadata type {} is not available in this organization.'],
      grade: 'assumed',
      source: `${logs}`,
    },
    {
      does: 'Refuses a record without a label or a required value.',
      says: ['Required fields are missing: [{}]'],
      grade: 'seen',
      source: 'forcedotcom/CustomMetadataLoader#46',
    },
    {
      does: 'Refuses a label of more than 40 characters.',
      says: ['Label: data value too large: {} (max length=40)'],
      grade: 'assumed',
      source: 'The form of the text is that of other values in records',
    },
    {
      does: 'Refuses a value for a field that there is not.',
      says: ['{}: could not find fields: {}'],
      grade: 'assumed',
      source: `${logs}`,
    },
    {
      does: 'Refuses two values for one field.',
      says: ['Duplicate field: {}'],
      grade: 'assumed',
      source: 'No words of an org were found',
    },
    {
      does: 'Refuses a value without an `xsi:type`.',
      says: [
        'Error parsing file:  Only the following configurations are supported : 1) if the type is mentioned i.g. type="xsi:boolean" 2) With metadata CRUD API with fullName required',
      ],
      grade: 'assumed',
      source: `${logs}, with these two spaces`,
    },
    {
      does: 'Refuses a type of values that there is not.',
      says: ['Error parsing file: {} is no type of values in records of custom metadata types'],
      grade: 'own',
      source: 'Orgs fail the whole deploy with an `UNKNOWN_EXCEPTION` that names nothing',
    },
    {
      does: 'Refuses a value that does not fit its `xsi:type`, or whose type does not fit its field.',
      says: ["Error parsing file: '{}' is not valid for the type {}", 'value not of required type: {}'],
      grade: 'assumed',
      source: `${logs}; for Percent, Email, Phone, Url and text areas assumed from Number and Text`,
    },
    {
      does: 'Refuses a value that is too long.',
      says: ['data value too large: {} (max length={})'],
      grade: 'assumed',
      source: `${logs}, with the label of the field in front`,
    },
    {
      does: 'Refuses a number with too many digits.',
      says: ['value outside of valid range on numeric field: {}'],
      grade: 'assumed',
      source: 'The text is that of data errors (SOAP API Developer Guide, NUMBER_OUTSIDE_VALID_RANGE)',
    },
    {
      does: 'Refuses a name of a record that is no developer name, or has more than 40 characters.',
      says: [
        'Custom Metadata Record Name: The {}__mdt API Name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
        'Value too long for field: fullName maximum length is:40',
      ],
      grade: 'assumed',
      source: `${logs}`,
    },
    {
      does: 'Takes records by the name that orgs return, without `__mdt`.',
      says: ['A local org takes records by the name that orgs return: {}.{}'],
      grade: 'own',
      source: 'Orgs take both, and return the one; a local org keeps to one',
    },
    {
      does: 'Adds `protected` to a record that says nothing of it.',
      grade: 'assumed',
      source: 'Retrieved records in public repositories; no place is at hand that shows it',
    },
    {
      does: 'Deletes records and fields with their type, and values with their field.',
      grade: 'assumed',
      source: 'They could not be deployed again without it',
    },
    {
      does: 'Lets records be queried by their type, with DeveloperName, MasterLabel, Label, Language, NamespacePrefix and QualifiedApiName.',
      grade: 'documented',
      source: 'Object Reference, custom metadata type __mdt',
    },
  ],
};
