import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { requestToken } from '../../../src/verify/token-request.js';
import { keyMaterial, pemOf, withServer } from './material.js';

const deps = { fetch: globalThis.fetch };

describe('requestToken', () => {
  it('posts the grant and the assertion as a form, and gives back status, headers and body', async () => {
    const seen: Record<string, unknown> = {};
    const result = await withServer(
      (request, response) => {
        void text(request).then((body) => {
          const { method, url, headers } = request;
          Object.assign(seen, { method, url, type: headers['content-type'], agent: headers['user-agent'], body });
          response.writeHead(400, { 'content-type': 'application/json', date: 'Mon, 23 Nov 2026 10:00:00 GMT' });
          response.end('{"error":"invalid_grant"}');
        });
      },
      (origin) => requestToken({ tokenEndpoint: `${origin}/services/oauth2/token`, assertion: 'a.b+c&d' }, deps),
    );

    expect(seen).to.deep.equal({
      method: 'POST',
      url: '/services/oauth2/token',
      type: 'application/x-www-form-urlencoded;charset=UTF-8',
      agent: 'sf-plugin-jwt',
      body: 'grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=a.b%2Bc%26d',
    });
    expect(result).to.deep.equal({
      kind: 'answer',
      status: 400,
      headers: { contentType: 'application/json', date: 'Mon, 23 Nov 2026 10:00:00 GMT' },
      body: '{"error":"invalid_grant"}',
    });
  });

  it('does not follow a redirect: the assertion goes to one host only', async () => {
    const paths: unknown[] = [];
    const result = await withServer(
      (request, response) => {
        paths.push(request.url);
        response.writeHead(307, { location: '/elsewhere' }).end();
      },
      (origin) => requestToken({ tokenEndpoint: `${origin}/token`, assertion: 'x' }, deps),
    );

    expect(result).to.deep.include({ kind: 'answer', status: 307, body: '' });
    expect(result.kind === 'answer' && result.headers.location).to.equal('/elsewhere');
    expect(paths).to.deep.equal(['/token']);
  });

  it('gives a web page back as it is', async () => {
    const result = await withServer(
      (_, response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>é</html>'),
      (origin) => requestToken({ tokenEndpoint: origin, assertion: 'x' }, deps),
    );

    expect(result).to.deep.include({ kind: 'answer', status: 200, body: '<html>é</html>' });
  });

  it('gives up when the signal for its time fires', async () => {
    const signal = new AbortController();
    const result = await withServer(
      () => signal.abort(new DOMException('over', 'TimeoutError')),
      (origin) =>
        requestToken({ tokenEndpoint: origin, assertion: 'x' }, { ...deps, timeoutSignal: () => signal.signal }),
    );

    expect(result).to.deep.equal({ kind: 'fault', fault: 'timeout', code: 'TimeoutError' });
  });

  it('gives up when the time is over in the middle of the body', async () => {
    const signal = new AbortController();
    const result = await withServer(
      (_, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        response.write('{"access', () => signal.abort(new DOMException('over', 'TimeoutError')));
      },
      (origin) =>
        requestToken({ tokenEndpoint: origin, assertion: 'x' }, { ...deps, timeoutSignal: () => signal.signal }),
    );

    expect(result).to.deep.equal({ kind: 'fault', fault: 'timeout', code: 'TimeoutError' });
  });

  it('tells a connection that was cut', async () => {
    const result = await withServer(
      (request) => request.socket.destroy(),
      (origin) => requestToken({ tokenEndpoint: origin, assertion: 'x' }, deps),
    );

    expect(result).to.include({ kind: 'fault', fault: 'reset' });
  });

  it('tells that nothing listens', async () => {
    const closed = await withServer(
      () => undefined,
      (origin) => Promise.resolve(origin),
    );

    expect(await requestToken({ tokenEndpoint: closed, assertion: 'x' }, deps)).to.deep.equal({
      kind: 'fault',
      fault: 'refused',
      code: 'ECONNREFUSED',
    });
  });

  it('tells plain HTTP where TLS is expected', async () => {
    const result = await withServer(
      (_, response) => response.end('hello'),
      (origin) => requestToken({ tokenEndpoint: origin.replace('http:', 'https:'), assertion: 'x' }, deps),
    );

    expect(result).to.include({ kind: 'fault', fault: 'tls' });
  });

  it('tells a self-signed TLS certificate from other faults of TLS', async () => {
    const { privateKey, certificate } = await keyMaterial();
    const key = privateKey.export({ type: 'pkcs8', format: 'pem' });
    const server = createServer({ key, cert: pemOf(certificate) }, (_, response) => response.end('{}'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const tokenEndpoint = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const result = await requestToken({ tokenEndpoint, assertion: 'x' }, deps);
    server.close();

    expect(result).to.deep.equal({ kind: 'fault', fault: 'tls-untrusted', code: 'DEPTH_ZERO_SELF_SIGNED_CERT' });
  });

  it('does not read an answer without end', async () => {
    const result = await withServer(
      (_, response) => {
        const more = (): void => {
          if (!response.destroyed) response.write('x'.repeat(65_536), more);
        };
        more();
      },
      (origin) => requestToken({ tokenEndpoint: origin, assertion: 'x' }, deps),
    );

    expect(result).to.deep.equal({ kind: 'fault', fault: 'too-large' });
  });

  it('sends nothing to another machine over plain http', async () => {
    let calls = 0;
    const fetch: typeof globalThis.fetch = () => {
      calls += 1;
      return Promise.resolve(new Response());
    };

    expect(await requestToken({ tokenEndpoint: 'http://acme.example/token', assertion: 'x' }, { fetch })).to.deep.equal(
      {
        kind: 'fault',
        fault: 'insecure',
      },
    );
    expect(calls).to.equal(0);
  });
});
