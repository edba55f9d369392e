import { expect } from 'chai';
import { collectProblems } from '../../../src/org/deploy-problems.js';
import { refusalOf } from '../../../src/org/refusals.js';
import { externalConnection } from '../../helpers/connections.js';

describe('collectProblems', () => {
  it('takes a single failure that came as an object, as SOAP sends it', () => {
    const componentFailures = {
      componentType: 'ApexClass',
      fullName: 'ErpTokenProvider',
      fileName: 'classes/ErpTokenProvider.cls',
      problem: 'Variable does not exist: x',
      lineNumber: '12',
      columnNumber: '5',
    };
    expect(collectProblems({ details: { componentFailures } })).to.deep.equal([
      {
        component: { type: 'ApexClass', fullName: 'ErpTokenProvider' },
        message: 'Variable does not exist: x',
        file: 'classes/ErpTokenProvider.cls',
        line: 12,
        column: 5,
      },
    ]);
  });

  it('tells a failing test, and what is wrong with the deploy as a whole', () => {
    const failures = [{ name: 'ErpTest', methodName: 'works', message: 'Assertion Failed' }];
    const problems = collectProblems({ errorMessage: 'UNKNOWN_EXCEPTION', details: { runTestResult: { failures } } });
    expect(problems.map(({ message }) => message)).to.deep.equal([
      'Test ErpTest.works failed: Assertion Failed',
      'UNKNOWN_EXCEPTION',
    ]);
  });

  it('finds nothing in a deploy that went through', () => {
    expect(collectProblems({ success: true, details: { componentFailures: [] } })).to.deep.equal([]);
  });
});

describe('refusalOf', () => {
  const outcome = (message: string) => ({ id: '0Af1', success: false, problems: [{ message }] });
  const keyOf = (message: string): string => refusalOf(outcome(message), externalConnection(), 'server').key;

  it('tells apart what has a way out of its own', () => {
    expect(keyOf("You can't create a connected app. To enable connected app creation, …")).to.equal(
      'connectedAppsBlocked',
    );
    expect(keyOf('The consumer key is already taken')).to.equal('consumerKeyTaken');
    expect(keyOf('Invalid OAuth link for distribution state PACKAGED')).to.equal('foreignOauthLink');
    expect(keyOf('DUPLICATE_VALUE: ExtlClntAppOauthSettingsId duplicates value on Erp_App_oauthPlcy')).to.equal(
      'appHasOtherPolicies',
    );
    expect(keyOf('Something else')).to.equal('deployRefused');
  });

  it('names the connection for a way out', () => {
    const text = 'ExtlClntAppOauthSettingsId duplicates value on Erp_App_oauthPlcy';
    expect(refusalOf(outcome(text), externalConnection(), 'server').tokens).to.deep.equal([text, 'erp']);
  });

  it('keeps the lines of one problem together', () => {
    const error = refusalOf(outcome('first\n\nsecond\n'), externalConnection(), 'server');
    expect(error.tokens[1]).to.equal('\n  first\n    second');
  });

  it('shows file, line and column of each problem', () => {
    const problems = [{ message: 'Unexpected token', file: 'classes/A.cls', line: 3, column: 7 }, { message: 'whole' }];
    const error = refusalOf({ id: '0Af1', success: false, problems }, externalConnection(), 'client');
    expect(error.tokens).to.deep.equal(['client', '\n  classes/A.cls:3:7: Unexpected token\n  whole', '0Af1']);
    expect(error.exitCode).to.equal(3);
    expect(error.data).to.deep.include({ deployId: '0Af1', problems });
  });
});
