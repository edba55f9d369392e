import { expect } from 'chai';
import { certificateArtifacts, clientArtifacts, clientOutline, testClasses } from '../../../src/artifacts/build.js';
import type { Artifact } from '../../../src/artifacts/artifact.js';
import { componentsIn } from '../../../src/artifacts/catalog.js';
import { grantOf, type Grant } from '../../../src/artifacts/grant.js';
import type { Connection } from '../../../src/config/connection.js';
import type { sampleOAuthServer } from '../../golden/cases.js';
import {
  oauthConnection,
  sampleApexClient,
  sampleConnection,
  sampleFacts,
  sampleLegacyClient,
  sampleNamedCredentialClient,
} from '../../golden/cases.js';
import { apexVariants } from './apex-fixture.js';
import { refusal } from './refusal.js';

const apex = sampleConnection();
const external = sampleConnection({ client: { type: 'external' } });
const inline = sampleConnection({ client: { ...sampleApexClient, settings: 'inline' } });

function grantFor(connection: Connection, facts = sampleFacts): Grant {
  const grant = grantOf(connection.server, facts);
  if (!grant) throw new TypeError('no grant');
  return grant;
}

const made = (connection: Connection, facts = sampleFacts): readonly Artifact[] =>
  clientArtifacts(connection, grantFor(connection, facts));

