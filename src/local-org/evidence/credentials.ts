import type { EvidenceArea } from './behaviour.js';

const guide = 'Metadata API Developer Guide';
const form = 'The form of the text is that of references (forcedotcom/cli#155)';
const noWords = 'no words of an org were found';

/** Named Credentials, External Credentials, sites and the access to them. */
export const credentialEvidence: EvidenceArea = {
  title: 'Metadata API: credentials',
  behaviours: [
    {
      does: 'Refuses an address or a token endpoint that is no https URL, or has user, query or fragment where there is none to be.',
      says: [
        '{}: must be a URL that starts with https:// (a local org also takes http:// on this machine), without user and fragment',
        'URL: must be a URL that starts with https:// (a local org also takes http:// on this machine), without user, query and fragment',
      ],
      grade: 'assumed',
      source: `Salesforce Help asks for https; ${noWords}. http on this machine is local orgs' own`,
    },
    {
      does: 'Refuses an External Credential with a parameter twice that there is once.',
      says: ['Duplicate parameter: {} of the type {}'],
      grade: 'assumed',
      source: `Every retrieved credential has each once; ${noWords}`,
    },
    {
      does: 'Asks for principals in a group of their own name, and for all else in DefaultGroup or theirs.',
      says: [
        'The parameterGroup of the principal {} must be its name',
        'The parameterGroup of {} must be DefaultGroup or the name of a principal, not {}',
      ],
      grade: 'assumed',
      source: `${guide}, ExternalCredential, for the rule; ${noWords}`,
    },
    {
      does: 'Refuses a principal whose name is no developer name.',
      says: [
        'The name of the principal {} is not valid: it begins with a letter, has letters, digits and single underscores, and ends with none',
      ],
      grade: 'assumed',
      source: `Salesforce Help, principals, for the rule; ${noWords}`,
    },
    {
      does: 'Takes RS256 and RS512 for the claim `alg`.',
      says: ['alg: must be one of {}'],
      grade: 'assumed',
      source: `Salesforce Help, JWT claims (nc_jwt_claims), for the algorithms; ${noWords}`,
    },
    {
      does: 'Takes the variant JwtBearer with the protocol Oauth only.',
      says: ['The variant JwtBearer needs the authentication protocol Oauth'],
      grade: 'assumed',
      source: `Every retrieved credential has it so; ${noWords}`,
    },
    {
      does: 'Asks a credential that signs for its certificate and for issuer, subject and audience, and for the token endpoint where there is one.',
      says: ['The authentication protocol {} needs the parameters {}. Missing: {}'],
      grade: 'assumed',
      source:
        'Orgs answer with an error that names protocol and variant and lists the required parameters; its words are not public',
    },
    {
      does: 'Keeps credentials of other protocols as they come.',
      grade: 'own',
      source: 'Only those that sign a JWT are judged',
    },
    {
      does: 'Takes the certificate of a SigningCertificate in a child `certificate`.',
      grade: 'seen',
      source: 'amitastreait/salesforce-integration-reloaded (DataCloudCredentials), as retrieved',
    },
    {
      does: 'Asks a SecuredEndpoint for exactly one parameter Url and one Authentication.',
      says: ['A SecuredEndpoint needs a parameter of the type {}', 'Duplicate parameter of the type {}'],
      grade: 'assumed',
      source: `Every retrieved credential has both once; ${noWords}`,
    },
    {
      does: 'Asks the parameter Authentication for an External Credential.',
      says: ['Required field is missing: externalCredential'],
      grade: 'assumed',
      source: 'Every retrieved credential has it; the form of the text is that of other missing fields',
    },
    {
      does: 'Keeps Named Credentials of two types.',
      says: ['A local org keeps Named Credentials of the types SecuredEndpoint and Legacy, not {}'],
      grade: 'own',
      source: 'PrivateEndpoint and Standard have no use for a JWT here',
    },
    {
      does: 'Takes a Named Credential without a type for a legacy one.',
      grade: 'documented',
      source: `${guide}, NamedCredential: types came with API version 56`,
    },
    {
      does: 'Refuses fields of a legacy Named Credential that are too long.',
      says: ['{}: data value too large (max length={})'],
      grade: 'assumed',
      source: 'Object Reference, NamedCredential, for the sizes; the form of the text is that of other values',
    },
    {
      does: 'Asks a legacy Named Credential that signs for what it could not work without.',
      says: ['A JWT needs the principalType {}', 'Required field is missing: {}'],
      grade: 'assumed',
      source: `${guide}, NamedCredential, describes the fields; no XML of an org with JwtExchange is public`,
    },
    {
      does: 'Takes an audience that is JSON, and a validity in whole seconds.',
      says: [
        'jwtAudience: must be JSON, a text in double quotes or an array of such texts',
        'jwtValidityPeriodSeconds: must be a whole number of seconds',
      ],
      grade: 'assumed',
      source: `${guide}, NamedCredential, for the rule; ${noWords}`,
    },
    {
      does: 'Refuses a principal that a permission set opens and there is not.',
      says: ['In field: externalCredentialPrincipal - no ExternalCredentialParameter named {} found'],
      grade: 'assumed',
      source: `${form}; the name of the thing is that of SetupEntityAccess`,
    },
    {
      does: 'Refuses what a permission set opens twice.',
      says: ['Duplicate {}: {}'],
      grade: 'assumed',
      source: noWords.charAt(0).toUpperCase() + noWords.slice(1),
    },
    {
      does: 'Names a principal in a permission set `<credential>-<principal>`.',
      grade: 'assumed',
      source: 'Retrieved permission sets in public repositories; no place is at hand that shows it',
    },
    {
      does: 'Refuses a remote site that is no http or https URL.',
      says: ['Remote Site URL: must be a URL that starts with http:// or https://'],
      grade: 'assumed',
      source: `Salesforce Help asks for a URL; ${noWords}`,
    },
  ],
};
