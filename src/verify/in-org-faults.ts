import type { ServerType } from '../config/connection.js';
import type { Advice } from './advice.js';
import { compareCredential, deployClient, inOrgFaults, type InOrgFault } from './in-org-fault-rows.js';
import { quotable } from './server-text.js';

const unknown: Advice = {
  cause: 'the client org says no more than this',
  actions: ['Run the Apex of the connection with a debug log: sf apex run --target-org MY_CLIENT_ORG'],
};

/** Of a server that is no org, nobody knows where it says more. */
const exchangeFailedElsewhere: Advice = {
  cause:
    'the platform got no token and does not say why; mostly it is the issuer, subject, audience or scope in the credential, or a certificate that the server does not know',
  actions: [
    compareCredential,
    'Register the current certificate at the server: MY_CERTIFICATE.crt',
    'Look into the log of the server, or ask who runs it.',
  ],
};

/** Where the same claims got a token with the same key here, the server cannot be the reason. */
const exchangeFailedThereOnly: Advice = {
  cause:
    'the same key got a token here, so that issuer, subject and certificate are right, and what differs stands in the client org: the claims or the token endpoint of its credential',
  actions: [compareCredential, deployClient],
};

export const findInOrgFault = (detail: string): InOrgFault | undefined =>
  inOrgFaults.find(({ pattern }) => pattern.test(detail));

export type Callers = { readonly runsAs: string; readonly meant: string };

const verifiedAsAnother = ({ runsAs, meant }: Callers): Advice => ({
  cause: `the callout was made as ${quotable(runsAs)}, whom the CLI is logged in as, but ${quotable(meant)} is the user who has the permission set`,
  actions: [
    `Log the CLI in as ${quotable(meant)} and verify again: sf org login web --alias MY_CLIENT_ORG`,
    'Assign the permission set to the other user as well: sf org assign permset --name MY_CALLOUT_PERMISSION_SET --target-org MY_CLIENT_ORG --on-behalf-of MY_CLIENT_USER',
  ],
});

/**
 * Cause and next steps of a fault in the client org, before any answer of the token endpoint is known.
 *
 * @param known whether the same flow got a token with the same key on this machine, who makes the callout, and to whom
 */
export function adviseOnInOrgFault(
  detail: string,
  known: { readonly signedHere?: boolean; readonly callers?: Callers; readonly server?: ServerType } = {},
): Advice {
  const fault = findInOrgFault(detail);
  if (fault?.key === 'exchange-failed') {
    if (known.signedHere) return exchangeFailedThereOnly;
    if (known.server === 'oauth2') return exchangeFailedElsewhere;
  }
  if (known.callers && fault?.key === 'credential-not-accessible') return verifiedAsAnother(known.callers);
  return fault ?? unknown;
}