describe('client artifacts', () => {
  it('are none for a caller outside Salesforce', () => {
    expect(made(external)).to.deep.equal([]);
    expect(clientOutline(external)).to.deep.equal([]);
    expect(certificateArtifacts(external)).to.deep.equal([]);
    expect(testClasses(external)).to.deep.equal([]);
  });

  it('have a remote site, settings, a token provider and a client where Apex signs', () => {
    expect(componentsIn(clientOutline(apex))).to.deep.equal([
      { type: 'RemoteSiteSetting', fullName: 'ErpApi' },
      { type: 'CustomObject', fullName: 'ErpSettings__mdt' },
      { type: 'CustomMetadata', fullName: 'ErpSettings.Default' },
      { type: 'ApexClass', fullName: 'ErpTokenProvider' },
      { type: 'ApexClass', fullName: 'ErpTokenProviderTest' },
      { type: 'ApexClass', fullName: 'ErpClient' },
      { type: 'ApexClass', fullName: 'ErpClientTest' },
    ]);
  });

  it('have no settings of their own where they stand in the class', () => {
    expect(componentsIn(clientOutline(inline)).map(({ type }) => type)).not.to.include.members(['CustomObject']);
    expect(clientOutline(inline).map(({ component }) => component.type)).not.to.include('CustomMetadata');
  });

  for (const client of [sampleNamedCredentialClient, sampleLegacyClient]) {
    it(`have the client, and nothing that signs, where a Named Credential does (${client.type})`, () => {
      const names = componentsIn(clientOutline(sampleConnection({ client })))
        .filter(({ type }) => ['ApexClass', 'RemoteSiteSetting', 'CustomObject', 'CustomMetadata'].includes(type))
        .map(({ fullName }) => fullName);
      expect(names).to.deep.equal(['ErpClient', 'ErpClientTest']);
    });
  }

  it('count the fields of settings as their object, so that an org is asked for one component', () => {
    const fields = clientOutline(apex).filter(({ path }) => path.includes('/fields/'));
    expect(fields).to.have.length(7);
    for (const { component } of fields) {
      expect(component).to.deep.equal({ type: 'CustomObject', fullName: 'ErpSettings__mdt' });
    }
  });

  for (const { name, connection } of apexVariants) {
    it(`are known by path and component before there is an app: ${name}`, () => {
      const files = made(connection).map(({ side, path, component }) => ({ side, path, component }));
      expect(clientOutline(connection)).to.deep.equal(files);
    });
  }

  it('name the test classes that a deploy runs', () => {
    expect(testClasses(apex)).to.deep.equal(['ErpTokenProviderTest', 'ErpClientTest']);
    const client = { ...sampleNamedCredentialClient, invocable: true, queueable: true };
    expect(testClasses(sampleConnection({ client }))).to.deep.equal([
      'ErpClientTest',
      'ErpFlowActionTest',
      'ErpJobTest',
    ]);
  });

  it('call the origin of the org, with or without a slash behind it', () => {
    const facts = { ...sampleFacts, instanceUrl: `${sampleFacts.instanceUrl}/` };
    expect(made(apex, facts)).to.deep.equal(made(apex));
  });

  describe('remote sites', () => {
    const sites = (connection: Connection, facts = sampleFacts): readonly (readonly string[])[] =>
      made(connection, facts)
        .filter(({ component }) => component.type === 'RemoteSiteSetting')
        .map(({ component, content }) => [component.fullName, /<url>(.*)<\/url>/.exec(content)?.[1] ?? '']);

    it('allow plain http for a local org only', () => {
      const site = (instanceUrl: string): string =>
        made(apex, { ...sampleFacts, instanceUrl }).find(({ path }) => path.startsWith('remoteSite'))?.content ?? '';
      expect(site('http://localhost:1234')).to.include('<disableProtocolSecurity>true<');
      expect(site('https://acme.my.salesforce.com')).to.include('<disableProtocolSecurity>false<');
      expect(refusal(() => site('http://acme.my.salesforce.com'))?.tokens[0]).to.equal('instance URL');
    });

    it('are two where token endpoint and API are on different origins, ports counted', () => {
      const server = { tokenEndpoint: 'https://example.com:8443/token?x=1', baseUrl: 'https://example.com/v1/' };
      expect(sites(oauthConnection(sampleApexClient, server))).to.deep.equal([
        ['ErpTokenEndpoint', 'https://example.com:8443'],
        ['ErpApi', 'https://example.com'],
      ]);
    });

    it('are one where they are on the same', () => {
      const server = { tokenEndpoint: 'https://example.com/token', baseUrl: 'https://example.com:443/v1' };
      expect(sites(oauthConnection(sampleApexClient, server))).to.deep.equal([['ErpApi', 'https://example.com']]);
      expect(sites(apex)).to.deep.equal([['ErpApi', 'https://acme.my.salesforce.com']]);
    });
  });

  it('make a certificate only where the client org makes the key', () => {
    for (const client of [sampleApexClient, sampleNamedCredentialClient, sampleLegacyClient]) {
      expect(
        certificateArtifacts(sampleConnection({ client })).map(({ path, content }) => [path, content === '']),
      ).to.deep.equal([
        ['certs/erp_jwt.crt', true],
        ['certs/erp_jwt.crt-meta.xml', false],
      ]);
    }
    for (const source of ['generate', 'existing'] as const) {
      expect(certificateArtifacts(sampleConnection({ certificate: { ...apex.certificate, source } }))).to.deep.equal(
        [],
      );
    }
  });

  it('refuse a key size that Salesforce does not make', () => {
    const certificate = { ...apex.certificate, keySize: 3072 } as const;
    expect(refusal(() => certificateArtifacts(sampleConnection({ certificate })))?.tokens).to.deep.equal([
      'key size',
      '"3072"',
      'a key that Salesforce makes has 2048 or 4096 bits',
    ]);
  });

  const long = `https://example.com/${'a'.repeat(250)}`;
  const oauth = (server: Partial<typeof sampleOAuthServer>): Connection => oauthConnection(sampleApexClient, server);

  for (const [field, make] of [
    ['consumer key', () => made(apex, { ...sampleFacts, consumerKey: "x'; throw x; //" })],
    ['consumer key', () => made(apex, { ...sampleFacts, consumerKey: '' })],
    ['consumer key', () => made(apex, { ...sampleFacts, consumerKey: 'A'.repeat(256) })],
    ['base URL', () => made(oauth({ baseUrl: long }))],
    ['token endpoint', () => made(oauth({ tokenEndpoint: long }))],
    ['token scope', () => made(oauth({ scope: 'a\nb' }))],
    ['claim', () => made(oauth({ claims: { iss: 'x' } }))],
    [
      'claim',
      () =>
        made(oauth({ claims: Object.fromEntries(Array.from({ length: 20 }, (_, n) => [`c${n}`, 'x'.repeat(250)])) })),
    ],
    ['username', () => made(sampleConnection({ server: { ...apex.server, username: 'nobody' } }))],
    ['class prefix', () => made(sampleConnection({ client: { ...sampleApexClient, classPrefix: 'A {' } }))],
    [
      'class prefix',
      () => clientOutline(sampleConnection({ client: { ...sampleApexClient, classPrefix: 'AsyncApex' } })),
    ],
    ['cache partition', () => made(sampleConnection({ client: { ...sampleApexClient, cachePartition: "local.T'" } }))],
    [
      'named credential',
      () => made(sampleConnection({ client: { ...sampleNamedCredentialClient, namedCredential: "a'/b" } })),
    ],
    ['API version', () => clientOutline(sampleConnection({ apiVersion: '60.0' }))],
    ['API version', () => made(sampleConnection({ apiVersion: '60.0' }))],
    [
      'certificate name',
      () => certificateArtifacts(sampleConnection({ certificate: { ...apex.certificate, name: 'Erp' } })),
    ],
    ['certificate name', () => made(sampleConnection({ certificate: { ...apex.certificate, name: 'Erp' } }))],
  ] as const) {
    it(`refuse a bad ${field} by its name`, () => {
      const error = refusal(make);
      expect(error?.key).to.equal('refusedValue');
      expect(error?.tokens[0]).to.equal(field);
    });
  }

  it('take in the class itself what a field of Custom Metadata is too short for', () => {
    const consumerKey = 'A'.repeat(256);
    const provider = made(inline, { ...sampleFacts, consumerKey }).find(({ path }) =>
      path.endsWith('TokenProvider.cls'),
    );
    expect(provider?.content).to.include(`CONSUMER_KEY = '${consumerKey}';`);
  });
});
