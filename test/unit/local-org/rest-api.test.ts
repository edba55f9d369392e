import { expect } from 'chai';
import { hostOrgs, startOfTest, userId, type Answer, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

describe('REST API of a local org', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  const expectRefusal = ({ status, body }: Answer, wanted: number, errorCode: string, message: string): void => {
    const [error] = body as [{ errorCode: string; message: string }];
    expect({ status, errorCode: error.errorCode, message: error.message }).to.deep.equal({
      status: wanted,
      errorCode,
      message,
    });
  };

  it('answers a path that begins with two slashes, as of a client that was given a URL with a slash at its end', async () => {
    expect((await host.send('GET', `/${data}/limits`)).status).to.equal(200);
  });

  describe('sessions', () => {
    it('refuses requests without a session and with a wrong one', async () => {
      for (const authorization of ['', 'Bearer 00Dxx!nope', 'Basic abc']) {
        const answer = await host.send('GET', `${data}/limits`, { headers: { authorization } });
        expectRefusal(answer, 401, 'INVALID_SESSION_ID', 'Session expired or invalid');
      }
    });

    it('lives on while it is used', async () => {
      for (const hours of [1.5, 3, 4.5]) {
        host.clock = startOfTest + hours * 3_600_000;
        expect((await host.send('GET', `${data}/limits`)).status).to.equal(200);
      }
    });

    it('answers userinfo and the identity URL with Bad_OAuth_Token then', async () => {
      const id = `/id/${host.org.id}/${userId(host.org, 'admin@jwt-server.local')}`;
      for (const path of ['/services/oauth2/userinfo', id]) {
        const { status, text } = await host.send('GET', path, { headers: { authorization: 'Bearer x' } });
        expect({ status, text }).to.deep.equal({ status: 403, text: 'Bad_OAuth_Token' });
      }
    });
  });

  describe('who it is', () => {
    it('tells the user and the org in userinfo and at the identity URL', async () => {
      const id = userId(host.org, 'admin@jwt-server.local');
      const info = await host.send('GET', '/services/oauth2/userinfo');
      expect(info.body).to.include({
        user_id: id,
        organization_id: host.org.id,
        preferred_username: 'admin@jwt-server.local',
      });
      const identity = await host.send('GET', `/id/${host.org.id}/${id}`);
      expect(identity.body).to.include({
        user_id: id,
        organization_id: host.org.id,
        username: 'admin@jwt-server.local',
      });
      expect(
        (await host.send('GET', `/id/${host.org.id}/${userId(host.org, 'integration@jwt-server.local')}`)).status,
      ).to.equal(404);
    });

    it('says that it is a local org and runs no Apex', async () => {
      const { body } = await host.send('GET', '/_local', { headers: { authorization: '' } });
      const orgId = host.org.id;
      const expected = {
        localOrg: true,
        alias: 'jwt-server',
        orgId,
        username: 'admin@jwt-server.local',
        executesApex: false,
      };
      expect(body).to.deep.equal(expected);
      const { body: apex } = await host.send('GET', `${data}/tooling/executeAnonymous?anonymousBody=Integer%20i%3B`);
      expect(apex).to.include({
        compiled: true,
        success: false,
        exceptionMessage: 'Not executed: a local org does not run Apex.',
      });
    });

    it('lists API versions with the newest last, without a session', async () => {
      const { body } = await host.send('GET', '/services/data', { headers: { authorization: '' } });
      const versions = body as unknown[];
      expect(versions.at(-1)).to.deep.equal({ label: "Summer '26", url: '/services/data/v67.0', version: '67.0' });
      expect(versions[0]).to.deep.equal({ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' });
      expectRefusal(
        await host.send('GET', '/services/data/v99.0/limits'),
        404,
        'NOT_FOUND',
        'The requested resource does not exist',
      );
    });

    it('has ids whose checksum is right', () => {
      expect(host.org.id).to.match(/^00D[A-Za-z0-9]{15}$/);
      const bits = (five: string): number =>
        [...five].reduce((sum, c, i) => sum + (c >= 'A' && c <= 'Z' ? 2 ** i : 0), 0);
      const checksum = [0, 5, 10].map((at) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345'[bits(host.org.id.slice(at, at + 5))]);
      expect(host.org.id.slice(15)).to.equal(checksum.join(''));
    });
  });

  describe('requests that it does not take', () => {
    it('answers unknown paths and wrong methods as Salesforce does', async () => {
      const text = 'The requested resource does not exist: a local org has no /nowhere';
      expectRefusal(await host.send('GET', '/nowhere?q=1'), 404, 'NOT_FOUND', text);
      const wrong = await host.send('PUT', `${data}/sobjects/Account`, { json: {} });
      expectRefusal(wrong, 405, 'METHOD_NOT_ALLOWED', "HTTP Method 'PUT' not allowed. Allowed are GET,POST");
    });

    it('refuses bodies that are no JSON object', async () => {
      const answer = await host.send('POST', `${data}/sobjects/Account`, { body: '{' });
      expectRefusal(answer, 400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be valid JSON.');
      const list = await host.send('POST', `${data}/sobjects/Account`, { body: '[]' });
      expectRefusal(list, 400, 'JSON_PARSER_ERROR', 'The HTTP entity body is required to be a JSON object.');
    });

    it('refuses bodies above its limit, whether or not their length is told', async () => {
      const large = 'x'.repeat(1024 * 1024 + 1);
      const told = await host.send('POST', `${data}/sobjects/Account`, { body: large });
      expect(told.status).to.equal(413);
      const untold = await fetch(`${host.org.instanceUrl}${data}/sobjects/Account`, {
        method: 'POST',
        headers: { authorization: `Bearer ${host.admin}` },
        body: new Blob([large]).stream(),
        duplex: 'half',
      });
      expect(untold.status).to.equal(413);
    });

    it('refuses requests for another host name, as a rebinding web page would send them', async () => {
      const { hostname, port } = new URL(host.org.instanceUrl);
      const { request } = await import('node:http');
      const status = await new Promise((resolve, reject) => {
        request({ hostname, port, path: '/_local', headers: { host: 'evil.example' } }, ({ statusCode }) =>
          resolve(statusCode),
        )
          .on('error', reject)
          .end();
      });
      expect(status).to.equal(403);
    });

    it('never shows a fault of its own', async () => {
      host.org.records.all = () => {
        throw new Error('secret inside');
      };
      const answer = await host.query('SELECT Id FROM User');
      expectRefusal(answer, 500, 'UNKNOWN_EXCEPTION', 'An unexpected error occurred.');
      expect(answer.text).not.to.include('secret inside');
      expect(host.faults.splice(0)).to.have.length(1);
    });
  });
});
