import { execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import {
  consumerKeyHolder,
  permissionSetArtifacts,
  serverArtifacts,
  serverOutline,
} from '../../../src/artifacts/build.js';
import { sampleCertificatePem, sampleConnection } from '../../golden/cases.js';
import { refusal } from './refusal.js';

const external = sampleConnection();
const connected = sampleConnection({ app: { type: 'connected-app' } });
const inputs = { certificatePem: sampleCertificatePem };

describe('server artifacts', () => {
  it('come in the order in which nobody is locked out: permission set, app, policies', () => {
    const types = serverArtifacts(external, inputs).map(({ component }) => component.type);
    expect(types).to.deep.equal([
      'PermissionSet',
      'ExternalClientApplication',
      'ExtlClntAppGlobalOauthSettings',
      'ExtlClntAppOauthSettings',
      'ExtlClntAppOauthConfigurablePolicies',
      'ExtlClntAppConfigurablePolicies',
    ]);
  });

  for (const connection of [external, connected]) {
    const { type } = connection.server.app;

    it(`are known by name before there is a certificate (${type})`, () => {
      const components = serverArtifacts(connection, inputs).map(({ component }) => component);
      expect(serverOutline(connection).map(({ component }) => component)).to.deep.equal(components);
    });

    it(`have the permission set apart (${type})`, () => {
      const [permissionSet] = serverArtifacts(connection, inputs);
      expect(permissionSetArtifacts(connection)).to.deep.equal([permissionSet]);
    });

    it(`tell the component with the consumer key (${type})`, () => {
      const components = serverOutline(connection).map(({ component }) => component);
      expect(components).to.deep.include(consumerKeyHolder(connection.server.app));
    });
  }

  it('take nothing but the certificate out of a text that holds a key as well', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const pem = `${privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()}\nnotes\n${sampleCertificatePem}`;
    const all = serverArtifacts(external, { certificatePem: pem })
      .map(({ content }) => content)
      .join('');
    expect(all.includes('PRIVATE KEY')).to.equal(false);
    expect(all.includes(sampleCertificatePem.trim())).to.equal(true);
  });

  for (const [what, certificatePem, reason] of [
    ['nothing', '', 'it is no X.509 certificate in PEM'],
    ['text', 'hello', 'it is no X.509 certificate in PEM'],
    ['half a certificate', sampleCertificatePem.slice(0, 300), 'it is no X.509 certificate in PEM'],
  ] as const) {
    it(`refuse ${what} as a certificate`, () => {
      const error = refusal(() => serverArtifacts(external, { certificatePem }));
      expect(error?.key).to.equal('badAppCertificate');
      expect(error?.tokens).to.deep.equal([reason]);
    });
  }

  it('refuse a certificate of more than 4 KB', function () {
    const names = Array.from({ length: 150 }, (_, index) => `DNS:a-rather-long-name-${index}.example.com`).join(',');
    let certificatePem: string;
    try {
      const options = ['-newkey', 'rsa:2048', '-nodes', '-keyout', '/dev/null', '-days', '2', '-subj', '/CN=big'];
      certificatePem = execFileSync('openssl', ['req', '-x509', ...options, '-addext', `subjectAltName=${names}`], {
        encoding: 'utf8',
        stdio: 'pipe',
      });
    } catch {
      console.log('skipped: no openssl here to make a large certificate');
      return this.skip();
    }
    const error = refusal(() => serverArtifacts(external, { certificatePem }));
    expect(error?.key).to.equal('badAppCertificate');
    expect(error?.tokens[0]).to.match(/^it has \d+ bytes, and an app takes at most 4096$/);
  });

  for (const [field, app] of [
    ['app name', { name: 'Erp-Integration' }],
    ['app name', { name: 'a'.repeat(67) }],
    ['app label', { label: 'a\nb' }],
    ['contact email', { contactEmail: 'ops' }],
    ['permission set', { permissionSet: 'a</permissionSetName>' }],
    ['scope', { scopes: ['Api</scopes>'] }],
  ] as const) {
    it(`refuse a bad ${field} by its name: ${JSON.stringify(app)}`, () => {
      const error = refusal(() => serverArtifacts(sampleConnection({ app }), inputs));
      expect(error?.key).to.equal('refusedValue');
      expect(error?.tokens[0]).to.equal(field);
    });
  }
});
