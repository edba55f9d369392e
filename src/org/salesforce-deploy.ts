import { ConfigAggregator, type Connection } from '@salesforce/core';
import type { MetadataApiDeploy, MetadataApiDeployStatus } from '@salesforce/source-deploy-retrieve';
import { Duration } from '@salesforce/kit';
import { JwtError } from '../errors.js';
import type { DeployOutcome, DeployRequest } from './gateway.js';
import { collectProblems, collectWarnings, countTests, isTrue } from './deploy-problems.js';
import { isLoopback } from './loopback.js';
import { missingPermission, permissions } from './permissions.js';
import { readSource } from './salesforce-source.js';

/** As long as `sf project deploy start` waits by default. */
const defaultWaitMinutes = 33;

/**
 * Deploys source files with SDR, or waits for a deploy that was started earlier.
 *
 * @throws JwtError `deployTimedOut` and `deployOutOfSight`, after which the deploy goes on in the org
 */
export async function deploySource(connection: Connection, request: DeployRequest): Promise<DeployOutcome> {
  const deploy = request.resumeId
    ? await resumeDeploy(connection, request.resumeId)
    : await startDeploy(connection, request);
  const id = deploy.id ?? '';
  if (!request.resumeId) await request.onStarted?.(id);
  if (request.isAsync && !request.resumeId) return { ...nothing(id), unfinished: 'started' };
  return watch(connection, deploy, request);
}

async function startDeploy(connection: Connection, request: DeployRequest): Promise<MetadataApiDeploy> {
  const components = await readSource(request.paths);
  components.apiVersion = request.apiVersion;
  components.sourceApiVersion = request.apiVersion;
  return components.deploy({
    usernameOrConnection: connection,
    apiOptions: {
      rollbackOnError: true,
      singlePackage: true,
      checkOnly: request.checkOnly ?? false,
      rest: await isRestPreferred(),
      ...(request.tests?.length ? { testLevel: 'RunSpecifiedTests', runTests: [...request.tests] } : {}),
    } as never,
  });
}

async function resumeDeploy(connection: Connection, id: string): Promise<MetadataApiDeploy> {
  const { MetadataApiDeploy: Deploy } = await import('@salesforce/source-deploy-retrieve');
  return new Deploy({ usernameOrConnection: connection, id, apiOptions: { rest: await isRestPreferred() } });
}

/** Declared by plugin-deploy-retrieve, which is not there where this plugin runs by itself. */
const restDeploy = { key: 'org-metadata-rest-deploy', description: 'Whether deploys use REST.', hidden: true };

/**
 * Whether the user wants deploys to go over REST: the configuration variable `org-metadata-rest-deploy`, or
 * `SF_ORG_METADATA_REST_DEPLOY`, as `sf project deploy start` reads them (plugin-deploy-retrieve). SOAP is the default.
 */
async function isRestPreferred(): Promise<boolean> {
  const config = await ConfigAggregator.create({ customConfigMeta: [restDeploy] });
  // One that was made before did not know the variable.
  await config.reload();
  return String(config.getPropertyValue(restDeploy.key)) === 'true';
}

async function watch(
  connection: Connection,
  deploy: MetadataApiDeploy,
  request: DeployRequest,
): Promise<DeployOutcome> {
  let status = 'Pending';
  deploy.onUpdate((update) => {
    status = String(update.status);
    const total = Number(update.numberComponentsTotal);
    // In the queue, nothing is counted yet.
    if (total > 0) request.onProgress?.(Number(update.numberComponentsDeployed), total);
  });
  // A poll costs an org on this machine nothing, and a person would wait for it.
  const frequency = isLoopback(connection.instanceUrl) ? Duration.milliseconds(20) : Duration.seconds(1);
  const minutes = request.waitMinutes ?? defaultWaitMinutes;
  // An answer that is cut off half-way is not caught here, nor anywhere: jsforce listens for no error of a body
  // (docs/local-org.md, "Faults on demand").
  try {
    if (request.isAsync) return await lookOnce(deploy);
    const timeout = Duration.milliseconds(minutes * 60_000);
    return toOutcome((await deploy.pollStatus({ frequency, timeout })).response);
  } catch (error) {
    const { waitCommand = 'sf jwt deploy --job-id' } = request;
    const watched = { id: deploy.id ?? '', status, minutes, org: connection.getUsername() ?? '', waitCommand };
    if (request.resumeId && isUnknownId(error)) return { ...nothing(watched.id), unfinished: 'forgotten' };
    throw lostSight(error, watched);
  }
}

type Watched = {
  readonly id: string;
  readonly status: string;
  readonly minutes: number;
  readonly org: string;
  readonly waitCommand: string;
};

/** The deploy goes on without us, unless we were never to see it. */
function lostSight(cause: unknown, { id, status, minutes, org, waitCommand }: Watched): unknown {
  if (!(cause instanceof Error) || missingPermission(cause.message, permissions.deploy)) return cause;
  const options = { cause, data: { deployId: id, status } };
  const waiting = `${waitCommand} ${id}`;
  return isTimeUp(cause)
    ? new JwtError('deployTimedOut', [id, inMinutes(minutes), inWords(status), waiting, id, org, id, org], options)
    : new JwtError('deployOutOfSight', [id, oneLine(cause.message), waiting, id, org], options);
}

async function lookOnce(deploy: MetadataApiDeploy): Promise<DeployOutcome> {
  const status = await deploy.checkStatus();
  return status.done ? toOutcome(status) : { ...nothing(deploy.id ?? ''), unfinished: 'started' };
}

/** The words of `@salesforce/core`'s PollingClient. A network that times out has others, and the deploy is asked for again. */
const isTimeUp = ({ message }: Error): boolean => message.includes('The client has timed out.');

/** An org forgets its deploys after some days (Metadata API Developer Guide, checkDeployStatus(): invalid ids). */
const isUnknownId = (error: unknown): boolean =>
  error instanceof Error &&
  /INVALID_CROSS_REFERENCE_KEY|INVALID_ID_FIELD|invalid cross reference id|NOT_FOUND/.test(error.message);

/** What the org does with the deploy (Metadata API Developer Guide, DeployResult: status). */
function inWords(status: string): string {
  return status === 'Pending' ? 'waits in the queue of the org' : `goes on in the org (status ${status})`;
}

const inMinutes = (minutes: number): string => `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`;

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

const nothing = (id: string): DeployOutcome => ({ id, success: false, problems: [], warnings: [], testsRun: 0 });

function toOutcome(response: MetadataApiDeployStatus): DeployOutcome {
  const isCancelled = String(response.status) === 'Canceled';
  return {
    id: response.id,
    success: isTrue(response.success),
    problems: collectProblems(response),
    warnings: collectWarnings(response),
    testsRun: countTests(response),
    ...(isCancelled ? { unfinished: 'cancelled' } : {}),
    ...(isTrue(response.checkOnly) ? { isCheck: true } : {}),
  };
}
