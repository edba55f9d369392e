import type { Connection } from '@salesforce/core';
import type { MetadataApiDeploy, MetadataApiDeployStatus } from '@salesforce/source-deploy-retrieve';
import { Duration } from '@salesforce/kit';
import { JwtError } from '../errors.js';
import type { DeployOutcome, DeployRequest } from './gateway.js';
import { collectProblems } from './deploy-problems.js';
import { isLoopback } from './loopback.js';

/** As long as `sf project deploy start` waits by default. */
const waitMinutes = 33;

/** Deploys source files with SDR, or waits for a deploy that was started earlier. */
export async function deploySource(connection: Connection, request: DeployRequest): Promise<DeployOutcome> {
  const deploy = request.resumeId
    ? await resumeDeploy(connection, request.resumeId)
    : await startDeploy(connection, request);
  if (deploy.id !== undefined && !request.resumeId) await request.onStarted?.(deploy.id);
  deploy.onUpdate(({ numberComponentsDeployed, numberComponentsTotal }) =>
    request.onProgress?.(Number(numberComponentsDeployed), Number(numberComponentsTotal)),
  );
  return toOutcome(await waitFor(connection, deploy));
}

async function startDeploy(connection: Connection, request: DeployRequest): Promise<MetadataApiDeploy> {
  const { ComponentSet } = await import('@salesforce/source-deploy-retrieve');
  const components = ComponentSet.fromSource([...request.paths]);
  components.apiVersion = request.apiVersion;
  components.sourceApiVersion = request.apiVersion;
  return components.deploy({
    usernameOrConnection: connection,
    apiOptions: {
      rollbackOnError: true,
      singlePackage: true,
      checkOnly: request.checkOnly ?? false,
      ...(request.tests?.length ? { testLevel: 'RunSpecifiedTests', runTests: [...request.tests] } : {}),
    } as never,
  });
}

async function resumeDeploy(connection: Connection, id: string): Promise<MetadataApiDeploy> {
  const { MetadataApiDeploy: Deploy } = await import('@salesforce/source-deploy-retrieve');
  return new Deploy({ usernameOrConnection: connection, id });
}

async function waitFor(connection: Connection, deploy: MetadataApiDeploy): Promise<MetadataApiDeployStatus> {
  // A poll costs an org on this machine nothing, and a person would wait for it.
  const frequency = isLoopback(connection.instanceUrl) ? Duration.milliseconds(20) : Duration.seconds(1);
  try {
    const result = await deploy.pollStatus({ frequency, timeout: Duration.minutes(waitMinutes) });
    return result.response;
  } catch (error) {
    if (error instanceof Error && /timeout|timed out/i.test(`${error.name} ${error.message}`)) {
      throw new JwtError('deployTimedOut', [deploy.id ?? '', String(waitMinutes)], { cause: error });
    }
    throw error;
  }
}

function toOutcome(response: MetadataApiDeployStatus): DeployOutcome {
  return { id: response.id, success: Boolean(response.success), problems: collectProblems(response) };
}
