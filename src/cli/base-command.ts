import { Errors } from '@oclif/core';
import { Messages, type SfError } from '@salesforce/core';
import { SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { JwtError, type ErrorKey } from '../errors.js';
import { fileSystemFault } from '../file-system-fault.js';
import { printableLines } from '../keys/printable.js';
import { isInsecureLoopbackWarning } from './loopback-warning.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const errors = Messages.loadMessages('sf-plugin-jwt', 'errors');

/** What every `sf jwt` command shares: exit codes in its help, and the one place where a `JwtError` becomes words. */
export abstract class JwtCommand<T> extends SfCommand<T> {
  public static override readonly errorCodes = toHelpSection('EXIT CODES', {
    0: 'Done.',
    1: 'A check failed.',
    2: 'Wrong use: a flag, a file or the configuration.',
    3: 'An org refused.',
  });

  /** Everything but what core says about a local org, which never leaves this machine. */
  public override warn(input: Parameters<SfCommand<T>['warn']>[0]): ReturnType<SfCommand<T>['warn']> {
    return isInsecureLoopbackWarning(input) ? input : super.warn(input);
  }

  /**
   * The signal handlers of the base class call this outside of any promise, where the exception that it throws would end
   * in a stack trace.
   */
  public override exit(code = 0): never {
    if (code !== interruptedCode) return super.exit(code);
    this.interrupted();
    process.exit(code);
  }

  /** What to say to somebody who pressed Ctrl+C. */
  protected interrupted(): void {}

  protected override async catch(error: Parameters<SfCommand<T>['catch']>[0]): Promise<never> {
    if (error.name === 'ExitPromptError') this.exit(interruptedCode);
    if (isWrongUse(error)) error.oclif.exit = 2;
    const fault = fileSystemFault(error);
    const known = fault ? new JwtError('fileSystemRefused', [fault.path, fault.reason], { cause: error }) : error;
    return super.catch(known instanceof JwtError ? inWords(known) : error);
  }
}

/** What has happened and what to do next, a line each, for an error that does not end the command. */
export function wordsOf(error: JwtError): string {
  const { message, actions = [] } = inWords(error);
  return [message, ...actions.map((action) => `- ${action}`)].join('\n');
}

/** What a shell gives for a program that ended by SIGINT: 128 and the number of the signal. */
const interruptedCode = 130;

/**
 * What oclif refuses is a wrong flag or argument, since our own errors are others. The CLI that runs us has an exit code of
 * its own for it, where our help promises 2.
 */
const isWrongUse = (error: Error): error is Errors.CLIError =>
  error instanceof Errors.CLIError && !(error instanceof Errors.ExitError);

/**
 * The message takes the tokens that it has places for; the actions take the ones after them. Whoever wrote them, a user, a
 * file or an org, they reach a terminal as text and nothing else.
 */
function inWords(error: JwtError): SfError {
  const key = `error.${error.key}`;
  const places = errors.getMessage(key).match(/%s/g)?.length ?? 0;
  const tokens = error.tokens.map((token) => printableToken(error.key, token));
  const worded = errors.createError(key, tokens.slice(0, places), tokens.slice(places), error);
  worded.exitCode = error.exitCode;
  if (error.data) worded.setData(printableData(error.data) as never);
  return worded;
}

/** Only the problems of a deploy, and differences between files, have lines of their own. */
const keysWithLines: readonly ErrorKey[] = [
  'deployRefused',
  'connectedAppsBlocked',
  'consumerKeyTaken',
  'foreignOauthLink',
  'appHasOtherPolicies',
  'signingCertificateMissing',
  'principalMissing',
  'notInEdition',
  'nameTaken',
  'permissionMissing',
  'apexVersionTooOld',
  'apexNotCompiled',
  'apexTestFailed',
  'coverageTooLow',
  'notOurs',
  'changedInOrg',
  'editedByHand',
  'severalInTheWay',
  'artifactsDiffer',
];

const printableToken = (key: ErrorKey, token: string): string =>
  printableLines(keysWithLines.includes(key) ? token : token.replaceAll(/\s*\n\s*/g, ' '));

function printableData(value: unknown): unknown {
  if (typeof value === 'string') return printableLines(value);
  if (Array.isArray(value)) return value.map(printableData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, printableData(field)]));
}
