import { relative, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Messages } from '@salesforce/core';
import type { ImportRequest, KeyStoreImport } from '../apply/context.js';
import type { Connection } from '../config/connection.js';
import { openCommand, openEnvironment } from '../org/open-command.js';
import { canAsk } from './can-ask.js';
import type { OrgSession } from './open-orgs.js';
import { askForKeyStore } from './password.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'key-store-import');

/** The part of a command that an import needs: its terminal, and the other commands of the CLI. */
export type ImportTerminal = {
  readonly jsonEnabled: boolean;
  readonly log: (text: string) => void;
  /** Runs another command of the CLI; undefined where there is none of that id. */
  readonly run: (id: string, argv: string[]) => Promise<unknown> | undefined;
};

type ImportChoices = { readonly projectRoot: string; readonly waitSeconds: number; readonly open: boolean };

/** How the keystore of a connection gets into its client org: by itself in a trial, else by a person, where there is one. */
export function keyStoreImportFor(
  { client }: Connection,
  { importKeyStore }: OrgSession,
  choices: ImportChoices,
  terminal: ImportTerminal,
): KeyStoreImport {
  if (importKeyStore && client.type !== 'external') {
    return { kind: 'upload', upload: (keyStore, password) => importKeyStore(client.org, keyStore, password) };
  }
  if (!canAsk(terminal.jsonEnabled)) return { kind: 'nobody' };
  return byHand(choices, terminal);
}

/** What a person in a terminal is asked and told. */
export function byHand(
  { projectRoot, waitSeconds, open }: ImportChoices,
  terminal: ImportTerminal,
): Extract<KeyStoreImport, { kind: 'by-hand' }> {
  const shown = (file: string): string => relative('', resolve(projectRoot, file));
  return {
    kind: 'by-hand',
    waitSeconds,
    sleep: (seconds) => pause(seconds * 1000),
    askPassword: (file) => askForKeyStore(shown(file)),
    tell: async (request) => {
      const minutes = String(Math.round(waitSeconds / 60));
      const { org, certificate, url, file } = request;
      const tokens = [certificate, org, url, openCommand(request), shown(file), certificate, minutes];
      terminal.log(messages.getMessage('request', tokens));
      if (open) await openPage(request, terminal);
    },
  };
}

/** The CLI's own command opens it, so that no session of ours ever stands in the arguments of a process. */
async function openPage({ org, path, url }: ImportRequest, { run, log }: ImportTerminal): Promise<void> {
  const { exitCode } = process;
  const restore = setEnvironment(openEnvironment(url));
  try {
    const opening = run('org:open', ['--target-org', org, '--path', path]);
    if (opening) await opening;
    else log(messages.getMessage('cannotOpen'));
  } catch (error) {
    // The other command has noted its own failure as that of the process.
    process.exitCode = exitCode;
    log(messages.getMessage('notOpened', [error instanceof Error ? error.message : String(error)]));
  } finally {
    restore();
  }
}

/** Sets variables of this process, as the other command reads them from it; gives back what undoes that. */
function setEnvironment(variables: Readonly<Record<string, string>>): () => void {
  const before = Object.keys(variables).map((name) => [name, process.env[name]] as const);
  Object.assign(process.env, variables);
  return () => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  };
}
