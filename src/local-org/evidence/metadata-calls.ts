import type { EvidenceArea } from './behaviour.js';

const guide = 'Metadata API Developer Guide';

/** SOAP envelopes, operations, options and jobs of the Metadata API. */
export const metadataCallEvidence: EvidenceArea = {
  title: 'Metadata API: calls',
  behaviours: [
    {
      does: 'Answers a refusal as a SOAP fault with HTTP 500, whose text begins with its code.',
      grade: 'seen',
      source: 'lwc-soql-builder/lwc-soql-builder#30; jsforce reads code and text so',
    },
    {
      does: 'Refuses a call without a live session with `INVALID_SESSION_ID`.',
      says: ['Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key'],
      grade: 'seen',
      source: 'xjsender/haoide#35; newer orgs say `missing session hash`, and add the hash',
    },
    {
      does: 'Refuses every call of a user who is no administrator and has neither Modify Metadata nor Modify All Data.',
      says: ['use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions'],
      grade: 'seen',
      source:
        'forcedotcom/code-builder-feedback#66 and forcedotcom/cli#3048 over SOAP; over REST it is assumed, with HTTP 403',
    },
    {
      does: 'Refuses an API version that it does not have with `UNSUPPORTED_API_VERSION`.',
      says: ['Invalid Api version specified on URL'],
      grade: 'seen',
      source: 'StevenMMortimer/salesforcer#24, superfell/zkSforce#52',
    },
    {
      does: 'Refuses a retrieve in a version that it does not have with `INVALID_OPERATION`, and Apex of one.',
      grade: 'assumed',
      source: 'The text is that of packages (forcedotcom/cli#27)',
    },
    {
      does: 'Refuses an unknown operation, and one of another namespace, with a fault of the client.',
      says: ['No operation available for request {{}}{}'],
      grade: 'seen',
      source: 'Public client code quotes it from answers of orgs; they ask to check the WSDL behind it',
    },
    {
      does: 'Refuses what is no XML, and no envelope, with a fault of the client.',
      says: ['{} (line {}, column {})', 'The request is not a SOAP envelope', 'The body of the SOAP envelope is empty'],
      grade: 'assumed',
      source: 'That it is a fault of the client follows from SOAP 1.1 section 4.4.1; no words of an org were found',
    },
    {
      does: 'Refuses a call without an argument that it needs with `REQUIRED_FIELD_MISSING`.',
      says: ['Required field is missing: {}'],
      grade: 'assumed',
      source: 'The words are those of deploys about elements; orgs may leave the call to their XML reader',
    },
    {
      does: 'Takes up to three queries in one listMetadata(), else refuses with `LIMIT_EXCEEDED`.',
      says: ['listMetadata takes at most 3 queries'],
      grade: 'assumed',
      source: `${guide}, listMetadata(), for the limit; the text is ours`,
    },
    {
      does: 'Refuses an unknown metadata type with `INVALID_TYPE`.',
      says: ['Unknown type:{}'],
      grade: 'seen',
      source: 'forcedotcom/cli#2858, certinia/apex-mdapi#8',
    },
    {
      does: 'Describes the types that it keeps.',
      grade: 'own',
      source: 'They are those of the registry of SDR, whichever an org has: that depends on its features',
    },
    {
      does: 'Refuses a deploy without a zip with `INVALID_OPERATION`.',
      says: ['No zip file content passed in'],
      grade: 'seen',
      source: 'forcedotcom/cli#284',
    },
    {
      does: 'Refuses a zip that is no base64 with a fault of the client.',
      says: ['ZipFile is not valid for the type xsd:base64Binary'],
      grade: 'assumed',
      source: 'The form of the text is that of values in files',
    },
    {
      does: 'Refuses a test level that there is not with `INVALID_OPERATION`.',
      says: ["'{}' is not a valid value for the enum 'TestLevel'"],
      grade: 'assumed',
      source: 'The form of the text is that of enums in files; the code is a guess',
    },
    {
      does: 'Refuses RunSpecifiedTests without tests with `INVALID_OPERATION`.',
      says: ['runTests must not be empty when a testLevel of RunSpecifiedTests is used'],
      grade: 'seen',
      source: 'xjsender/haoide#138',
    },
    {
      does: 'Refuses test classes that are not there or have no tests, as a failure of the class.',
      says: ["This class name's value is invalid: {}. Provide the name of an Apex class that has test methods."],
      grade: 'assumed',
      source: 'The text is that of runTestsAsynchronous (Tooling API); that deploys word it so is a guess',
    },
    {
      does: 'Refuses options of a REST deploy that are unknown or of another type with `INVALID_OPERATION`.',
      says: [
        'deployOptions must be an object',
        'testLevel must be a string',
        'runTests must be an array of strings',
        '{} must be true or false',
        'Unknown deploy option: {}',
      ],
      grade: 'assumed',
      source: 'No words of an org were found; orgs may pass over what they do not know',
    },
    {
      does: 'Refuses options of a SOAP deploy that are of another type, unknown or there twice with `INVALID_OPERATION`.',
      says: [
        "'{}' is not valid for the type xsd:boolean",
        'Element {{}}{} invalid at this location in type DeployOptions',
        'Element {} is duplicated at this location in type DeployOptions',
      ],
      grade: 'assumed',
      source: 'The forms of the texts are those of files; the code is a guess',
    },
    {
      does: 'Starts a deploy with HTTP 201 and its id, and answers polls with `deployResult`.',
      grade: 'documented',
      source: `${guide}, deployRequest REST resource`,
    },
    {
      does: 'Takes the options of a REST deploy in a part `json` or `entity_content`.',
      grade: 'documented',
      source: `${guide}, deployRequest, says \`json\`; jsforce sends \`entity_content\` to orgs, and they take it`,
    },
    {
      does: 'Refuses other bodies than multipart and JSON with HTTP 415 and `UNSUPPORTED_MEDIA_TYPE`.',
      says: ['Content-Type not supported: a deploy request is multipart/form-data, a quick deploy application/json'],
      grade: 'assumed',
      source: 'REST API Developer Guide names the code; the text says what is right',
    },
    {
      does: 'Refuses a multipart body that it cannot use with `INVALID_MULTIPART_REQUEST`.',
      says: [
        'Malformed multipart request',
        'Too many parts in the multipart request',
        'The multipart request has no part named file',
      ],
      grade: 'assumed',
      source: 'REST API Developer Guide names the code; the texts are ours',
    },
    {
      does: 'Refuses a deploy request that is no JSON with `JSON_PARSER_ERROR`, in the words of other requests.',
      grade: 'assumed',
      source: 'REST API Developer Guide names the code',
    },
    {
      does: 'Refuses a quick deploy without an id with `REQUIRED_FIELD_MISSING`.',
      says: ['Required field is missing: validatedDeployRequestId'],
      grade: 'assumed',
      source: 'The form of the text is that of other missing fields',
    },
    {
      does: 'Refuses changes of a deploy request but Canceling with `INVALID_FIELD`.',
      says: ['The only change of a deploy request is deployResult.status Canceling'],
      grade: 'assumed',
      source: `${guide}, deployRequest, names no other change; the text is ours`,
    },
    {
      does: 'Refuses the id of no deploy with `INVALID_CROSS_REFERENCE_KEY`, and what is no id with `INVALID_ID_FIELD`.',
      says: ['invalid cross reference id', 'bad id {}'],
      grade: 'documented',
      source: `${guide}, StatusCode, for the codes; the texts are those of the SOAP API`,
    },
    {
      does: 'Refuses to cancel a deploy that is done with `INVALID_ID_FIELD`.',
      says: ['Deployment already completed'],
      grade: 'seen',
      source: 'salesforcecli/plugin-source#513',
    },
    {
      does: 'Keeps a validation for ten days, and refuses later quick deploys, and those of no validation: `INVALID_ID_FIELD`, of REST with HTTP 404.',
      says: ['The deployment is not a successful validation of the last 10 days'],
      grade: 'assumed',
      source: `${guide}, deployRecentValidation() and deployRequest, for the ten days and HTTP 404; code and text are guesses`,
    },
    {
      does: 'Refuses a quick deploy of a validation that was not to run tests, in the same way.',
      says: ['The validation was not to run tests: a quick deploy is of one whose Apex tests have passed'],
      grade: 'assumed',
      source: `${guide}, deployRecentValidation(): tests have passed; that one without tests is refused follows from it. Code and text are guesses`,
    },
    {
      does: 'Takes a validation that was to run tests for one whose tests have passed, and covered enough.',
      grade: 'own',
      source: 'A local org runs no Apex, and says so in the result of the validation',
    },
    {
      does: 'Deploys a validation once, and none after another deploy that changed the org.',
      grade: 'documented',
      source: 'Salesforce Help, Quick Deployments: any deploy or install after it ends that a validation qualifies',
    },
    {
      does: 'Calls a deploy that succeeded in part a success.',
      grade: 'assumed',
      source: 'Its status is SucceededPartial; whether `success` is true then is not documented',
    },
    {
      does: 'Is done with a deploy or retrieve at the first poll.',
      grade: 'own',
      source: 'Nothing in a local org takes as long; a delay can be asked for',
    },
    {
      does: 'Takes its own id behind the version of the URL.',
      grade: 'documented',
      source: 'Salesforce Help, identity URLs: the `metadata` URL has it',
    },
  ],
};
