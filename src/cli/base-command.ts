import { Messages } from '@salesforce/core';
import { SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { JwtError, type ErrorKey } from '../errors.js';
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

  protected override async catch(error: Parameters<SfCommand<T>['catch']>[0]): Promise<never> {
    return super.catch(error instanceof JwtError ? inWords(error) : error);
  }
}

/**
 * The message takes the tokens that it has places for; the actions take the ones after them. Whoever wrote them, a user, a
 * file or an org, they reach a terminal as text and nothing else.
 */
function inWords(error: JwtError): Error {
  const key = `error.${error.key}`;
  const places = errors.getMessage(key).match(/%s/g)?.length ?? 0;
  const tokens = error.tokens.map((token) => printableToken(error.key, token));
  const worded = errors.createError(key, tokens.slice(0, places), tokens.slice(places), error);
  worded.exitCode = error.exitCode;
  if (error.data) worded.setData(printableData(error.data) as never);
  return worded;
}

/** Only the problems of a deploy are a list with a line for each. */
const printableToken = (key: ErrorKey, token: string): string =>
  printableLines(key === 'deployRefused' ? token : token.replaceAll(/\s*\n\s*/g, ' '));

function printableData(value: unknown): unknown {
  if (typeof value === 'string') return printableLines(value);
  if (Array.isArray(value)) return value.map(printableData);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, printableData(field)]));
}
