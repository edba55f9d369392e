import { expect } from 'chai';
import { lookAtClock, lookAtEndpoint } from '../../../src/verify/endpoint-checks.js';
import { answer, startOfTest } from './material.js';

const endpoint = 'https://acme.my.salesforce.com/services/oauth2/token';
const context = {
  username: 'integration@example.com',
  instanceUrl: 'https://acme.my.salesforce.com',
  audience: 'https://acme.my.salesforce.com',
};

describe('endpoint-reachable', () => {
  it('passes on the error that an empty request gets', () => {
    const given = answer(400, { error: 'unsupported_grant_type' });
    const { finding, value } = lookAtEndpoint(endpoint, given, context);

    expect(finding).to.deep.equal({ status: 'passed', detail: `${endpoint} answers (HTTP 400).` });
    expect(value).to.equal(given);
  });

  it('fails on a fault of the network, with its cause', () => {
    const { finding, value } = lookAtEndpoint(endpoint, { kind: 'fault', fault: 'dns', code: 'ENOTFOUND' }, context);

    expect(finding).to.include({
      status: 'failed',
      detail: `${endpoint} did not answer: the host name is not known (ENOTFOUND).`,
    });
    expect(finding.actions).to.have.length(2);
    expect(value).to.equal(undefined);
  });

  it('fails on a web page, with what to do', () => {
    const { finding, value } = lookAtEndpoint(endpoint, answer(200, '<html>'), context);

    expect(finding.status).to.equal('failed');
    expect(finding.detail).to.equal(
      `${endpoint} answered HTTP 200 with a web page: a web page came instead of an OAuth answer: the host is not the My Domain of an org, or the org is down.`,
    );
    expect(finding.actions?.[0]).to.include(context.instanceUrl);
    expect(value).to.equal(undefined);
  });
});

describe('clock-skew', () => {
  const at = (secondsAhead: number): Date => new Date(startOfTest.getTime() + secondsAhead * 1000);
  const dated = answer(400, {}, { date: startOfTest.toUTCString() });

  const cases = [
    [0, 'passed', "The clock here agrees with the server's to 0 seconds.", true],
    [1, 'passed', "The clock here agrees with the server's to 1 second.", true],
    [-30, 'passed', "The clock here agrees with the server's to 30 seconds.", true],
    [
      31,
      'warning',
      "The clock here is 31 seconds ahead of the server's: the server may refuse an assertion that seems to live too long.",
      true,
    ],
    [-31, 'warning', "The clock here is 31 seconds behind the server's: only 89 seconds remain of an assertion.", true],
    [
      -120,
      'failed',
      "The clock here is 120 seconds behind the server's: an assertion that lives 120 seconds has expired when it arrives.",
      undefined,
    ],
  ] as const;
  for (const [ahead, status, detail, value] of cases) {
    it(`has ${status} at ${ahead} seconds`, () => {
      const seen = lookAtClock(dated, at(ahead), 120);

      expect(seen.finding).to.include({ status, detail });
      expect(seen.value).to.equal(value);
      expect(seen.finding.actions === undefined).to.equal(status === 'passed');
    });
  }

  for (const headers of [{}, { date: 'yesterday' }]) {
    it(`is skipped with the headers ${JSON.stringify(headers)}, and the flow goes on`, () => {
      const seen = lookAtClock(answer(400, {}, headers), startOfTest, 120);

      expect(seen.finding.status).to.equal('skipped');
      expect(seen.value).to.equal(true);
    });
  }
});
