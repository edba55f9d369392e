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
      expectRefusal(wrong, 405, 'METHOD_NOT_ALLOWED', "HTTP Method 'PUT' not allowed. Allowed are HEAD,GET,POST");
    });

    for (const [body, message] of [
      ['', 'The HTTP entity body is required, but this request has no entity body.'],
      ['[]', 'Can not deserialize SObject out of START_ARRAY token at [line:1, column:1]'],
      [' "x"', 'Can not deserialize SObject out of VALUE_STRING token at [line:1, column:2]'],
      ['null', 'Can not deserialize SObject out of VALUE_NULL token at [line:1, column:1]'],
      // Salesforce Stack Exchange 137599 has the text of this one
      [
        'request%5Baccount%5D',
        "Unexpected character ('r' (code 114)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at [line:1, column:2]",
      ],
      [
        '{"Name": "A",\n}',
        "Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:2, column:2]",
      ],
      [
        '{"Name" "A"}',
        "Unexpected character ('\"' (code 34)): was expecting a colon to separate field name and value at [line:1, column:10]",
      ],
      [
        '{"Name": 1 N}',
        "Unexpected character ('N' (code 78)): was expecting comma to separate OBJECT entries at [line:1, column:13]",
      ],
      [
        '[--]',
        "Unexpected character ('-' (code 45)) in numeric value: expected digit (0-9) to follow minus sign, for valid numeric value at [line:1, column:4]",
      ],
      [
        '{"Name": nul}',
        "Unrecognized token 'nul': was expecting 'null', 'true', 'false' or NaN at [line:1, column:13]",
      ],
      [
        '{"Name": "a\nb"}',
        'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value at [line:1, column:13]',
      ],
      ['{"Name": "\\q"}', "Unrecognized character escape 'q' (code 113) at [line:1, column:13]"],
      ['{"Name": "a', 'Unexpected end-of-input in a String value at [line:1, column:12]'],
      ['{"Name"', 'Unexpected end-of-input at [line:1, column:8]'],
      [
        '['.repeat(100_000),
        'Document nesting depth (1001) exceeds the maximum allowed (1000) at [line:1, column:1002]',
      ],
    ] as const) {
      it(`refuses the body ${JSON.stringify(body.slice(0, 30))}`, async () => {
        const answer = await host.send('POST', `${data}/sobjects/Account`, {
          body,
          headers: { 'content-type': 'application/json' },
        });
        expectRefusal(answer, 400, 'JSON_PARSER_ERROR', message);
      });
    }

    it('takes JSON with a byte order mark, and refuses bodies of other types', async () => {
      const send = (body: string, type: string) =>
        host.send('POST', `${data}/sobjects/Account`, { body, headers: { 'content-type': type } });
      expect((await send('\uFEFF{"Name":"A"}', 'application/json; charset=UTF-8')).status).to.equal(201);
      for (const type of ['application/xml', 'text/plain', 'application/x-www-form-urlencoded']) {
        const text = 'Unsupported Media Type: a local org reads application/json only';
        expectRefusal(await send('{"Name":"A"}', type), 415, 'UNSUPPORTED_MEDIA_TYPE', text);
      }
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
