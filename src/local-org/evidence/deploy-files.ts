import type { EvidenceArea } from './behaviour.js';

/** XML, types of the WSDL, names. */
export const deployFileEvidence: EvidenceArea = {
  title: 'Metadata API: files of components',
  behaviours: [
    {
      does: 'Refuses a file that is no well-formed XML, with line and column.',
      says: ['Error parsing file: {}', 'Premature end of file.'],
      grade: 'seen',
      source:
        'forcedotcom/cli issues and Salesforce Stack Exchange quote the beginning; behind it stand the words of the XML reader, which are others here',
    },
    {
      does: 'Refuses a document type declaration, so that no entity is ever expanded.',
      says: ['A document type declaration is not allowed.'],
      grade: 'assumed',
      source: 'Orgs are known to refuse external entities; no words were found',
    },
    {
      does: 'Refuses bytes that are no UTF-8, elements more than 50 levels deep, and more than a million of them.',
      says: [
        'Invalid byte in a UTF-8 sequence.',
        'Elements are nested more than 50 levels deep.',
        'A local org reads at most 1000000 elements at a time.',
      ],
      grade: 'own',
      source: 'Bounds for whoever walks the tree; metadata nests five levels deep',
    },
    {
      does: 'Refuses an `xsi:type` whose prefix is declared nowhere.',
      says: ['The prefix {} of xsi:type="{}" is not declared.'],
      grade: 'own',
      source: 'Orgs fail such a deploy with an `UNKNOWN_EXCEPTION` that names nothing; a local org says what it is',
    },
    {
      does: 'Refuses a root element of another name or namespace.',
      says: [
        'Error parsing file: Root element {{}}{} is not {} of the namespace http://soap.sforce.com/2006/04/metadata',
      ],
      grade: 'assumed',
      source: 'No words of an org were found',
    },
    {
      does: 'Refuses an element that its type does not have.',
      says: ['Error parsing file: Element {} invalid at this location in type {}'],
      grade: 'assumed',
      source: 'Many public deploy logs quote it; no place is at hand that shows one',
    },
    {
      does: 'Refuses an element that stands there twice, or apart from others of its name.',
      says: ['Error parsing file: Element {} is duplicated at this location in type {}'],
      grade: 'assumed',
      source:
        'Public deploy logs of permission sets and flows quote it; scattered elements are refused so as well; no place is at hand that shows it',
    },
    {
      does: 'Refuses elements inside a simple value.',
      says: ['Error parsing file: Unexpected element {} during simple type deserialization'],
      grade: 'seen',
      source: 'jsforce/jsforce#722, of a call; assumed of files',
    },
    {
      does: 'Refuses a value that is not in its enum.',
      says: ["Error parsing file: '{}' is not a valid value for the enum '{}'"],
      grade: 'assumed',
      source:
        'Public deploy logs quote it, like those of sharing rules with `ShareAccessLevelRead`; no place is at hand that shows it',
    },
    {
      does: 'Refuses a value that is not of its simple type.',
      says: ["Error parsing file: '{}' is not valid for the type {}"],
      grade: 'seen',
      source: 'forcedotcom/salesforcedx-vscode#3121',
    },
    {
      does: 'Refuses text between elements.',
      says: ['Error parsing file: Unexpected text in {}'],
      grade: 'assumed',
      source: 'No words of an org were found',
    },
    {
      does: 'Refuses a component without an element that its type needs.',
      says: ['Required field is missing: {}'],
      grade: 'seen',
      source: 'forcedotcom/CustomMetadataLoader#46; public deploy logs of fields and apps',
    },
    {
      does: 'Refuses a component one of whose two files is not there.',
      says: ['Required file is missing: {}{}'],
      grade: 'assumed',
      source: 'No words of an org were found; SDR finds most of these slips before a deploy',
    },
    {
      does: 'Refuses a name that is no developer name.',
      says: [
        'The name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.',
      ],
      grade: 'assumed',
      source:
        'Setup and deploys say so with the kind of name in front (`The Permission Set API Name …`); its short form here is assumed; no place is at hand that shows it',
    },
    {
      does: 'Refuses a name that is too long: 40 characters for classes, certificates and each part of the name of an object or record, else 80.',
      says: ['The name is too long: {} characters, and {} takes at most {}'],
      grade: 'assumed',
      source: 'Usual limits of Salesforce (Object Reference, DeveloperName); the text is ours',
    },
    {
      does: 'Finds components whatever the case of their name, and keeps the spelling that was first.',
      grade: 'assumed',
      source: 'Developer names are unique without regard to case; which spelling stays is not documented',
    },
    {
      does: 'Refuses a reference to a class, a certificate, a permission set, an app, a credential or a custom metadata type that is neither in the org nor in the deploy.',
      says: ['In field: {} - no {} named {} found'],
      grade: 'seen',
      source: 'forcedotcom/cli#155, of fields; the same form is assumed of the types here',
    },
    {
      does: 'Checks no other reference: permission sets and profiles may name applications, objects, fields, custom permissions and user permissions that there are not, and a trigger an object.',
      grade: 'own',
      source: 'Orgs refuse them; a local org has too few of the standard ones to tell which there are not',
    },
    {
      does: 'Takes a day where a moment belongs and the other way round, but for the expiration date of a certificate.',
      grade: 'own',
      source:
        '`@salesforce/types` does not tell `xsd:date` from `xsd:dateTime`; what is asked of certificates is seen in the field',
    },
    {
      does: 'Lists up to 100 faults of a file.',
      grade: 'assumed',
      source: 'An org may stop at the first one that its XML reader meets',
    },
    {
      does: 'Refuses a custom object without a name field, and one that is new and has no label.',
      says: ['Must specify a nameField of type Text or AutoNumber'],
      grade: 'documented',
      source: 'Metadata API Developer Guide, AllOrNoneHeader, quotes the text; CustomObject, nameField',
    },
    {
      does: 'Refuses a bundle of a Lightning web component without its XML.',
      grade: 'assumed',
      source: 'No words of an org were found; the text is that of a component without one of its two files',
    },
    {
      does: 'Refuses a static resource of more than 5 MB.',
      says: ['static resource cannot exceed 5MB'],
      grade: 'seen',
      source: 'forcedotcom/cli#1098; hardisgroupcom/sfdx-hardis#1554',
    },
    {
      does: 'Refuses labels of more than 80 characters.',
      says: ['Label: data value too large (max length=80)'],
      grade: 'assumed',
      source: 'Object Reference for the size; orgs put the value in front of the bracket for records',
    },
  ],
};
