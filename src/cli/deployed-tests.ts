import { Messages } from '@salesforce/core';
import type { SideOutcome } from '../apply/deploy-side.js';
import { apexNotExecuted } from '../local-org/apex/not-executed.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.deploy');

/** How many tests ran of a deploy that has ended; nothing where it had none, or where a warning says that none can. */
export function deployedTests({
  tests,
  testsRun,
  warnings,
}: Pick<SideOutcome, 'tests' | 'testsRun' | 'warnings'>): string | undefined {
  if (tests.length === 0 || warnings.includes(apexNotExecuted)) return undefined;
  return testsRun === 0
    ? messages.getMessage('testsNotRun', [tests.join(', ')])
    : messages.getMessage('tests', [testsRun, tests.join(', ')]);
}
