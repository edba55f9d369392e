import { expect } from 'chai';
import { inOrgFaults } from '../../../src/verify/in-org-fault-rows.js';
import { adviseOnInOrgFault, findInOrgFault } from '../../../src/verify/in-org-faults.js';

/** Written by hand, apart from the table: what orgs are reported to say, and what it is. */
const texts: ReadonlyArray<readonly [text: string, key: string]> = [
  [
    'System.CalloutException: Unauthorized endpoint, please check Setup->Security->Remote site settings. endpoint = https://acme.my.salesforce.com/services/oauth2/token',
    'remote-site-missing',
  ],
  ['System.NoDataFoundException: Data Not Available', 'certificate-missing'],
  ['signing_failed: Certificate erp_jwt: Data Not Available', 'certificate-missing'],
  [
    'System.CalloutException: We couldn\'t access the credential(s). You might not have the required permissions, or the external credential "Erp" might not exist.',
    'credential-not-accessible',
  ],
  [
    'System.CalloutException: We couldn’t access the credential(s). You might not have the required permissions',
    'credential-not-accessible',
  ],
  [
    'System.CalloutException: The callout couldn\'t access the endpoint. You might not have the required permissions, or the named credential "Erp" might not exist.',
    'named-credential-missing',
  ],
  ['System.CalloutException: The named credential "Erp" is not enabled for callouts.', 'named-credential-disabled'],
  ['System.CalloutException: Unable to complete the JWT token exchange.', 'exchange-failed'],
  ['System.UnexpectedException: Script-thrown exception', 'callout-misconfigured'],
  [
    'System.CalloutException: You have uncommitted work pending. Please commit or rollback before calling out',
    'uncommitted-work',
  ],
  ['System.CalloutException: Read timed out', 'no-answer'],
  ['http://127.0.0.1:1/services/oauth2/token did not answer.', 'no-answer'],
  ['System.LimitException: Apex CPU time limit exceeded', 'cpu-limit'],
  ['Dependent class is invalid and needs recompilation:\n Class ErpClient', 'class-invalid'],
  ['INSUFFICIENT_ACCESS: insufficient access rights on cross-reference id', 'permission-missing'],
  ['Variable does not exist: ErpClient', 'client-not-deployed'],
  ['Method does not exist or incorrect signature: void verify() from the type ErpClient', 'client-not-deployed'],
  ['Invalid type: ErpTokenProvider.TokenException', 'client-not-deployed'],
  ['The class ErpClient is not in the client org.', 'client-not-deployed'],
  ['The classes ErpClient, ErpClientTest are not in the client org.', 'client-not-deployed'],
  ["The class ErpClient is no Apex that a parser understands: line 3, missing ';' at 'return'.", 'class-broken'],
  ['LocalOrgException: The class ErpTokenProvider has no text for CONSUMER_KEY.', 'constant-unreadable'],
  ['settings_missing: There is no record ErpSettings__mdt.Default.', 'settings-missing'],
  ['settings_invalid: Validity_Seconds__c is not 1 to 180.', 'settings-invalid'],
  ['INVALID_SESSION_ID: Session expired or invalid', 'session-over'],
  ['A local org calls endpoints on this machine only, and not https://auth.example.com/token', 'local-only'],
  ['A local org cannot evaluate the formula of the claim "exp"', 'local-only'],
];

describe('faults in the client org', () => {
  for (const [text, key] of texts) {
    it(`knows "${text.slice(0, 70)}" as ${key}`, () => {
      expect(findInOrgFault(text)?.key).to.equal(key);
    });
  }

  it('has a text here for each of its rows', () => {
    const known = new Set(texts.map(([, key]) => key));

    expect(inOrgFaults.filter(({ key }) => !known.has(key))).to.deep.equal([]);
  });

  for (const { key, text, cause, actions } of inOrgFaults) {
    it(`${key}: its own text leads to it, with a cause and next steps that start with a verb`, () => {
      expect(findInOrgFault(text)?.key).to.equal(key);
      expect(cause).to.match(/^[^A-Z].*[^.]$/);
      expect(actions).not.to.be.empty;
      for (const action of actions) expect(action).to.match(/^[A-Z][a-z-]+ /);
    });
  }

  it('names the permission set to assign where the principal is out of reach', () => {
    const { actions } = adviseOnInOrgFault("We couldn't access the credential(s).");

    expect(actions[0]).to.include(
      'sf org assign permset --name MY_CALLOUT_PERMISSION_SET --target-org MY_CLIENT_ORG --on-behalf-of MY_CLIENT_USER',
    );
  });

  it('says so where the permission set is for somebody else than who makes the callout', () => {
    const callers = { runsAs: 'admin@crm.example.com', meant: 'caller@crm.example.com' };
    const { cause, actions } = adviseOnInOrgFault("We couldn't access the credential(s).", { callers });

    expect(cause).to.include('as admin@crm.example.com').and.to.include('but caller@crm.example.com is the user');
    expect(actions).to.have.length(2);
    expect(adviseOnInOrgFault('Read timed out', { callers }).cause).not.to.include('caller@');
  });

  it('speaks of no org where the server is none', () => {
    const { cause, actions } = adviseOnInOrgFault('Unable to complete the JWT token exchange.', { server: 'oauth2' });

    expect(cause).to.match(/or a certificate that the server does not know$/);
    expect(actions.join())
      .to.include('MY_CERTIFICATE.crt')
      .and.not.to.match(/MY_ORG|LoginHistory/);
  });

  it('rules out app and key where the same key got a token here', () => {
    const text = 'Unable to complete the JWT token exchange.';

    expect(adviseOnInOrgFault(text).cause).to.match(/^the platform got no token and does not say why/);
    expect(adviseOnInOrgFault(text, { signedHere: true }).cause).to.match(/^the same key got a token here/);
    expect(adviseOnInOrgFault('Read timed out', { signedHere: true }).cause).to.match(/did not answer/);
  });

  it('says that it knows no more of any other text', () => {
    expect(adviseOnInOrgFault('System.TypeException: odd').cause).to.equal('the client org says no more than this');
  });
});
