import type { Artifact, Side } from '../artifacts/artifact.js';
import type { Connection } from '../config/connection.js';
import { sha256 } from './digest.js';

/** An artifact as a file of the project. */
export type WantedFile = {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly content: string;
  readonly sha256: string;
};

/** Source folder of one side, relative to the project, with `/`: two folders, because they belong to two orgs. */
export const sourceRoot = (connectionName: string, side: Side): string => `jwt/${connectionName}/${side}/main/default`;

export function wantedFiles({ name }: Connection, artifacts: readonly Artifact[]): readonly WantedFile[] {
  return artifacts.map(({ side, path, content }) => wantedFile(`${sourceRoot(name, side)}/${path}`, content));
}

export const wantedFile = (path: string, content: string): WantedFile => ({ path, content, sha256: sha256(content) });

/** Two deploys with the same digest put the same into an org, in whichever order the files are named. */
export const digestFiles = (files: readonly WantedFile[]): string =>
  sha256(
    files
      .map(({ path, sha256: digest }) => `${path}  ${digest}\n`)
      .sort()
      .join(''),
  );
