import type { CatalogueRow } from './catalogue-row.js';

const compareClaims =
  'Compare issuer, subject and audience with what the documentation of the server asks for, and correct them in config/jwt-connections.json: server.issuer, server.username, server.audience.';
const registerCertificate =
  'Register the current certificate at the server, or its public key: MY_CERTIFICATE.crt (look into it: sf jwt key inspect --file MY_CERTIFICATE.crt).';
const checkEndpoint =
  'Check the token endpoint {instanceUrl} against the documentation of the server, and correct it in config/jwt-connections.json: server.tokenEndpoint.';
const readServerLog = 'Look into the log of the server, or ask who runs it: answers of OAuth say little on purpose.';

/** Answers of any other server, as the standards define them: nothing is known of its own texts. */
export const oauthRows = [
  {
    key: 'grant-refused',
    error: 'invalid_grant',
    description: 'the assertion is not accepted (RFC 7523 section 3.1)',
    cause:
      'the server does not accept the assertion: its signature, issuer, subject, audience or times are not what it expects',
    actions: [compareClaims, registerCertificate, readServerLog],
    mayBePropagation: false,
    source: 'standard',
  },
  {
    key: 'client-refused',
    error: 'invalid_client',
    description: 'client authentication failed (RFC 6749 section 5.2)',
    cause: 'the server does not know the client, or wants it to authenticate itself besides the assertion',
    actions: [compareClaims, registerCertificate],
    mayBePropagation: false,
    source: 'standard',
  },
  {
    key: 'client-not-authorized',
    error: 'unauthorized_client',
    description: 'the client may not use this grant type (RFC 6749 section 5.2)',
    cause: 'the server knows the client, but does not let it use the JWT bearer flow',
    actions: ['Allow the grant type urn:ietf:params:oauth:grant-type:jwt-bearer for the client at the server.'],
    mayBePropagation: false,
    source: 'standard',
  },
  {
    key: 'scope-refused',
    error: 'invalid_scope',
    description: 'the scope is invalid, unknown, or more than was granted (RFC 6749 section 5.2)',
    cause: 'the server does not grant the scope that is asked for, or wants one where none is asked for',
    actions: [
      'Correct the scope in config/jwt-connections.json: server.scope. It holds names that are separated by spaces.',
      'Look whether the server wants the scope as a claim of the assertion instead: server.claims.',
    ],
    mayBePropagation: false,
    source: 'standard',
  },
  {
    key: 'grant-type-unsupported',
    error: 'unsupported_grant_type',
    description: 'the grant type is not supported (RFC 6749 section 5.2)',
    cause: 'the server does not know the JWT bearer flow (RFC 7523), at least not at this endpoint',
    actions: [checkEndpoint],
    mayBePropagation: false,
    source: 'standard',
  },
  {
    key: 'request-malformed',
    error: 'invalid_request',
    description: 'a parameter is missing or not understood (RFC 6749 section 5.2)',
    cause: 'the server misses a parameter, or does not understand one',
    actions: [
      'Look which parameters and claims the server asks for: server.scope and server.claims in config/jwt-connections.json can give them.',
      readServerLog,
    ],
    mayBePropagation: false,
    source: 'standard',
  },
  {
    key: 'web-page',
    description: 'a web page (HTML)',
    cause: 'a web page came instead of an OAuth answer: this is not the token endpoint',
    actions: [checkEndpoint],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'server-unavailable',
    description: 'HTTP status 5xx',
    cause: 'the server does not serve requests now',
    actions: ['Run the command again later, or ask who runs the server.', checkEndpoint],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'redirected',
    description: 'HTTP status 3xx',
    cause: 'the host sends the request elsewhere; an assertion does not follow, because it is meant for one host',
    actions: [checkEndpoint],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'not-oauth',
    description: 'an answer that OAuth does not know (RFC 6749 section 5)',
    cause: 'whatever answered does not speak OAuth',
    actions: [checkEndpoint],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'unknown-error',
    description: 'any other error',
    cause: 'this error is none of the standard, so its text is all that is known',
    actions: ['Look the error up in the documentation of the server.', readServerLog],
    mayBePropagation: false,
    source: 'assumed',
  },
] as const satisfies readonly CatalogueRow[];
