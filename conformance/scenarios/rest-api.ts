import { answered, query, rest } from '../observe.js';
import type { Scenario } from '../scenario.js';

const nobody = '005000000000000AAA';

/** The path of a query is all that differs. */
const refusedQuery = (name: string, probe: string, soql: string): Scenario => ({
  name,
  effect: 'reads',
  probes: [probe],
  observe: async (org) => answered(await query(org, soql)),
});

/** A record that an org refuses. */
const refusedRecord = (name: string, probe: string, object: string, json: unknown): Scenario => ({
  name,
  effect: 'validates',
  probes: [probe],
  observe: async (org) => answered(await rest(org, 'POST', `/sobjects/${object}`, { json })),
});

/** What the REST API says to requests that are wrong. */
export const restScenarios: readonly Scenario[] = [
  {
    name: 'rest-unknown-version',
    effect: 'reads',
    probes: ['Answers an unknown API version'],
    observe: async (org) => answered(await org.request('GET', '/services/data/v999.0/limits')),
  },
  {
    name: 'rest-unknown-resource',
    effect: 'reads',
    probes: ['Answers a path that it does not have'],
    observe: async (org) => answered(await rest(org, 'GET', '/conformance')),
  },
  {
    name: 'rest-unknown-object',
    effect: 'reads',
    probes: ['Answers an unknown API version'],
    observe: async (org) => answered(await rest(org, 'GET', '/sobjects/Conformance/describe')),
  },
  {
    name: 'rest-wrong-method',
    effect: 'reads',
    probes: ['Answers a wrong method'],
    observe: async (org) => answered(await rest(org, 'DELETE', '/query')),
  },
  {
    name: 'rest-wrong-method-of-object',
    effect: 'reads',
    probes: ['Answers a wrong method'],
    observe: async (org) => answered(await rest(org, 'DELETE', '/sobjects/Account')),
  },
  {
    name: 'rest-without-session',
    effect: 'reads',
    probes: ['Answers REST calls without a live session'],
    observe: async (org) => answered(await rest(org, 'GET', '/limits', { session: null })),
  },
  {
    name: 'rest-unknown-session',
    effect: 'reads',
    probes: ['Answers REST calls without a live session'],
    observe: async (org) => answered(await rest(org, 'GET', '/limits', { session: 'conformance' })),
  },
  {
    name: 'rest-unknown-record',
    effect: 'reads',
    probes: ['Provided external ID field'],
    observe: async (org) => answered(await rest(org, 'GET', `/sobjects/User/${nobody}`)),
  },
  {
    name: 'rest-unknown-field-of-record',
    effect: 'reads',
    probes: ["No such column '{}' on sobject"],
    observe: async (org) => answered(await rest(org, 'GET', `/sobjects/User/${org.userId}?fields=Conformance`)),
  },
  {
    name: 'rest-empty-query',
    effect: 'reads',
    probes: ['A query string has to be specified'],
    observe: async (org) => answered(await rest(org, 'GET', '/query?q=')),
  },
  refusedQuery('soql-misspelt', "unexpected token: '{}'", 'SELECT Id FORM User'),
  refusedQuery('soql-ends-early', '<EOF>', 'SELECT Id FROM User WHERE'),
  refusedQuery('soql-unknown-object', "sObject type '{}' is not supported. If you", 'SELECT Id FROM Conformance'),
  refusedQuery('soql-tooling-object', "sObject type '{}' is not supported. If you", 'SELECT Id FROM Certificate'),
  refusedQuery('soql-unknown-field', "No such column '{}' on entity", 'SELECT Id, Conformance FROM User'),
  refusedQuery(
    'soql-unknown-relationship',
    'Refuses an unknown relationship with',
    'SELECT Conformance.Name FROM User',
  ),
  refusedQuery(
    'soql-unknown-child-relationship',
    'Refuses an unknown child relationship',
    'SELECT Id, (SELECT Id FROM Conformances) FROM User',
  ),
  refusedQuery('soql-sum-of-text', 'does not support aggregate operator', 'SELECT SUM(Username) FROM User'),
  refusedQuery('soql-offset-too-large', 'Maximum SOQL offset', 'SELECT Id FROM User LIMIT 1 OFFSET 2001'),
  refusedQuery('soql-all-fields', 'Refuses FIELDS() for more', 'SELECT FIELDS(ALL) FROM User'),
  refusedQuery('soql-ungrouped', 'Field must be grouped', 'SELECT COUNT(Id), Username FROM User'),
  {
    name: 'soql-row-shape',
    effect: 'reads',
    probes: ['Compares text without regard to case'],
    observe: async (org) =>
      answered(await query(org, `SELECT Id, Profile.UserType FROM User WHERE Id = '${org.userId.slice(0, 15)}'`)),
  },
  {
    name: 'rest-unknown-locator',
    effect: 'reads',
    probes: ['Refuses a locator that leads nowhere'],
    observe: async (org) => answered(await rest(org, 'GET', '/query/01g000000000000AAA-2000')),
  },
  {
    name: 'composite-unknown-reference',
    effect: 'reads',
    probes: ['Refuses a reference to what an answer does not have'],
    observe: async (org) =>
      answered(
        await rest(org, 'POST', '/composite', {
          json: {
            compositeRequest: [
              {
                method: 'GET',
                url: `/services/data/v${org.apiVersion}/sobjects/User/${org.userId}?fields=Id`,
                referenceId: 'one',
              },
              {
                method: 'GET',
                url: `/services/data/v${org.apiVersion}/sobjects/User/@{one.Nothing}`,
                referenceId: 'two',
              },
            ],
          },
        }),
      ),
  },
  {
    name: 'composite-batch-halts',
    effect: 'reads',
    probes: ['Leaves out what stands behind a failure'],
    observe: async (org) =>
      answered(
        await rest(org, 'POST', '/composite/batch', {
          json: {
            haltOnError: true,
            batchRequests: [
              { method: 'GET', url: `v${org.apiVersion}/sobjects/Conformance/describe` },
              { method: 'GET', url: `v${org.apiVersion}/limits` },
            ],
          },
        }),
      ),
  },
  {
    name: 'rest-body-is-no-json',
    effect: 'validates',
    probes: ['Refuses a body that is no JSON'],
    observe: async (org) =>
      answered(
        await rest(org, 'POST', '/sobjects/PermissionSet', {
          headers: { 'content-type': 'application/json' },
          body: '{"Name": ',
        }),
      ),
  },
  {
    name: 'rest-empty-body',
    effect: 'validates',
    probes: ['Refuses a request without a body'],
    observe: async (org) =>
      answered(
        await rest(org, 'POST', '/sobjects/PermissionSet', {
          headers: { 'content-type': 'application/json' },
          body: '',
        }),
      ),
  },
  refusedRecord('record-without-required-fields', 'Refuses an insert without a required field', 'PermissionSet', {}),
  refusedRecord('record-unknown-field', "No such column '{}' on sobject", 'PermissionSet', { Conformance: 1 }),
  refusedRecord('record-with-id', 'The Id field should not be specified', 'PermissionSet', { Id: nobody }),
  refusedRecord('record-field-of-the-org', 'Unable to create/update fields', 'PermissionSet', {
    Name: 'Conformance',
    Label: 'Conformance',
    SystemModstamp: '2020-01-01T00:00:00.000+0000',
  }),
  refusedRecord('record-wrong-type', 'Cannot deserialize instance', 'PermissionSet', {
    Name: 'Conformance',
    Label: { no: 'text' },
  }),
  refusedRecord('record-unknown-reference', 'Refuses a reference to no record', 'PermissionSetAssignment', {
    AssigneeId: nobody,
    PermissionSetId: '0PS000000000000AAA',
  }),
  refusedRecord('record-read-only-object', 'Refuses to insert, update or delete rows', 'Organization', { Name: 'No' }),
];
