import type { Connection } from '@salesforce/core';
import type { AnonymousApexOutcome, LocalOrgGateway } from './gateway.js';
import { isLoopback } from './loopback.js';
import { asRefusal } from './salesforce-refusal.js';

/** Runs anonymous Apex through the Tooling API. */
export async function executeAnonymous(connection: Connection, apex: string): Promise<AnonymousApexOutcome> {
  const { compiled, success, compileProblem, exceptionMessage } = await connection.tooling.executeAnonymous(apex);
  const problem = compileProblem ?? exceptionMessage;
  return { compiled, success, ...(problem ? { problem } : {}) };
}

/** Asks an org on this machine whether it is a local org. Other orgs are never asked. */
export async function findLocalOrg(connection: Connection): Promise<LocalOrgGateway | undefined> {
  if (!isLoopback(connection.instanceUrl)) return undefined;
  const origin = new URL(connection.instanceUrl).origin;
  try {
    const about: unknown = await connection.request(`${origin}/_local`);
    if (typeof about !== 'object' || about === null || !('localOrg' in about)) return undefined;
  } catch {
    // Any other server on this machine, a tunnel to a real org for instance, does not know the path.
    return undefined;
  }
  const post = (path: string, body: object): Promise<unknown> =>
    asRefusal(connection, () =>
      connection.request({
        method: 'POST',
        url: `${origin}/_local/${path}`,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    );
  return {
    runJwtBearer: (run) => post('jwt-bearer', run),
    callNamedCredential: (run) => post('named-credential', run),
  };
}
