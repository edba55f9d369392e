import { expect } from 'chai';
import { judgeAssertion, type Grant } from '../../../../src/local-org/oauth/jwt-bearer.js';
import { issueToken } from '../../../../src/local-org/oauth/access-token.js';
import { assignPermissionSet, makeKeyPair, signAssertion, type KeyPair } from '../hosted-org.js';
import { metadataXml, packageXml, type Files } from '../metadata/metadata-xml.js';
import { manifestOf, openMetadataOrg, type MetadataOrg } from '../metadata/metadata-org.js';
import { externalClientAppFiles, permissionSetFile } from '../metadata/sample-files.js';

const profile = 'Minimum Access - Salesforce';
const integration = 'integration@metadata.local';
const app = '<externalClientApplication>Crm</externalClientApplication>';

/** What other tests put into an org, here comes in by a deploy, as it does for users. */
describe('policies that are deployed to a local org', () => {
  let local: MetadataOrg;
  let keys: KeyPair;

  before(async () => {
    keys = await makeKeyPair();
  });

  beforeEach(async () => {
    local = openMetadataOrg();
    const files = { ...permissionSetFile, ...externalClientAppFiles() };
    const certificate = keys.certificatePem.trim();
    expect(
      await local.problems({ ...files, ...globalSettings(`<certificate>${certificate}</certificate>`) }),
    ).to.deep.equal([]);
    assignPermissionSet(local.org, integration);
  });

  const globalSettings = (...before: readonly string[]): Files => ({
    'extlClntAppGlobalOauthSets/Crm.ecaGlblOauth': metadataXml(
      'ExtlClntAppGlobalOauthSettings',
      '<callbackUrl>http://localhost:1717/OauthRedirect</callbackUrl>',
      ...before,
      '<consumerKey>CRM_KEY_1</consumerKey>',
      '<consumerSecret>hidden1234</consumerSecret>',
      app,
      '<isNamedUserJwtEnabled>true</isNamedUserJwtEnabled>',
    ),
  });

  const grant = (remoteAddress = '127.0.0.1'): Promise<Grant> => {
    const { instanceUrl: aud } = local.org;
    const exp = local.clock / 1000 + 180;
    const compact = signAssertion(keys.privateKeyPem, { iss: 'CRM_KEY_1', sub: integration, aud, exp });
    return judgeAssertion(local.org, { compact, remoteAddress });
  };
  const reason = (outcome: Grant): string => (outcome.kind === 'refused' ? outcome.reason : 'granted');

  it('has a profile keep addresses out', async () => {
    const range =
      '<loginIpRanges><endAddress>10.1.1.255</endAddress><startAddress>10.1.1.0</startAddress></loginIpRanges>';
    const files = { [`profiles/${profile}.profile`]: metadataXml('Profile', range) };
    expect(await local.problems(files, { manifest: packageXml({ Profile: [profile] }) })).to.deep.equal([]);
    expect(reason(await grant())).to.equal('addressOrHourRefused');
    expect(reason(await grant('10.1.1.7'))).to.equal('granted');
    expect(reason(await grant('::ffff:10.1.1.7'))).to.equal('granted');
    expect(reason(await grant('::1'))).to.equal('addressOrHourRefused');
  });

  it('has a session setting of a profile, the org and the app end sessions', async () => {
    const timeout = async (): Promise<number | undefined> => {
      const outcome = await grant();
      return outcome.kind === 'granted' ? outcome.timeoutSeconds : -1;
    };
    expect(await timeout()).to.equal(undefined);
    const security = metadataXml(
      'SecuritySettings',
      '<sessionSettings><sessionTimeout>EightHours</sessionTimeout></sessionSettings>',
    );
    expect(await local.problems({ 'settings/Security.settings': security })).to.deep.equal([]);
    expect(await timeout()).to.equal(8 * 3600);
    const setting = metadataXml(
      'ProfileSessionSetting',
      '<externalCommunityUserIdentityVerif>false</externalCommunityUserIdentityVerif>',
      '<forceLogout>false</forceLogout>',
      `<profile>${profile.toLowerCase()}</profile>`,
      '<requiredSessionLevel>STANDARD</requiredSessionLevel>',
      '<sessionPersistence>false</sessionPersistence>',
      '<sessionTimeout>60</sessionTimeout>',
      '<sessionTimeoutWarning>false</sessionTimeoutWarning>',
    );
    const files = { 'profileSessionSettings/Integration.profileSessionSetting': setting };
    const manifest = packageXml({ ProfileSessionSetting: ['Integration'] });
    expect(await local.problems(files, { manifest })).to.deep.equal([]);
    expect(await timeout()).to.equal(3600);
    const policies = {
      'extlClntAppOauthPolicies/Crm.ecaOauthPlcy': metadataXml(
        'ExtlClntAppOauthConfigurablePolicies',
        '<commaSeparatedPermissionSet>Crm_Access</commaSeparatedPermissionSet>',
        app,
        '<namedUserJwtTimeout>10</namedUserJwtTimeout>',
        '<permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType>',
        '<sessionTimeoutInMinutes>15</sessionTimeoutInMinutes>',
      ),
    };
    expect(await local.problems(policies, { manifest: manifestOf(policies) })).to.deep.equal([]);
    expect(await timeout()).to.equal(15 * 60);
  });

  it('has the app issue JWTs', async () => {
    const outcome = await grant();
    if (outcome.kind === 'refused') throw new Error(outcome.reason);
    const { access_token: token = '', token_format: format } = await issueToken(local.org, outcome);
    expect([format, token.split('.').length]).to.deep.equal(['jwt', 3]);
    expect(local.org.sessions.get(token)?.clientId).to.equal('CRM_KEY_1');
  });
});
