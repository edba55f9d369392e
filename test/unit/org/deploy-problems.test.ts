import { expect } from 'chai';
import { collectProblems, collectWarnings, countTests } from '../../../src/org/deploy-problems.js';

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

  it('finds the line of a failing test in its stack trace, with a namespace as well', () => {
    const stackTrace =
      'Class.acme.ErpClient.send: line 40, column 1\nClass.acme.ErpClientTest.works: line 12, column 3\nExternal entry point';
    const failures = { name: 'ErpClientTest', methodName: 'works', message: 'System.AssertException: no', stackTrace };
    const [problem] = collectProblems({ success: 'false', details: { runTestResult: { failures } } });
    expect(problem).to.deep.include({ kind: 'test', file: 'classes/ErpClientTest.cls', line: 12, column: 3 });
    const elsewhere = { ...failures, stackTrace: '(acme)', methodName: 'fails' };
    const [lost] = collectProblems({ details: { runTestResult: { failures: elsewhere } } });
    expect(lost).to.deep.include({ file: 'classes/ErpClientTest.cls' }).and.not.to.have.property('line');
  });

  it('takes coverage for the fault of a deploy that failed, and not that tests did not run', () => {
    const codeCoverageWarnings = [
      {
        name: 'ErpClient',
        message: 'Test coverage of selected Apex Class is 50%, at least 75% test coverage is required',
      },
      { message: 'Not executed: a local org does not run Apex.' },
    ];
    const problems = collectProblems({ success: false, details: { runTestResult: { codeCoverageWarnings } } });
    expect(problems.map(({ kind, file }) => [kind, file])).to.deep.equal([['coverage', 'classes/ErpClient.cls']]);
  });

  it('leaves out a place that the org does not know', () => {
    const componentFailures = { fullName: 'A', problem: 'x', lineNumber: 0, columnNumber: '0' };
    expect(collectProblems({ details: { componentFailures } })[0]).not.to.have.any.keys('line', 'column');
  });

  it('finds nothing in a deploy that went through', () => {
    expect(collectProblems({ success: true, details: { componentFailures: [] } })).to.deep.equal([]);
  });
});

describe('collectWarnings', () => {
  const codeCoverageWarnings = { name: null, message: 'Not executed: a local org does not run Apex.' };
  const componentSuccesses = {
    componentType: 'ApexClass',
    fullName: 'A',
    problem: 'deprecated',
    problemType: 'Warning',
  };

  it('tells what an org says of a deploy that it took, each once, and over SOAP as well', () => {
    const details = {
      componentSuccesses,
      runTestResult: { codeCoverageWarnings: [codeCoverageWarnings, codeCoverageWarnings] },
    };
    const told = ['ApexClass A: deprecated', 'Not executed: a local org does not run Apex.'];
    expect(collectWarnings({ success: true, details })).to.deep.equal(told);
    expect(
      collectWarnings({ success: 'true', details: { ...details, runTestResult: { codeCoverageWarnings } } }),
    ).to.deep.equal(told);
  });

  it('tells none of a deploy that failed, whose problems they are', () => {
    expect(collectWarnings({ success: false, details: { runTestResult: { codeCoverageWarnings } } })).to.deep.equal([]);
  });
});

describe('countTests', () => {
  it('counts what ran, also where the number came as text', () => {
    expect(countTests({ details: { runTestResult: { numTestsRun: '7' } } })).to.equal(7);
    expect(countTests({ details: {} })).to.equal(0);
  });
});
