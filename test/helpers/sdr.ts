import type { Connection } from '@salesforce/core';
import { ComponentSet, type MetadataApiDeployOptions } from '@salesforce/source-deploy-retrieve';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeSource, type Files } from '../unit/local-org/metadata/sample-files.js';
import { temporaryProject } from './home.js';

type ApiOptions = NonNullable<MetadataApiDeployOptions['apiOptions']>;

/** Every how many milliseconds, and for how many seconds, SDR asks whether a job is done. */
export const poll = [5, 30] as const;

/** Writes files as source into a new DX project. Returns the folder. */
export function sourceOf(files: Files): string {
  const folder = join(temporaryProject('sdr-project'), 'force-app', 'main', 'default');
  writeSource(folder, files);
  return folder;
}

/** Deploys a folder with the real source-deploy-retrieve, as the CLI does. */
export async function deploySource(connection: Connection, folder: string, apiOptions: ApiOptions = {}) {
  const job = await ComponentSet.fromSource(folder).deploy({
    usernameOrConnection: connection,
    apiOptions: { rollbackOnError: true, singlePackage: true, ...apiOptions },
  });
  return job.pollStatus(...poll);
}

/** Retrieves components as source into a new DX project. `text` reads the file whose path ends so. */
export async function retrieveSource(connection: Connection, members: readonly { type: string; fullName: string }[]) {
  const output = join(temporaryProject('sdr-retrieve'), 'force-app');
  const components = new ComponentSet(members);
  const job = await components.retrieve({ usernameOrConnection: connection, output, format: 'source' });
  const result = await job.pollStatus(...poll);
  const paths = result.getFileResponses().map(({ filePath }) => filePath ?? '');
  const text = (path: string) => readFileSync(paths.find((one) => one.endsWith(path)) ?? path, 'utf8');
  return { result, text, output };
}

/** The problems of the components of a deploy; SDR gives a single one without an array. */
export function problemsOf({ response }: Awaited<ReturnType<typeof deploySource>>): readonly string[] {
  return [response.details.componentFailures ?? []].flat().map(({ problem }) => problem ?? '');
}
