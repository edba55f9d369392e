import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { certificateArtifacts, consumerKeyHolder } from '../artifacts/build.js';
import { componentsIn } from '../artifacts/catalog.js';
import { isToSalesforce, type SalesforceConnection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { hasCertificate } from '../plan/edits.js';
import { sourceRoot } from '../plan/wanted-files.js';
import { filesBelow } from './connection-files.js';
import type { DeployInput } from './deploy-side.js';
import { gatewayOf } from './observe.js';

/**
 * An org that is given a Certificate which it does not have makes a new key for it. Where the app was made with the
 * certificate of an earlier key, the flow would end with the deploy, as nothing of it gets into the app.
 *
 * @throws JwtError `certificateWouldBeNew`
 */
export async function refuseNewKey(input: DeployInput): Promise<void> {
  const { connection, sides, orgs, projectRoot } = input;
  const { name, certificate, client } = connection;
  if (!sides.includes('client') || certificate.source !== 'platform' || !isToSalesforce(connection)) return;
  const artifacts = certificateArtifacts(connection);
  const own = await filesBelow(projectRoot, sourceRoot(name, 'client'));
  const isDeployed = artifacts.some(({ path }) => own.includes(`${sourceRoot(name, 'client')}/${path}`));
  if (!isDeployed || (await gatewayOf('client', orgs).existing(componentsIn(artifacts))).length > 0) return;
  if (!(await hasAppOfOtherKey(connection, input))) return;
  const org = client.type === 'external' ? '' : client.org;
  throw new JwtError('certificateWouldBeNew', [org, certificate.name, connection.server.app.name, name, name], {
    data: { org, certificate: certificate.name },
  });
}

/** As far as it can be seen: only the org of a side that is deployed is at hand. */
async function hasAppOfOtherKey(
  { name, server }: SalesforceConnection,
  { orgs, projectRoot }: DeployInput,
): Promise<boolean> {
  const there = (await orgs.server?.existing([consumerKeyHolder(server.app)])) ?? [];
  if (there.length > 0) return true;
  const paths = await filesBelow(projectRoot, sourceRoot(name, 'server'));
  const contents = await Promise.all(paths.map((path) => readFile(join(projectRoot, path), 'utf8')));
  return contents.some(hasCertificate);
}
