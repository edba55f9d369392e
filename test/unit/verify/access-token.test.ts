import { inspect } from 'node:util';
import { expect } from 'chai';
import { AccessToken } from '../../../src/verify/access-token.js';

describe('AccessToken', () => {
  const value = `${'00D'}000000000001!AQEAQ.planted_token_value`;
  const token = new AccessToken(value);

  it('gives its value to who asks for it', () => {
    expect(token.reveal() === value).to.equal(true);
  });

  it('says what it is instead', () => {
    expect([JSON.stringify(token), String(token), inspect(token)]).to.deep.equal([
      '"[access token]"',
      '[access token]',
      '[access token]',
    ]);
  });

  const showings: Readonly<Record<string, string>> = {
    'JSON.stringify': JSON.stringify({ token }),
    'util.inspect': inspect({ nested: { token } }, { depth: 9, showHidden: true }),
    'a template': `${String(token)}`,
    'its own properties': Object.entries(token).join(),
    'a spread copy': JSON.stringify({ ...token }),
    'console formatting': inspect(token),
  };
  for (const [way, shown] of Object.entries(showings)) {
    it(`does not show it in ${way}`, () => {
      expect(shown.includes('planted')).to.equal(false);
    });
  }
});
