import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { proxyFetch } from '../../../src/cli/proxy-fetch.js';
import { withServer } from '../verify/material.js';

/** A proxy that notes where it is asked to connect to, and lets nobody through. */
async function withProxy(use: (url: string) => Promise<unknown>): Promise<readonly string[]> {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  await use(`http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  proxy.closeAllConnections();
  await new Promise((resolve) => proxy.close(resolve));
  return asked;
}

describe('proxyFetch', () => {
  it('is the fetch of Node where no proxy is named', () => {
    expect(proxyFetch({ HTTPS_PROXY: '' })).to.equal(globalThis.fetch);
  });

  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY', 'http_proxy']) {
    it(`goes through the proxy that ${name} names, with the form of a request`, async () => {
      let isRefused = false;
      const asked = await withProxy(async (url) => {
        const body = new URLSearchParams({ a: 'b' });
        const signal = AbortSignal.timeout(10_000);
        await proxyFetch({ [name]: url })('https://acme.example/x', { method: 'POST', body, signal }).catch(() => {
          isRefused = true;
        });
      });

      expect(asked).to.deep.equal(['acme.example:443']);
      expect(isRefused).to.equal(true);
    });
  }

  it('reaches a local org directly', async () => {
    const asked = await withProxy(async (url) => {
      const body = await withServer(
        (_, response) => response.end('direct'),
        async (origin) => (await proxyFetch({ HTTPS_PROXY: url })(origin)).text(),
      );
      expect(body).to.equal('direct');
    });

    expect(asked).to.deep.equal([]);
  });
});
