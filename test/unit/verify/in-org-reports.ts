import type { Check } from '../../../src/verify/check.js';
import type { InOrgReport } from '../../../src/verify/in-org-report.js';

export const expected = {
  username: 'integration@example.com',
  instanceUrl: 'https://acme.my.salesforce.com',
  audience: 'https://acme.my.salesforce.com',
  orgId: '00D000000000001AAA',
  scopes: ['Api', 'Web'],
};
export const good: InOrgReport = {
  issued: true,
  status: 200,
  username: expected.username,
  orgId: expected.orgId,
  scope: 'api web',
  executed: true,
};
export const notYet = {
  issued: false,
  executed: true,
  error: 'invalid_client_id',
  errorDescription: 'client identifier invalid',
};

export const summaryOf = (checks: readonly Check[]): readonly (readonly [string, string])[] =>
  checks.map(({ name, status }) => [name, status]);
