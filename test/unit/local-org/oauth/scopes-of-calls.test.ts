import { expect } from 'chai';
import { tokenFixture } from '../token-fixture.js';

const limits = '/services/data/v67.0/limits';
const describeCall =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" xmlns="http://soap.sforce.com/2006/04/metadata"><e:Header><SessionHeader><sessionId>{}</sessionId></SessionHeader></e:Header><e:Body><describeMetadata/></e:Body></e:Envelope>';

describe('calls with the token of an app', () => {
  const fixture = tokenFixture();

  const tokenOf = async (scopes: string): Promise<string> => {
    fixture.deployApproved({ scopes });
    return (await fixture.ask()).body.access_token as string;
  };

  for (const scopes of ['Web, RefreshToken', 'OpenID, Chatter, RefreshToken']) {
    it(`are refused where the app has ${scopes} alone, and say who it is`, async () => {
      const token = await tokenOf(scopes);
      const headers = { authorization: `Bearer ${token}` };
      const refused = await fixture.host.send('GET', limits, { headers });
      expect([refused.status, refused.body]).to.deep.equal([
        401,
        [{ errorCode: 'INVALID_SESSION_ID', message: 'This session is not valid for use with the REST API' }],
      ]);
      expect((await fixture.host.send('GET', '/services/oauth2/userinfo', { headers })).status).to.equal(200);
    });
  }

  it('are refused in SOAP as well', async () => {
    const body = describeCall.replace('{}', await tokenOf('Web, RefreshToken'));
    for (const path of ['/services/Soap/m/67.0', '/services/Soap/s/67.0']) {
      const { status, text } = await fixture.host.send('POST', path, { body, headers: { 'content-type': 'text/xml' } });
      expect(status).to.equal(500);
      expect(text).to.include('<faultcode>sf:INVALID_SESSION_ID</faultcode>');
      expect(text).to.include('INVALID_SESSION_ID: This session is not valid for use with the API');
    }
  });

  for (const scopes of ['Api, RefreshToken', 'Full, RefreshToken']) {
    it(`are answered where the app has ${scopes}`, async () => {
      const headers = { authorization: `Bearer ${await tokenOf(scopes)}` };
      expect((await fixture.host.send('GET', limits, { headers })).status).to.equal(200);
    });
  }
});
