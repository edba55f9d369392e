import type { Advice } from './advice.js';

type InOrgFault = Advice & { readonly pattern: RegExp };

/** What Apex says when it cannot even ask for a token; texts as people quote them, so only their core is matched. */
const faults: readonly InOrgFault[] = [
  {
    pattern: /unauthorized endpoint/i,
    cause: 'the client org may not call the token endpoint: the remote site setting is missing or inactive',
    actions: ['Deploy the client side of the connection again: sf jwt deploy --connection MY_CONNECTION'],
  },
  {
    pattern: /data not available/i,
    cause: 'the client org does not have the certificate that shall sign',
    actions: [
      'Look for the certificate: sf data query --use-tooling-api --query "SELECT DeveloperName, ExpirationDate FROM Certificate" --target-org MY_CLIENT_ORG',
      'Run the setup again: sf jwt setup --connection MY_CONNECTION',
    ],
  },
  {
    pattern: /uncommitted work pending/i,
    cause: 'the transaction changed data before it called out, which Salesforce does not allow',
    actions: ['Get the token before any change of data, or in an asynchronous job.'],
  },
  {
    pattern: /read timed out|timeout|timed out/i,
    cause: 'the server org did not answer the client org in time',
    actions: ['Run the command again, and look for an incident: https://status.salesforce.com'],
  },
];

const unknown: Advice = {
  cause: 'the client org says no more than this',
  actions: ['Run the Apex of the connection with a debug log: sf apex run --target-org MY_CLIENT_ORG'],
};

/** Cause and next steps of a fault in the client org, before any answer of the token endpoint. */
export const adviseOnInOrgFault = (detail: string): Advice =>
  faults.find(({ pattern }) => pattern.test(detail)) ?? unknown;
