import { expect } from 'chai';
import { isSafeForSecrets, parseServerUrl, tokenEndpointOf } from '../../../src/verify/server-url.js';

describe('parseServerUrl', () => {
  const accepted: Readonly<Record<string, string>> = {
    'https://acme.my.salesforce.com': 'https://acme.my.salesforce.com',
    ' https://ACME.my.salesforce.com/ ': 'https://acme.my.salesforce.com',
    'https://login.salesforce.com//': 'https://login.salesforce.com',
    'https://acme.my.site.com/customers/': 'https://acme.my.site.com/customers',
    'https://acme.my.salesforce.com/services/oauth2/token': 'https://acme.my.salesforce.com',
    'https://acme.my.site.com/customers/services/oauth2/token/': 'https://acme.my.site.com/customers',
    'http://localhost:1717': 'http://localhost:1717',
    'http://127.0.0.1:8080/': 'http://127.0.0.1:8080',
    'http://[::1]:8080': 'http://[::1]:8080',
  };
  for (const [typed, base] of Object.entries(accepted)) {
    it(`takes ${typed}`, () => {
      expect(parseServerUrl(typed)).to.deep.equal({ kind: 'accepted', base });
    });
  }

  const refused: Readonly<Record<string, readonly [reason: string, suggestion?: string]>> = {
    'acme.my.salesforce.com': ['it is not a URL', 'https://acme.my.salesforce.com'],
    'acme.my.salesforce.com:443/x': ['it is not a URL', 'https://acme.my.salesforce.com:443/x'],
    'localhost:8080': ['it is not a URL', 'http://localhost:8080'],
    '127.0.0.1:8080': ['it is not a URL', 'http://127.0.0.1:8080'],
    'acme.my.salesforce.com:99999': ['it is not a URL'],
    'mailto:ops@acme.com': ['mailto: is not https:'],
    'my org': ['it is not a URL'],
    '': ['it is not a URL'],
    'http://acme.my.salesforce.com/': ['http:// would send secrets in the clear', 'https://acme.my.salesforce.com/'],
    'ftp://acme.my.salesforce.com': ['ftp: is not https:'],
    'https://user:pass@acme.my.salesforce.com': ['it holds a user name or a password'],
    'https://acme.my.salesforce.com?x=1': ['it has a query or a fragment'],
    'https://acme.my.salesforce.com#x': ['it has a query or a fragment'],
    'https://acme.lightning.force.com/lightning/page/home': [
      'it is an address for browsers',
      'https://acme.my.salesforce.com',
    ],
    'https://acme--dev.sandbox.my.salesforce-setup.com': [
      'it is an address for browsers',
      'https://acme--dev.sandbox.my.salesforce.com',
    ],
  };
  for (const [typed, [reason, suggestion]] of Object.entries(refused)) {
    it(`refuses "${typed}"`, () => {
      expect(parseServerUrl(typed)).to.deep.equal({ kind: 'refused', reason, ...(suggestion && { suggestion }) });
    });
  }

  it('leads to the token endpoint', () => {
    expect(tokenEndpointOf('https://acme.my.salesforce.com')).to.equal(
      'https://acme.my.salesforce.com/services/oauth2/token',
    );
  });
});

describe('isSafeForSecrets', () => {
  it('is so for https, and for http on this machine only', () => {
    expect(isSafeForSecrets('https://acme.my.salesforce.com/x')).to.equal(true);
    expect(isSafeForSecrets('http://localhost:8080/x')).to.equal(true);
    expect(isSafeForSecrets('http://localhost.evil.example/x')).to.equal(false);
    expect(isSafeForSecrets('http://acme.my.salesforce.com')).to.equal(false);
    expect(isSafeForSecrets('ftp://localhost/x')).to.equal(false);
    expect(isSafeForSecrets('nonsense')).to.equal(false);
  });
});
