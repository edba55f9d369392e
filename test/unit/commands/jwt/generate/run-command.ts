import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Config } from '@oclif/core';

let emptyPlugin: Promise<Config> | undefined;

type RunnableCommand<T> = {
  new (
    argv: string[],
    config: Config,
  ): { run(): Promise<T>; log(message?: string): void; warn(input: unknown): unknown };
};

/** Runs a command in this process and collects what it prints for people, and what it warns of. */
export async function runCommand<T>(
  Command: RunnableCommand<T>,
  argv: readonly string[],
): Promise<{ result: T; printed: string; warnings: readonly string[] }> {
  emptyPlugin ??= loadEmptyPlugin();
  const config = await emptyPlugin;
  const lines: string[] = [];
  const command = new Command([...argv], config);
  command.log = (message = '') => void lines.push(message);
  const warnings: string[] = [];
  command.warn = (input) => warnings.push(String(input));
  return { result: await command.run(), printed: lines.join('\n'), warnings };
}

/** A plugin without commands of its own: one command runs here, so the others need not be built or loaded. */
async function loadEmptyPlugin(): Promise<Config> {
  const root = mkdtempSync(join(tmpdir(), 'sf-jwt-plugin-'));
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'empty', version: '0.0.0', oclif: { bin: 'sf' } }));
  return Config.load({ root });
}

/** An empty DX project, with the working folder in it. */
export function enterProject(): string {
  const project = realpathSync(mkdtempSync(join(tmpdir(), 'sf-jwt-project-')));
  mkdirSync(join(project, 'force-app'));
  writeFileSync(
    join(project, 'sfdx-project.json'),
    JSON.stringify({ packageDirectories: [{ path: 'force-app', default: true }] }),
  );
  process.chdir(project);
  return project;
}
