import { connect } from 'node:net';
import { expect } from 'chai';
import { hostOrgs, type HostedOrg } from './hosted-org.js';

const data = '/services/data/v67.0';

/** What no client of good manners sends. Written byte by byte: every HTTP library would refuse to. */
describe('HTTP that a local org cannot take', () => {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-server']))[0]!;
  });

  afterEach(async () => {
    expect((await host.send('GET', `${data}/limits`)).status, 'the org goes on').to.equal(200);
    await host.close();
    expect(host.faults).to.deep.equal([]);
  });

  /** Everything that comes back until the org hangs up, which it must. */
  const raw = (...parts: readonly string[]): Promise<string> =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(host.org.instanceUrl).port), '127.0.0.1');
      let received = '';
      socket.on('data', (chunk) => (received += chunk.toString('latin1')));
      socket.on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve(received) : reject(error),
      );
      socket.on('close', () => resolve(received));
      for (const part of parts) socket.write(part, 'latin1');
    });

  const statusOf = (answer: string): number => Number(/^HTTP\/1\.1 (\d{3}) /.exec(answer)?.[1]);
  const answersIn = (received: string): number => received.split('HTTP/1.1 ').length - 1;

  const head = (line: string, ...headers: readonly string[]): string =>
    [line, 'Host: localhost', `Authorization: Bearer ${host.admin}`, ...headers, '', ''].join('\r\n');

  for (const [what, request] of [
    ['no HTTP at all', () => '\u0016\u0003\u0001\u0002\u0000hello\r\n\r\n'],
    ['a method that is none', () => head('G@T / HTTP/1.1')],
    ['a version that is none', () => head('GET / HTTP/9.9')],
    ['a request without a host', () => 'GET / HTTP/1.1\r\n\r\n'],
    ['a header without a colon', () => head('GET / HTTP/1.1', 'nonsense')],
    ['a header with a control character', () => head('GET / HTTP/1.1', 'x: a\u0000b')],
    [
      'a length and chunks at once',
      () =>
        `${head(`POST ${data}/sobjects/Account HTTP/1.1`, 'Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n`,
    ],
    ['two lengths', () => `${head('POST / HTTP/1.1', 'Content-Length: 5', 'Content-Length: 6')}12345`],
    ['a length that is none', () => head('POST / HTTP/1.1', 'Content-Length: 5x')],
    ['a length below zero', () => head('POST / HTTP/1.1', 'Content-Length: -1')],
    ['an encoding that hides chunks', () => head('POST / HTTP/1.1', 'Transfer-Encoding: xchunked')],
    [
      'a chunk of no size',
      () => `${head(`POST ${data}/sobjects/Account HTTP/1.1`, 'Transfer-Encoding: chunked')}zz\r\n`,
    ],
  ] as const) {
    it(`answers ${what} with 400 and hangs up`, async () => {
      const received = await raw(request());
      expect(statusOf(received), received.slice(0, 200)).to.equal(400);
      expect(received).to.match(/\r\nconnection: close\r\n/i);
    });
  }

  it('answers an address above 16,384 bytes with 414, and headers above that with 431', async () => {
    const long = 'x'.repeat(17_000);
    for (const [request, status, errorCode] of [
      [head(`GET ${data}/query?q=${long} HTTP/1.1`), 414, 'URI_TOO_LONG'],
      [head(`GET ${data}/limits HTTP/1.1`, `x: ${long}`), 431, 'REQUEST_HEADER_FIELDS_TOO_LARGE'],
    ] as const) {
      const received = await raw(request);
      expect(statusOf(received)).to.equal(status);
      const [error] = JSON.parse(received.split('\r\n\r\n')[1] ?? '') as [{ errorCode: string; message: string }];
      expect(error.errorCode).to.equal(errorCode);
      expect(error.message).to.include('exceeds the 16384-byte limit.');
    }
  });

  it('reads one request where another is hidden in its body', async () => {
    const hidden = head('GET /_local HTTP/1.1');
    const received = await raw(
      head(
        `POST ${data}/sobjects/Account HTTP/1.1`,
        `Content-Length: ${hidden.length}`,
        'Content-Type: application/json',
        'Connection: close',
      ),
      hidden,
    );
    expect([statusOf(received), answersIn(received)]).to.deep.equal([400, 1]);
    expect(received).to.include('JSON_PARSER_ERROR');
  });

  it('takes nothing behind a body that is too large for one more request', async () => {
    const received = await raw(
      head(`POST ${data}/sobjects/Account HTTP/1.1`, 'Content-Length: 2000000'),
      head('DELETE /_local/faults HTTP/1.1'),
    );
    expect([statusOf(received), answersIn(received)]).to.deep.equal([413, 1]);
  });

  it('bears clients that hang up in the middle of a head, of a body and before the answer', async () => {
    const port = Number(new URL(host.org.instanceUrl).port);
    for (const part of [
      'GET /serv',
      `${head(`POST ${data}/sobjects/Account HTTP/1.1`, 'Content-Length: 100', 'Content-Type: application/json')}{"Name":`,
      `${head(`POST ${data}/sobjects/Account HTTP/1.1`, 'Transfer-Encoding: chunked')}5\r\n{"N`,
      head(`GET ${data}/limits HTTP/1.1`),
    ])
      await new Promise<void>((resolve) => {
        const socket = connect(port, '127.0.0.1', () => socket.end(part, 'latin1', () => socket.destroy()));
        socket.on('close', () => resolve());
        socket.on('error', () => resolve());
      });
    expect((await host.query('SELECT Id FROM Account')).body.totalSize).to.equal(0);
  });

  for (const [target, status] of [
    ['http://[ HTTP/1.1', 400],
    ['http://evil.example/_local HTTP/1.1', 200],
    ['/services/data/v67.0/sobjects/Account/%ZZ%00%C0%AF HTTP/1.1', 404],
    ['/services/data/v67.0/../../../_local HTTP/1.1', 200],
    ['/services/data/v67.0/sobjects/__proto__/describe HTTP/1.1', 404],
    ['/services/data/v67.0/sobjects/constructor HTTP/1.1', 404],
    ['/services/data/v67.0/query?q=%E0%A4%A HTTP/1.1', 400],
    ['/services/data/v067.0/limits HTTP/1.1', 404],
    ['/services/data/v67.1/limits HTTP/1.1', 404],
    ['* HTTP/1.1', 404],
    ['/services/data/v67.0/limits HTTP/1.0', 200],
  ] as const) {
    it(`answers GET ${target} with ${status}`, async () => {
      const received = await raw(head(`GET ${target}`, 'Connection: close'));
      expect(statusOf(received), received.slice(0, 300)).to.equal(status);
      expect(received).not.to.match(/\n\s+at |node:internal|\.ts:\d/);
    });
  }

  it('hangs up on tunnels and other expectations', async () => {
    expect(await raw('CONNECT localhost:22 HTTP/1.1\r\nHost: localhost\r\n\r\n')).to.equal('');
    const expecting = await raw(
      head('POST /x HTTP/1.1', 'Expect: the-impossible', 'Content-Length: 0', 'Connection: close'),
    );
    expect(statusOf(expecting)).to.equal(417);
  });
});
