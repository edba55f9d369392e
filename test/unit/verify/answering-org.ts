import type { Check } from '../../../src/verify/check.js';
import type { VerifyInput } from '../../../src/verify/verify-flow.js';
import { fakeWorld, jsonResponse, keyMaterial, startOfTest, type Sent } from './material.js';

export const origin = 'https://acme.my.salesforce.com';
export const username = 'integration@example.com';
export const orgId = '00D000000000001AAA';
export const notYet = { error: 'invalid_client_id', error_description: 'client identifier invalid' };
export const issued = {
  access_token: 'planted-token-value',
  instance_url: origin,
  id: `https://login.salesforce.com/id/${orgId}/005000000000001AAA`,
  scope: 'api web',
  token_type: 'Bearer',
};

const dated = { date: startOfTest.toUTCString() };
const isProbe = (request: Sent): boolean => request.method === 'POST' && !request.form.has('assertion');

/** An org that works, except where a test says otherwise. `token` gets the number of the token request. */
export function org(
  change: { probe?: () => Response; token?: (count: number) => Response; userInfo?: () => Response } = {},
) {
  let tokens = 0;
  return fakeWorld((request) => {
    if (isProbe(request)) return change.probe?.() ?? jsonResponse(400, { error: 'unsupported_grant_type' }, dated);
    if (request.method === 'POST') {
      tokens += 1;
      return change.token?.(tokens) ?? jsonResponse(200, issued);
    }
    const user = { preferred_username: username, organization_id: orgId };
    return change.userInfo?.() ?? jsonResponse(200, user);
  });
}

export const statusesOf = (checks: readonly Check[]): Record<string, string> =>
  Object.fromEntries(checks.map(({ name, status }) => [name, status]));

export const allPassed = {
  'key-matches-certificate': 'passed',
  'certificate-valid': 'passed',
  'endpoint-reachable': 'passed',
  'clock-skew': 'passed',
  'token-issued': 'passed',
  'token-works': 'passed',
  'user-and-org': 'passed',
  scopes: 'passed',
};

export const detailOf = (checks: readonly Check[], name: string): string =>
  checks.find((check) => check.name === name)?.detail ?? '';

/** A flow that works at that org. */
export async function inputWith(change: Partial<VerifyInput> = {}): Promise<VerifyInput> {
  const { privateKey, certificate } = await keyMaterial();
  return {
    privateKey,
    certificate,
    clientId: 'CONSUMER_KEY',
    username,
    instanceUrl: origin,
    expected: { orgId, scopes: ['Api', 'Web', 'RefreshToken'] },
    deadlineSeconds: 600,
    ...change,
  };
}
