import { webcrypto } from 'node:crypto';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { JwtError } from '../../../src/errors.js';
import type { Route } from '../../../src/local-org/http.js';
import { savingOrRefusing } from '../../../src/local-org/refuse-unsaved.js';
import { createOrgServer } from '../../../src/local-org/server.js';
import { settingsWith } from '../../../src/local-org/settings.js';
import { emptyState, openOrg } from '../../../src/local-org/store/org-state.js';

describe('a local org that fails', () => {
  const text = 'A local org could not write its state (ENOSPC): what was changed last may be lost.';
  const soap = '/services/Soap/m/67.0';
  const token = '/services/oauth2/token';
  const query = '/services/data/v67.0/query';
  let server: Server;
  let faults: unknown[];

  /** An org with a route for each API, which fails as it is told. */
  const serve = async (handler: Route['handler'], save: () => Promise<void>): Promise<void> => {
    const random = (size: number) => webcrypto.getRandomValues(new Uint8Array(size));
    const environment = { now: () => 0, random, settings: settingsWith({}), orgs: () => [] };
    faults = [];
    const onFault = (fault: unknown) => void faults.push(fault);
    server = createOrgServer({
      org: openOrg(emptyState('jwt-server', random), environment).org,
      routes: [{ method: 'POST', pattern: /./, session: 'none', handler }],
      lateRoutes: () => Promise.resolve([]),
      save: savingOrRefusing(save, onFault),
      onFault,
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  };
  const post = async (path: string) => {
    const { port } = server.address() as AddressInfo;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method: 'POST' });
    return { status: answer.status, type: answer.headers.get('content-type'), body: await answer.text() };
  };
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('to save says so in the form of the API that was asked', async () => {
    const done: Route['handler'] = () => Promise.resolve({ status: 200, body: 'done' });
    await serve(done, () => Promise.reject(new JwtError('localStateNotWritten', ['/state', 'ENOSPC'])));
    const rest = await post(query);
    expect(rest.status).to.equal(500);
    expect(JSON.parse(rest.body)).to.deep.equal([{ errorCode: 'UNKNOWN_EXCEPTION', message: text }]);
    const oauth = await post(token);
    expect(oauth.status).to.equal(500);
    expect(JSON.parse(oauth.body)).to.deep.equal({ error: 'unknown_error', error_description: text });
    const fault = await post(soap);
    expect([fault.status, fault.type]).to.deep.equal([500, 'text/xml;charset=UTF-8']);
    expect(fault.body)
      .to.match(/<faultcode>sf:UNKNOWN_EXCEPTION<\/faultcode>/)
      .and.to.include(text);
    expect(faults).to.have.length(3);
  });

  it('unexpectedly says no more than that', async () => {
    await serve(
      () => Promise.reject(new Error('inside')),
      () => Promise.resolve(),
    );
    for (const path of [query, token, soap]) {
      const { status, body } = await post(path);
      expect(status, path).to.equal(500);
      expect(body, path).to.include('An unexpected error occurred.').and.not.to.include('inside');
    }
    expect(faults).to.have.length(3);
  });
});
