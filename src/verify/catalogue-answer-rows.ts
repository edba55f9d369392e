import type { CatalogueRow } from './catalogue-row.js';

const checkMyDomain =
  'Check the instance URL {instanceUrl}: in the org, Setup > My Domain shows the right one (sf org display --target-org MY_ORG does, too).';
const checkStatus = 'Look for an incident or a maintenance of your instance: https://status.salesforce.com';

/** Answers that are not OAuth's at all, and the last resort. */
export const answerRows = [
  {
    key: 'web-page',
    description: 'a web page (HTML)',
    cause: 'a web page came instead of an OAuth answer: the host is not the My Domain of an org, or the org is down',
    actions: [checkMyDomain, checkStatus],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'server-unavailable',
    description: 'HTTP status 5xx',
    cause: 'the org does not serve requests now',
    actions: [checkStatus, checkMyDomain],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'redirected',
    description: 'HTTP status 3xx',
    cause: 'the host sends the request elsewhere; an assertion does not follow, because it is meant for one host',
    actions: ['Use the address that it points to as the instance URL, if that is your org.', checkMyDomain],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'not-oauth',
    description: 'an answer that OAuth does not know (RFC 6749 section 5)',
    cause: 'whatever answered does not speak OAuth',
    actions: [checkMyDomain],
    mayBePropagation: false,
    source: 'assumed',
  },
  {
    key: 'unknown-error',
    description: 'any other error',
    cause: 'this error is not in our catalogue, so its text is all that is known',
    actions: [
      'Look at the login history of the user: Setup > Login History names the reason of a refused login.',
      'Check consumer key, username, certificate and instance URL against the app.',
    ],
    mayBePropagation: false,
    source: 'assumed',
  },
] as const satisfies readonly CatalogueRow[];
