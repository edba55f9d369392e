import { Messages } from '@salesforce/core';
import { SfCommand, toHelpSection } from '@salesforce/sf-plugins-core';
import { JwtError } from '../errors.js';

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

  protected override async catch(error: Parameters<SfCommand<T>['catch']>[0]): Promise<never> {
    return super.catch(error instanceof JwtError ? inWords(error) : error);
  }
}

/** The message takes the tokens that it has places for; the actions take the ones after them. */
function inWords(error: JwtError): Error {
  const key = `error.${error.key}`;
  const places = errors.getMessage(key).match(/%s/g)?.length ?? 0;
  const worded = errors.createError(key, error.tokens.slice(0, places), error.tokens.slice(places), error);
  worded.exitCode = error.exitCode;
  if (error.data) worded.setData(error.data as never);
  return worded;
}
