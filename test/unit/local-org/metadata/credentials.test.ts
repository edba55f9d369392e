import { expect } from 'chai';
import {
  bearerParameters,
  calloutPermissionSet,
  classFile,
  externalCredentialFile,
  legacyCredentialFile,
  namedCredentialFile,
} from './client-files.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { packageXml, type Files } from './metadata-xml.js';
import { certificateFiles } from './sample-files.js';

const scheme = 'must be a URL that starts with https:// (a local org also takes http:// on this machine)';
const noUrl = `${scheme}, without user and fragment`;
const noAddress = `${scheme}, without user, query and fragment`;
const needs = 'AuthProviderUrl, SigningCertificate, JwtBodyClaim iss, JwtBodyClaim sub, JwtBodyClaim aud. Missing: ';
const bearerNeeds = `The authentication protocol Oauth with the variant JwtBearer needs the parameters ${needs}`;
const claim = (name: string, parameterValue?: string) => ({ ...bearerParameters[name], parameterValue });

describe('local-org/metadata: credentials', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  it('deploys all of the calling side at once, whatever the order of the files', async () => {
    const files = {
      ...calloutPermissionSet(['Erp-Integration'], ['ErpClient']),
      ...namedCredentialFile(),
      ...legacyCredentialFile(),
      ...externalCredentialFile(),
      ...classFile('ErpClient', 'public class ErpClient {}'),
      ...certificateFiles,
    };
    const { details, status } = await local.deploy(files);
    expect(details.componentFailures).to.deep.equal([]);
    expect(status).to.equal('Succeeded');
    const again = await local.deploy(files);
    expect(again.details.componentSuccesses.filter(({ changed, componentType }) => changed && componentType)).to.be
      .empty;
    const back = await local.retrieve({
      ExternalCredential: ['Erp'],
      NamedCredential: ['*'],
      PermissionSet: ['Callouts'],
    });
    expect(back['externalCredentials/Erp.externalCredential']).to.include('<certificate>crm</certificate>');
    expect(back['namedCredentials/Erp.namedCredential']).to.include('<externalCredential>Erp</externalCredential>');
    expect(back['namedCredentials/Legacy.namedCredential']).to.include('<protocol>JwtExchange</protocol>');
    expect(back['permissionsets/Callouts.permissionset']).to.include('>Erp-Integration<');
  });

  it('finds in the org what the deploy does not bring', async () => {
    await local.deploy(certificateFiles);
    await local.deploy({ ...externalCredentialFile(), ...classFile('ErpClient', 'class ErpClient {}') });
    const files = { ...namedCredentialFile(), ...calloutPermissionSet(['Erp-Integration'], ['ErpClient']) };
    expect(await local.problems(files)).to.deep.equal([]);
  });

  it('does not find what the same deploy deletes first', async () => {
    await local.deploy({ ...certificateFiles, ...externalCredentialFile() });
    const files = {
      ...namedCredentialFile(),
      'destructiveChangesPre.xml': packageXml({ ExternalCredential: ['Erp'] }),
    };
    expect(await local.problems(files)).to.deep.equal([
      'In field: externalCredential - no ExternalCredential named Erp found',
    ]);
  });

  const external: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      'a certificate that is not there',
      externalCredentialFile({ certificate: { ...bearerParameters['certificate'], certificate: 'gone' } }),
      ['In field: certificate - no Certificate named gone found'],
    ],
    ['no URL', externalCredentialFile({ url: undefined }), [`${bearerNeeds}AuthProviderUrl`]],
    ['no certificate', externalCredentialFile({ certificate: undefined }), [`${bearerNeeds}SigningCertificate`]],
    [
      'no claims',
      externalCredentialFile({ iss: undefined, sub: undefined, aud: undefined }),
      [`${bearerNeeds}JwtBodyClaim iss, JwtBodyClaim sub, JwtBodyClaim aud`],
    ],
    ['an empty claim', externalCredentialFile({ sub: claim('sub') }), [`${bearerNeeds}JwtBodyClaim sub`]],
    [
      'the protocol JWT without a certificate',
      externalCredentialFile({ variant: undefined, url: undefined, certificate: undefined }, { protocol: 'Jwt' }),
      [
        'The authentication protocol Jwt needs the parameters SigningCertificate, JwtBodyClaim iss, JwtBodyClaim sub, JwtBodyClaim aud. Missing: SigningCertificate',
      ],
    ],
    [
      'the variant of another protocol',
      externalCredentialFile({}, { protocol: 'Custom' }),
      ['The variant JwtBearer needs the authentication protocol Oauth'],
    ],
    [
      'an endpoint without encryption on another machine',
      externalCredentialFile({ url: { ...bearerParameters['url'], parameterValue: 'http://acme.com/token' } }),
      [`AuthProviderUrl: ${noUrl}`],
    ],
    [
      'an algorithm that Salesforce does not sign with',
      externalCredentialFile({ alg: { ...bearerParameters['alg'], parameterValue: 'HS256' } }),
      ['alg: must be one of RS256, RS512'],
    ],
    [
      'a principal in another group',
      externalCredentialFile({ principal: { ...bearerParameters['principal'], parameterGroup: 'DefaultGroup' } }),
      ['The parameterGroup of the principal Integration must be its name'],
    ],
    [
      'a principal without a group',
      externalCredentialFile({ principal: { ...bearerParameters['principal'], parameterGroup: undefined } }),
      ['The parameterGroup of the principal Integration must be its name'],
    ],
    [
      'a claim in a group of nobody',
      externalCredentialFile({ iss: { ...bearerParameters['iss'], parameterGroup: 'Somebody' } }),
      ['The parameterGroup of iss must be DefaultGroup or the name of a principal, not Somebody'],
    ],
    [
      'a claim that is there twice',
      externalCredentialFile({ more: bearerParameters['iss'] }),
      ['Duplicate parameter: iss of the type JwtBodyClaim'],
    ],
    [
      'two endpoints',
      externalCredentialFile({ more: { ...bearerParameters['url'], parameterName: 'Other' } }),
      ['Duplicate parameter: Other of the type AuthProviderUrl'],
    ],
    [
      'a principal that is there twice, of two types',
      externalCredentialFile({ more: { ...bearerParameters['principal'], parameterType: 'PerUserPrincipal' } }),
      ['Duplicate parameter: Integration of the type PerUserPrincipal'],
    ],
    [
      'an auth provider that is not there',
      externalCredentialFile({ more: { authProvider: 'Gone', parameterName: 'P', parameterType: 'AuthProvider' } }),
      ['In field: authProvider - no AuthProvider named Gone found'],
    ],
    [
      'a label that is too long',
      externalCredentialFile({}, { label: 'x'.repeat(81) }),
      ['Label: data value too large (max length=80)'],
    ],
  ];
  for (const [what, files, problems] of external) {
    it(`refuses an External Credential with ${what}`, async () => {
      expect(await local.problems({ ...certificateFiles, ...files })).to.deep.equal(problems);
    });
  }

  for (const name of ['My Principal', '1st', 'A__B', 'A_', 'A-B']) {
    it(`refuses the principal ${name}`, async () => {
      const principal = { ...bearerParameters['principal'], parameterGroup: name, parameterName: name };
      const problems = await local.problems({ ...certificateFiles, ...externalCredentialFile({ principal }) });
      expect(problems).to.have.length(1);
      expect(problems[0]).to.include(`The name of the principal ${name} is not valid`);
    });
  }

  it('takes a query of a token endpoint, and neither a user nor a fragment', async () => {
    const problemsOf = (parameterValue: string) =>
      local.problems({
        ...certificateFiles,
        ...externalCredentialFile({ url: { ...bearerParameters['url'], parameterValue } }),
      });
    expect(await problemsOf('https://acme.com/token?policy=a')).to.deep.equal([]);
    expect(await problemsOf('https://user:word@acme.com/token')).to.deep.equal([`AuthProviderUrl: ${noUrl}`]);
    expect(await problemsOf('https://acme.com/token#a')).to.deep.equal([`AuthProviderUrl: ${noUrl}`]);
  });

  it('takes an endpoint of this machine without encryption, a claim of one principal, and other protocols', async () => {
    const url = { ...bearerParameters['url'], parameterValue: 'http://localhost:4000/services/oauth2/token' };
    const scope = {
      parameterGroup: 'Integration',
      parameterName: 'Scope',
      parameterType: 'AuthParameter',
      parameterValue: 'api',
    };
    expect(await local.problems({ ...certificateFiles, ...externalCredentialFile({ url, scope }) })).to.deep.equal([]);
    const none = Object.fromEntries(Object.keys(bearerParameters).map((name) => [name, undefined]));
    expect(await local.problems(externalCredentialFile(none, { protocol: 'Custom' }))).to.deep.equal([]);
  });

  const named: readonly (readonly [string, Files, readonly string[]])[] = [
    [
      'an External Credential that is not there',
      namedCredentialFile(),
      ['In field: externalCredential - no ExternalCredential named Erp found'],
    ],
    [
      'no External Credential',
      namedCredentialFile({ authentication: { parameterName: 'A', parameterType: 'Authentication' } }),
      ['Required field is missing: externalCredential'],
    ],
    [
      'no parameters',
      namedCredentialFile({ url: undefined, authentication: undefined }),
      [
        'A SecuredEndpoint needs a parameter of the type Url',
        'A SecuredEndpoint needs a parameter of the type Authentication',
      ],
    ],
    [
      'another type',
      namedCredentialFile({ authentication: undefined }, 'PrivateEndpoint'),
      ['A local org keeps Named Credentials of the types SecuredEndpoint and Legacy, not PrivateEndpoint'],
    ],
  ];
  for (const [what, files, problems] of named) {
    it(`refuses a Named Credential with ${what}`, async () => {
      expect(await local.problems(files)).to.deep.equal(problems);
    });
  }

  const badAddresses = [
    ...['http://acme.com', 'acme.com', 'ftp://acme.com', 'https://a b', '', 'http://localhost.evil.com'],
    ...['https://acme.com?a=b', 'https://acme.com/#x', 'https://user@acme.com', 'https://:word@acme.com'],
    ...['http://localhost:1@evil.example', 'http://evil.example/localhost'],
  ];
  for (const url of badAddresses) {
    it(`refuses a Named Credential with the URL "${url}"`, async () => {
      const files = namedCredentialFile({ url: { parameterName: 'U', parameterType: 'Url', parameterValue: url } });
      const problems = await local.problems({ ...certificateFiles, ...externalCredentialFile(), ...files });
      expect(problems).to.deep.equal([`URL: ${noAddress}`]);
    });
  }

  it('refuses a second URL, and a client certificate that is not there', async () => {
    const more = { parameterName: 'More', parameterType: 'Url', parameterValue: 'https://a.b' };
    const certificate = { certificate: 'gone', parameterName: 'C', parameterType: 'ClientCertificate' };
    const files = namedCredentialFile({ more, certificate });
    expect(await local.problems({ ...certificateFiles, ...externalCredentialFile(), ...files })).to.have.members([
      'Duplicate parameter of the type Url',
      'In field: certificate - no Certificate named gone found',
    ]);
  });

  it('names the line of what is wrong', async () => {
    const files = namedCredentialFile({ url: { parameterName: 'U', parameterType: 'Url', parameterValue: 'x' } });
    const { details } = await local.deploy({ ...certificateFiles, ...externalCredentialFile(), ...files });
    expect(details.componentFailures[0]).to.include({ lineNumber: 4, componentType: 'NamedCredential' });
  });
});
