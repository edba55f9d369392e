import { isApexTest } from '../components/apex-class.js';
import type { DeployContext } from '../components/handler.js';
import type { Messages } from './messages.js';
import type { ComponentMessage } from './problem.js';

/**
 * Refuses names of test classes that are in neither the org nor the deploy, or have no tests. The text is Salesforce's for
 * the same slip in a call of runTestsAsynchronous; assumption: a deploy words it so too, and as a failure of the class.
 *
 * @param names Names of classes, their case of no matter, as everywhere in Apex
 */
export function judgeTests(
  names: readonly string[],
  { all, isRefused }: DeployContext,
  messages: Messages,
): readonly ComponentMessage[] {
  const tests = all('ApexClass').filter(isApexTest);
  return names
    .filter((name) => !isRefused('ApexClass', name))
    .filter((name) => !tests.some(({ fullName }) => fullName.toLowerCase() === name.toLowerCase()))
    .map((name) => {
      const problem = `This class name's value is invalid: ${name}. Provide the name of an Apex class that has test methods.`;
      return messages.failure({ type: 'ApexClass', fullName: name, fileName: `classes/${name}.cls` }, problem);
    });
}
