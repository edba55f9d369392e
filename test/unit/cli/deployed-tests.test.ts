import { expect } from 'chai';
import { deployedTests } from '../../../src/cli/deployed-tests.js';

describe('what a deploy says of its tests', () => {
  const tests = ['ErpClientTest', 'ErpJobTest'];

  it('counts those that ran', () => {
    const ran = deployedTests({ tests, testsRun: 12, warnings: [] });
    expect(ran).to.equal('12 test methods of ErpClientTest, ErpJobTest ran.');
  });

  it('calls none a result that did not run', () => {
    const text = deployedTests({ tests, testsRun: 0, warnings: ['something else'] });
    expect(text).to.equal('The tests ErpClientTest, ErpJobTest were not executed.');
  });

  it('says nothing of no tests, nor twice that a local org runs none', () => {
    expect(deployedTests({ tests: [], testsRun: 0, warnings: [] })).to.equal(undefined);
    const warnings = ['Not executed: a local org does not run Apex.'];
    expect(deployedTests({ tests, testsRun: 0, warnings })).to.equal(undefined);
  });
});
