import { expect } from 'chai';
import { readVerificationReport, verificationScript } from '../../../src/artifacts/verification-script.js';
import { JwtError } from '../../../src/errors.js';
import {
  oauthConnection,
  sampleApexClient,
  sampleConnection,
  sampleLegacyClient,
  sampleNamedCredentialClient,
} from '../../golden/cases.js';
import { apexSyntaxProblems } from '../../helpers/apex-checks.js';

describe('verification script', () => {
  for (const client of [sampleApexClient, sampleNamedCredentialClient, sampleLegacyClient]) {
    for (const connection of [sampleConnection({ client }), oauthConnection(client)]) {
      it(`is anonymous Apex that calls the client and throws its report (${client.type}, ${connection.server.type})`, () => {
        const script = verificationScript(connection);
        expect(apexSyntaxProblems(script, 'anonymous')).to.deep.equal([]);
        expect(script).to.include('report = ErpClient.verify();');
        expect(script).to.include('} catch (Exception problem) {');
        expect(script).to.include("throw new IllegalArgumentException('sf-jwt-verification:' + report);");
        expect(script).not.to.include('System.debug');
      });
    }
  }

  it('is not there for a client outside Salesforce', () => {
    const connection = sampleConnection({ client: { type: 'external' } });
    expect(() => verificationScript(connection)).to.throw(JwtError, 'refusedValue');
  });

  it('reads who was reached', () => {
    const report = '{"orgId":"00D000000000001","userId":"005000000000001","username":"a@b.co","status":200}';
    expect(
      readVerificationReport(`System.IllegalArgumentException: sf-jwt-verification:${report}\nline 8`),
    ).to.deep.equal({
      kind: 'answered',
      status: 200,
      username: 'a@b.co',
      userId: '005000000000001',
      orgId: '00D000000000001',
    });
  });

  it('reads a status without a user', () => {
    const report = 'sf-jwt-verification:{"status":401,"username":null,"userId":null,"orgId":null}';
    expect(readVerificationReport(report)).to.deep.equal({
      kind: 'answered',
      status: 401,
      username: undefined,
      userId: undefined,
      orgId: undefined,
    });
  });

  for (const [report, status] of [
    ['{"issued":true}', undefined],
    ['{"status":null,"issued":true}', undefined],
    ['{"status":404,"issued":true}', 404],
  ] as const) {
    it(`reads that a server that is no org gave a token: ${report}`, () => {
      expect(readVerificationReport(`sf-jwt-verification:${report}`)).to.deep.equal({ kind: 'issued', status });
    });
  }

  it('reads why there was no token', () => {
    const report = `sf-jwt-verification:{"error":"invalid_grant","description":"user hasn't approved this consumer {x}"}`;
    expect(readVerificationReport(report)).to.deep.equal({
      kind: 'refused',
      error: 'invalid_grant',
      description: "user hasn't approved this consumer {x}",
    });
  });

  for (const message of [
    undefined,
    '',
    'System.NullPointerException: Attempt to de-reference a null object',
    'sf-jwt-verification:',
    'sf-jwt-verification:{"status":',
    'sf-jwt-verification:{"other":1}',
    'sf-jwt-verification:{status}',
    'sf-jwt-verification:{"issued":false}',
    'sf-jwt-verification:{"issued":"true"}',
  ]) {
    it(`finds no report in ${JSON.stringify(message)}`, () => {
      expect(readVerificationReport(message)).to.equal(undefined);
    });
  }
});
