import { createPublicKey, verify, X509Certificate } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { strToU8, zipSync } from 'fflate';
import { startLocalOrgs, type LocalOrgs, type RunningOrg } from '../../../../src/local-org/index.js';
import { temporaryFolder } from '../../../helpers/home.js';
import { fixture, fixturePassword } from '../../keys/fixture.js';
import { importPath } from '../import-fixture.js';
import { objectFile, recordFile } from '../metadata/client-files.js';
import { certificateFiles, metadataXml, packageXml, type Files } from '../metadata/sample-files.js';

const data = '/services/data/v67.0';

describe('local org: what a restart leaves as it was', () => {
  let local: LocalOrgs;
  let stateDir: string;
  beforeEach(async () => {
    stateDir = temporaryFolder('state');
    local = await startLocalOrgs({ stateDir, orgs: [{ alias: 'jwt-client' }] });
  });
  afterEach(() => local.close());

  const send = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const [org] = local.orgs as [RunningOrg];
    return fetch(org.instanceUrl + path, {
      redirect: 'manual',
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${org.accessToken}` },
    });
  };

  const restart = async (): Promise<void> => {
    await local.close();
    local = await startLocalOrgs({ stateDir, orgs: [{ alias: 'jwt-client' }] });
  };

  const rows = async (soql: string, path = 'query'): Promise<unknown> => {
    const response = await send(`${data}/${path}?${new URLSearchParams({ q: soql }).toString()}`);
    return ((await response.json()) as { records: unknown }).records;
  };

  const deploy = async (files: Files, members: Readonly<Record<string, readonly string[]>>): Promise<void> => {
    const entries = Object.entries({ 'package.xml': packageXml(members), ...files });
    const body = new FormData();
    const options = JSON.stringify({ deployOptions: { singlePackage: true, rollbackOnError: true } });
    body.set('json', new Blob([options], { type: 'application/json' }));
    const zip = zipSync(Object.fromEntries(entries.map(([path, content]) => [path, strToU8(content)])));
    body.set('file', new Blob([Buffer.from(zip)]), 'package.zip');
    const started = await send(`${data}/metadata/deployRequest`, { method: 'POST', body });
    const { id } = (await started.json()) as { id: string };
    const polled = await send(`${data}/metadata/deployRequest/${id}?includeDetails=true`);
    const { deployResult } = (await polled.json()) as { deployResult: { status: string; details: unknown } };
    expect(deployResult.status, JSON.stringify(deployResult.details)).to.equal('Succeeded');
  };

  it('custom metadata: the type, its fields and its records', async () => {
    await deploy(
      { ...objectFile(), ...recordFile() },
      { CustomObject: ['ErpSettings__mdt'], CustomMetadata: ['ErpSettings.Default'] },
    );
    const soql = 'SELECT Id, DeveloperName, MasterLabel, Key__c FROM ErpSettings__mdt';
    const before = await rows(soql);
    expect(before).to.have.length(1);
    expect((before as readonly unknown[])[0]).to.include({ DeveloperName: 'Default', Key__c: 'k' });
    await restart();
    expect(await rows(soql)).to.deep.equal(before);
  });

  it('an imported key pair: its certificate is shown, and its key signs', async () => {
    const seen: string[] = [];
    const tokenEndpoint = createServer((request, response) => {
      void text(request).then((body) => {
        seen.push(new URLSearchParams(body).get('assertion') ?? '');
        response.writeHead(400, { 'content-type': 'application/json' }).end('{"error":"invalid_grant"}');
      });
    });
    await new Promise<void>((resolve) => tokenEndpoint.listen(0, '127.0.0.1', resolve));
    const endpoint = `http://localhost:${(tokenEndpoint.address() as AddressInfo).port}`;
    try {
      await deploy(
        {
          ...certificateFiles,
          'settings/IdentityProvider.settings': metadataXml(
            'IdentityProviderSettings',
            '<certificateName>crm</certificateName>',
            '<enableIdentityProvider>true</enableIdentityProvider>',
          ),
          'remoteSiteSettings/Endpoint.remoteSite': metadataXml(
            'RemoteSiteSetting',
            '<disableProtocolSecurity>true</disableProtocolSecurity>',
            '<isActive>true</isActive>',
            `<url>${endpoint}</url>`,
          ),
        },
        { Certificate: ['crm'], Settings: ['IdentityProvider'], RemoteSiteSetting: ['Endpoint'] },
      );
      const form = new FormData();
      form.set('File', new Blob([Buffer.from(fixture('keytool.jks').bytes)]), 'my.jks');
      form.set('Password', fixturePassword);
      form.set('save', 'Save');
      expect((await send(importPath, { method: 'POST', body: form })).status).to.equal(302);
      const soql = 'SELECT Id, DeveloperName, CertificateChain FROM Certificate';
      const before = await rows(soql, 'tooling/query');
      expect(before).to.have.length(2);

      await restart();

      expect(await rows(soql, 'tooling/query')).to.deep.equal(before);
      const exchange = { certificate: 'my_cert', issuer: 'i', subject: 's', audience: 'a', validitySeconds: 60 };
      await send('/_local/jwt-bearer', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...exchange, tokenEndpoint: `${endpoint}/token` }),
      });
      const [header = '', claims = '', signature = ''] = (seen[0] ?? '').split('.');
      const { publicKey } = new X509Certificate(fixture('signed.crt').bytes);
      const input = Buffer.from(`${header}.${claims}`);
      const isSigned = verify(
        'sha256',
        input,
        createPublicKey(publicKey.export({ type: 'spki', format: 'pem' })),
        Buffer.from(signature, 'base64url'),
      );
      expect(isSigned).to.equal(true);
    } finally {
      tokenEndpoint.close();
    }
  });
});
