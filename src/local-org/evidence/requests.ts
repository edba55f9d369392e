import type { EvidenceArea } from './behaviour.js';

/** Every request, whatever its path: size, method, session, faults of the server. */
export const requestEvidence: EvidenceArea = {
  title: 'Requests and sessions',
  behaviours: [
    {
      does: 'Ends a session after two hours without use.',
      grade: 'documented',
      source: 'Salesforce Help, session settings: two hours by default',
    },
    {
      does: 'Notes the use of a session in the second half of its life only.',
      grade: 'documented',
      source: 'Salesforce Help, session settings',
    },
    {
      does: 'Makes access tokens of the 15 characters of the org, an exclamation mark and a secret.',
      grade: 'seen',
      source: 'Tokens in public logs (jsforce/jsforce#311); `@salesforce/core` reads the org from them',
    },
    {
      does: 'Ends the sessions of a user who is made inactive.',
      grade: 'assumed',
      source: 'Salesforce Help says that a deactivated user loses access at once; of tokens it says nothing',
    },
    {
      does: 'Answers REST calls without a live session with HTTP 401 and `INVALID_SESSION_ID`.',
      says: ['Session expired or invalid'],
      grade: 'documented',
      source: 'REST API Developer Guide, status codes and error responses',
    },
    {
      does: 'Refuses REST calls with the token of an app that has neither the scope `api` nor `full` with HTTP 401 and `INVALID_SESSION_ID`.',
      says: ['This session is not valid for use with the REST API'],
      grade: 'documented',
      source:
        'Salesforce Help, article 005226515 (a token without the scope Api); jsforce/jsforce#1301 for status and body',
    },
    {
      does: 'Refuses SOAP calls with such a token, as a fault with `INVALID_SESSION_ID`.',
      says: ['This session is not valid for use with the API'],
      grade: 'assumed',
      source:
        'RoseSilverSoftware/IlluminatedCloud#1980 has the words, of a session that was refused for another reason',
    },
    {
      does: 'Takes `Authorization: OAuth …` as it takes `Bearer`.',
      grade: 'documented',
      source: 'REST API Developer Guide, older examples; jsforce sent it for long',
    },
    {
      does: 'Answers a path that it does not have with HTTP 404 and `NOT_FOUND`.',
      says: ['The requested resource does not exist: a local org has no {}'],
      grade: 'own',
      source: 'The first half is Salesforce’s; the second says whose limit it is',
    },
    {
      does: 'Answers a wrong method with HTTP 405, `METHOD_NOT_ALLOWED`, and the methods that are right.',
      says: ["HTTP Method '{}' not allowed. Allowed are {}"],
      grade: 'seen',
      source: 'omniphx/forrest#181 and simple-salesforce/simple-salesforce#412, which list HEAD before GET',
    },
    {
      does: 'Answers HEAD as GET, without the body.',
      grade: 'documented',
      source: 'RFC 9110 section 9.3.2; HEAD is among the methods that orgs list (omniphx/forrest#181)',
    },
    {
      does: 'Answers a body above the limit of its path with HTTP 413 and `REQUEST_TOO_LARGE`, and closes the connection.',
      says: ['The request is larger than a local org takes.'],
      grade: 'own',
      source: 'Bodies are held in memory: 1 MiB, for deploys as much as the largest zip takes in base64',
    },
    {
      does: 'Answers a fault of its own with HTTP 500 and `UNKNOWN_EXCEPTION`, never with a stack trace.',
      says: ['An unexpected error occurred.'],
      grade: 'assumed',
      source:
        'REST API Developer Guide names the code; orgs add a number to their text by which Support finds the error',
    },
    {
      does: 'Answers requests for another host than this machine with HTTP 403 and `FORBIDDEN`.',
      says: ['A local org answers on localhost only.'],
      grade: 'own',
      source: 'A web page whose name resolves to 127.0.0.1 must not reach a local org through a browser',
    },
    {
      does: 'Answers an address, and headers, of more than 16,384 bytes with HTTP 414 `URI_TOO_LONG` and 431 `REQUEST_HEADER_FIELDS_TOO_LARGE`.',
      says: [
        'The length of the URI exceeds the {}-byte limit.',
        'The combined length of the URI and headers exceeds the {}-byte limit.',
      ],
      grade: 'assumed',
      source: 'REST API Developer Guide, status codes 414 and 431, for status and limit; codes and texts are ours',
    },
    {
      does: 'Answers what is no HTTP request with HTTP 400, one that never ends with 408, and an address that is none with `INVALID_INPUT`.',
      says: ['The address of the request is not one.'],
      grade: 'assumed',
      source: 'RFC 9110; what stands in front of orgs answers so, in pages of its own',
    },
    {
      does: 'Takes paths that begin with two slashes.',
      grade: 'assumed',
      source: 'Clients that were given the URL of the org with a slash behind it send them, and work',
    },
  ],
};
