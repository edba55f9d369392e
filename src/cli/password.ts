import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { JwtError } from '../errors.js';
import { printable } from '../keys/printable.js';
import { readInputFile } from '../keys/read-input-file.js';
import { checkStorePassword } from '../keys/store-password.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'password');

const passwordVariable = 'SF_JWT_STORE_PASSWORD';

/** A password is never an argument: other users of a machine can read those. */
export const passwordFlags = {
  'password-file': Flags.string({
    summary: messages.getMessage('flags.password-file.summary'),
    description: messages.getMessage('flags.password-file.description'),
  }),
};

export type PasswordFlags = { readonly 'password-file'?: string | undefined };

/** Asks with a hidden answer; injected in tests. */
export type HiddenPrompt = (message: string, validate?: (answer: string) => true | string) => Promise<string>;

/**
 * The password from the file or, without one, from the environment; undefined where neither gives one.
 * @throws JwtError `passwordFileUnreadable`
 */
export async function readGivenPassword(
  flags: PasswordFlags,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<string | undefined> {
  const path = flags['password-file'];
  if (path === undefined) return environment[passwordVariable] || undefined;
  const [line = ''] = (await readText(path)).replace(/^\uFEFF/, '').split(/\r?\n/, 1);
  if (line === '') throw unreadable(path, 'its first line is empty');
  return line;
}

/** Asks for the password of a file that is there. */
export async function askToOpen(path: string, prompt: HiddenPrompt = hiddenPrompt): Promise<string> {
  return prompt(messages.getMessage('askToOpen', [printable(path)]));
}

/** Asks twice for the password of stores to make; undefined for an empty answer. */
export async function askForNew(prompt: HiddenPrompt = hiddenPrompt): Promise<string | undefined> {
  const answer = await prompt(messages.getMessage('askNew'), (text) => text === '' || judge(text));
  if (answer === '') return undefined;
  return prompt(messages.getMessage('askAgain'), (again) => again === answer || messages.getMessage('differs'));
}

/** Asks twice for the password of a keystore that is to be made. */
export async function askForKeyStore(path: string, prompt: HiddenPrompt = hiddenPrompt): Promise<string> {
  const answer = await prompt(messages.getMessage('askKeyStore', [printable(path)]), judge);
  return prompt(messages.getMessage('askAgain'), (again) => again === answer || messages.getMessage('differs'));
}

async function hiddenPrompt(message: string, validate?: (answer: string) => true | string): Promise<string> {
  const { default: password } = await import('@inquirer/password');
  return password({ message, mask: false, ...(validate && { validate }) });
}

function judge(text: string): true | string {
  try {
    checkStorePassword(text);
    return true;
  } catch (error) {
    if (error instanceof JwtError) return error.tokens.join(' ');
    throw error;
  }
}

async function readText(path: string): Promise<string> {
  try {
    const { bytes } = await readInputFile(path);
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw unreadable(path, cause instanceof JwtError ? (cause.tokens[1] ?? '') : 'it is not UTF-8 text', cause);
  }
}

function unreadable(path: string, reason: string, cause?: unknown): JwtError {
  return new JwtError('passwordFileUnreadable', [printable(path), reason], { cause });
}
