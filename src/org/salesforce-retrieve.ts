import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@salesforce/core';
import { unzipSync } from 'fflate';
import type { ComponentRef } from '../artifacts/artifact.js';
import { isLoopback } from './loopback.js';

/** A retrieve waits in the queue of the org: minutes, where the org is busy. */
const waitMinutes = 10;

type OneOrMany<T> = T | readonly T[] | null | undefined;

/** What is read of a RetrieveResult (Metadata API Developer Guide, RetrieveResult). */
type RetrieveAnswer = {
  readonly done: boolean;
  readonly success?: boolean | null;
  readonly errorStatusCode?: string | null | undefined;
  readonly errorMessage?: string | null | undefined;
  readonly messages?: OneOrMany<{ readonly problem: string }>;
  readonly fileProperties?: OneOrMany<{ readonly type: string; readonly fullName: string }>;
  readonly zipFile?: string | null;
};

export type Retrieved = {
  readonly components: readonly ComponentRef[];
  /** Content by path, without what is only the manifest. */
  readonly files: ReadonlyMap<string, Uint8Array>;
};

/** How a retrieve waits between two looks; replaced in tests. */
export type Pause = (milliseconds: number) => Promise<unknown>;

/**
 * Retrieves components by name; those that the org does not have are left out.
 *
 * Polls by itself: the client library gives up after ten seconds, and its error then ends the process.
 *
 * @throws Error with the org's words where it cannot retrieve, or takes longer than ten minutes
 */
export async function retrieveComponents(
  connection: Connection,
  components: readonly ComponentRef[],
  pause: Pause = delay,
): Promise<Retrieved> {
  const version = connection.getApiVersion();
  const names = [...new Set(components.map(({ type }) => type))];
  const types = names.map((name) => ({
    name,
    members: components.filter(({ type }) => type === name).map(({ fullName }) => fullName),
  }));
  const { id } = await connection.metadata.retrieve({
    apiVersion: Number(version),
    singlePackage: true,
    unpackaged: { types, version } as never,
  });
  return toRetrieved(await waitFor(connection, id, pause), components.length);
}

async function waitFor(connection: Connection, id: string, pause: Pause): Promise<RetrieveAnswer> {
  // A poll costs an org on this machine nothing, and a person would wait for it.
  const everyMilliseconds = isLoopback(connection.instanceUrl) ? 20 : 1000;
  const looks = (waitMinutes * 60 * 1000) / everyMilliseconds;
  for (let look = 0; look < looks; look += 1) {
    const answer: RetrieveAnswer = await connection.metadata.checkRetrieveStatus(id);
    if (answer.done) return answer;
    await pause(everyMilliseconds);
  }
  throw new Error(`The org did not finish the retrieve ${id} within ${waitMinutes} minutes.`);
}

function toRetrieved(answer: RetrieveAnswer, asked: number): Retrieved {
  if (!answer.success) {
    const reasons = [answer.errorStatusCode, answer.errorMessage, ...problemsOf(answer)].filter(Boolean);
    throw new Error(reasons.join(': ') || 'The org gave no reason for a retrieve that failed.');
  }
  const components = many(answer.fileProperties)
    .filter(({ type }) => type !== 'Package')
    .map(({ type, fullName }) => ({ type, fullName }));
  // What an org says beside a whole answer is a warning; that a component is not there is an answer too.
  const unexpected = problemsOf(answer).filter((problem) => !/cannot be found/i.test(problem));
  if (components.length < asked && unexpected.length > 0) throw new Error(unexpected.join('; '));
  const files = Object.entries(answer.zipFile ? unzipSync(Buffer.from(answer.zipFile, 'base64')) : {});
  return { components, files: new Map(files.filter(([path]) => !path.endsWith('package.xml'))) };
}

const problemsOf = ({ messages }: RetrieveAnswer): readonly string[] => many(messages).map(({ problem }) => problem);

const many = <T>(items: OneOrMany<T>): readonly T[] => [items ?? []].flat() as readonly T[];
