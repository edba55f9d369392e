import { expect } from 'chai';
import {
  certificateArtifacts,
  clientArtifacts,
  clientComponents,
  serverComponents,
} from '../../../src/artifacts/build.js';
import { sampleConnection, sampleFacts } from '../../golden/cases.js';
import { refusal } from './refusal.js';

const apex = sampleConnection();
const external = sampleConnection({ client: { type: 'external' } });

describe('client artifacts', () => {
  it('are none for a caller outside Salesforce', () => {
    expect(clientArtifacts(external, sampleFacts)).to.deep.equal([]);
    expect(clientComponents(external)).to.deep.equal([]);
    expect(certificateArtifacts(external)).to.deep.equal([]);
  });

  it('are known by name before there is an app, each component once', () => {
    expect(clientComponents(apex)).to.deep.equal([
      { type: 'RemoteSiteSetting', fullName: 'ErpTokenProvider' },
      { type: 'ApexClass', fullName: 'ErpTokenProvider' },
      { type: 'ApexClass', fullName: 'ErpTokenProviderTest' },
    ]);
    const made = clientArtifacts(apex, sampleFacts).map(({ component }) => component);
    expect(clientComponents(apex)).to.have.deep.members(
      made.filter(
        (one, index) =>
          made.findIndex(({ type, fullName }) => type === one.type && fullName === one.fullName) === index,
      ),
    );
  });

  it('call the origin of the org, with or without a slash behind it', () => {
    const facts = { ...sampleFacts, instanceUrl: `${sampleFacts.instanceUrl}/` };
    expect(clientArtifacts(apex, facts)).to.deep.equal(clientArtifacts(apex, sampleFacts));
  });

  it('allow plain http for a local org only', () => {
    const site = (instanceUrl: string): string =>
      clientArtifacts(apex, { ...sampleFacts, instanceUrl }).find(({ path }) => path.startsWith('remoteSite'))
        ?.content ?? '';
    expect(site('http://localhost:1234')).to.include('<disableProtocolSecurity>true<');
    expect(site('https://acme.my.salesforce.com')).to.include('<disableProtocolSecurity>false<');
    expect(refusal(() => site('http://acme.my.salesforce.com'))?.tokens[0]).to.equal('instance URL');
  });

  it('make a certificate only where the client org makes the key', () => {
    expect(certificateArtifacts(apex).map(({ path, content }) => [path, content === ''])).to.deep.equal([
      ['certs/erp_jwt.crt', true],
      ['certs/erp_jwt.crt-meta.xml', false],
    ]);
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

  for (const [field, make] of [
    ['consumer key', () => clientArtifacts(apex, { ...sampleFacts, consumerKey: "x'; throw x; //" })],
    ['consumer key', () => clientArtifacts(apex, { ...sampleFacts, consumerKey: '' })],
    [
      'username',
      () => clientArtifacts(sampleConnection({ server: { ...apex.server, username: 'nobody' } }), sampleFacts),
    ],
    [
      'class name',
      () => clientArtifacts(sampleConnection({ client: { type: 'apex', org: 'c', className: 'A {' } }), sampleFacts),
    ],
    ['API version', () => clientComponents(sampleConnection({ apiVersion: '60.0' }))],
    ['API version', () => clientArtifacts(sampleConnection({ apiVersion: '60.0' }), sampleFacts)],
    ['API version', () => serverComponents(sampleConnection({ apiVersion: '60.0' }))],
    [
      'certificate name',
      () => certificateArtifacts(sampleConnection({ certificate: { ...apex.certificate, name: 'Erp' } })),
    ],
  ] as const) {
    it(`refuse a bad ${field} by its name`, () => {
      const error = refusal(make);
      expect(error?.key).to.equal('refusedValue');
      expect(error?.tokens[0]).to.equal(field);
    });
  }
});
