import { expect } from 'chai';
import { zipSync } from 'fflate';
import { fixture, fixturePassword } from '../keys/fixture.js';
import { hostOrgs, putComponent, type Answer, type HostedOrg } from './hosted-org.js';

export const importPath = '/_ui/security/certificate/KeyStoreImportUi/e';

/** An org for each test that has an identity provider, and what a browser and a deploy do with its certificates. */
export function importFixture() {
  let host: HostedOrg;

  beforeEach(async () => {
    host = (await hostOrgs(['jwt-client']))[0]!;
    enableIdentityProvider(true);
  });

  afterEach(async () => {
    await host.close();
  });

  const enableIdentityProvider = (enabled: boolean): void =>
    putComponent(
      host.org,
      'Settings',
      'IdentityProvider',
      'settings/IdentityProvider.settings',
      `<enableIdentityProvider>${String(enabled)}</enableIdentityProvider>`,
    );

  const post = (
    bytes: Uint8Array | undefined,
    secret = fixturePassword,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> => {
    const body = new FormData();
    if (bytes) body.set('File', new Blob([Buffer.from(bytes)]), 'my.jks');
    body.set('Password', secret);
    body.set('save', 'Save');
    return host.send('POST', importPath, { body, headers });
  };

  const refusal = async (bytes: Uint8Array | undefined, secret?: string): Promise<string | undefined> => {
    const before = host.org.keyPairs.size;
    const { status, text } = await post(bytes, secret);
    expect(status).to.equal(200);
    expect(text).to.include('name="Password"');
    expect(text.includes(secret ?? fixturePassword), 'the password in the page').to.equal(false);
    expect(host.org.keyPairs.size, 'key pairs').to.equal(before);
    return /<div class="errorMsg">(.*)<\/div>/.exec(text)?.[1]?.replaceAll('&#39;', "'");
  };

  const importKeytoolStore = () => post(fixture('keytool.jks').bytes);

  const deployCertificate = async (name: string, change: Readonly<Record<string, string>> = {}) => {
    const fields = Object.entries({ caSigned: 'false', masterLabel: name, ...change }).map(
      ([tag, text]) => `<${tag}>${text}</${tag}>`,
    );
    const namespace = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
    const zip = zipSync({
      'package.xml': Buffer.from(
        `<Package ${namespace}><types><members>${name}</members><name>Certificate</name></types><version>67.0</version></Package>`,
      ),
      [`certs/${name}.crt`]: Buffer.alloc(0),
      [`certs/${name}.crt-meta.xml`]: Buffer.from(`<Certificate ${namespace}>${fields.join('')}</Certificate>`),
    });
    const body = new FormData();
    const options = JSON.stringify({ deployOptions: { singlePackage: true, rollbackOnError: true } });
    body.set('entity_content', new Blob([options], { type: 'application/json' }));
    body.set('file', new Blob([Buffer.from(zip)], { type: 'application/zip' }), 'package.zip');
    const path = '/services/data/v67.0/metadata/deployRequest';
    const { body: started } = await host.send('POST', path, { body });
    const { body: ended } = await host.send('GET', `${path}/${started.id}?includeDetails=true`);
    return ended.deployResult as { status: string; details: unknown };
  };

  return {
    get host() {
      return host;
    },
    enableIdentityProvider,
    post,
    refusal,
    importKeytoolStore,
    deployCertificate,
  };
}
