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

function inWords(error: JwtError): Error {
  const worded = errors.createError(`error.${error.key}`, [...error.tokens], [], error);
  worded.exitCode = error.exitCode;
  if (error.data) worded.setData(error.data as never);
  return worded;
}
