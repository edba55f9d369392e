import { expect } from 'chai';
import { JwtError } from '../../../src/errors.js';
import { oauthConnection } from '../../helpers/connections.js';
import { clientOrg, clients, run } from './answering-client-org.js';

const outcome = (problem?: string, compiled = true) => ({
  apex: () => Promise.resolve({ compiled, success: false, ...(problem === undefined ? {} : { problem }) }),
});

describe('runInClientOrg', () => {
  for (const [type, connection] of clients) {
    describe(`with ${type} in a real org`, () => {
      it('runs the generated class and reports what it reached', async () => {
        const told = '{"status":200,"username":"integration@acme.com","userId":"005","orgId":"00DSERVER"}';
        const org = clientOrg(outcome(`System.IllegalArgumentException: sf-jwt-verification:${told}`));

        expect(await run(connection, org)).to.deep.equal({
          issued: true,
          executed: true,
          status: 200,
          username: 'integration@acme.com',
          orgId: '00DSERVER',
        });
        expect(org.asked.map(({ path }) => path)).to.deep.equal(['apex']);
        expect(org.asked[0]?.body).to.include('ErpClient.verify()');
      });

      it('reports the refusal of the server', async () => {
        const told = '{"error":"invalid_grant","description":"audience is invalid"}';

        expect(await run(connection, clientOrg(outcome(`sf-jwt-verification:${told}`)))).to.deep.equal({
          issued: false,
          executed: true,
          error: 'invalid_grant',
          errorDescription: 'audience is invalid',
        });
      });

      it('tells an exception from Apex that does not compile', async () => {
        expect(await run(connection, clientOrg(outcome('System.LimitException: Apex CPU time')))).to.deep.equal({
          issued: false,
          executed: true,
          detail: 'System.LimitException: Apex CPU time',
        });
        expect(await run(connection, clientOrg(outcome('Variable does not exist: ErpClient', false)))).to.deep.equal({
          issued: false,
          executed: false,
          detail: 'Variable does not exist: ErpClient',
        });
        expect(await run(connection, clientOrg(outcome()))).to.deep.equal({ issued: false, executed: true });
      });

      it('reports an org that does not let the user run Apex, and throws anything else', async () => {
        const refusal = new JwtError('orgRequestFailed', ['admin@crm', 'INVALID_SESSION_ID: Session expired']);
        const refused = clientOrg({ apex: () => Promise.reject(refusal) });
        const broken = clientOrg({ apex: () => Promise.reject(new TypeError('a mistake')) });
        const thrown = await run(connection, broken).catch((error: unknown) => error);

        expect(await run(connection, refused)).to.deep.equal({
          issued: false,
          executed: false,
          detail: 'INVALID_SESSION_ID: Session expired',
        });
        expect(thrown).to.be.instanceOf(TypeError);
      });
    });
  }

  it('reports a token for a server that is no org, and how its API answered where it was called', async () => {
    const told = (report: string) => clientOrg(outcome(`sf-jwt-verification:${report}`));

    expect(await run(oauthConnection(), told('{"issued":true}'))).to.deep.equal({ issued: true, executed: true });
    expect(await run(oauthConnection(), told('{"issued":true,"status":404}'))).to.deep.equal({
      issued: true,
      executed: true,
      status: 404,
    });
  });
});
