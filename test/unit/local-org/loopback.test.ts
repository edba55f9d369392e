import { expect } from 'chai';
import { loopbackUrl } from '../../../src/local-org/loopback.js';

describe('local org: what is on this machine', () => {
  for (const url of ['http://localhost:1/a?b=c', 'https://127.0.0.1', 'http://[::1]:8080/', 'HTTP://LOCALHOST']) {
    it(`knows ${url}`, () => {
      expect(loopbackUrl(url)?.href).to.equal(new URL(url).href);
    });
  }

  const elsewhere = [
    'http://localhost:1@evil.example',
    'http://localhost@evil.example/',
    'http://localhost.evil.example',
    'http://evil.example/http://localhost',
    'http://evil.example#localhost',
    '//localhost',
    '//evil.example',
    'ftp://localhost',
    'file://localhost/etc/hosts',
    'javascript:localhost',
    'localhost:1',
    '',
  ];
  for (const url of elsewhere) {
    it(`does not know "${url}"`, () => {
      expect(loopbackUrl(url)).to.equal(undefined);
    });
  }
});
