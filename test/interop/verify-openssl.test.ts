import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signAssertion } from '../../src/verify/assertion.js';
import { temporaryFolder } from '../helpers/home.js';
import { keyMaterial, pemOf } from '../unit/verify/material.js';

describe('an assertion, seen by openssl', () => {
  const folder = temporaryFolder('assertion');
  const openssl = (...args: string[]) => spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });

  before(async function () {
    if (spawnSync('openssl', ['version']).status !== 0) {
      console.log('    skipped: there is no openssl on this machine');
      this.skip();
    }
    const { privateKey, certificate } = await keyMaterial();
    const other = await keyMaterial('other');
    const assertion = await signAssertion({
      privateKey,
      issuer: 'CONSUMER_KEY',
      subject: 'integration@example.com',
      audience: 'https://acme.my.salesforce.com',
      lifetimeSeconds: 120,
      now: () => new Date(),
    });
    const [header, payload, signature = ''] = assertion.split('.');
    writeFileSync(join(folder, 'input'), `${header}.${payload}`, { mode: 0o600 });
    writeFileSync(join(folder, 'changed'), `${header}.${payload}x`, { mode: 0o600 });
    writeFileSync(join(folder, 'signature'), Buffer.from(signature, 'base64url'), { mode: 0o600 });
    writeFileSync(join(folder, 'own.crt'), pemOf(certificate));
    writeFileSync(join(folder, 'other.crt'), pemOf(other.certificate));
    for (const name of ['own', 'other'])
      openssl('x509', '-in', `${name}.crt`, '-pubkey', '-noout', '-out', `${name}.pub`);
  });

  const verify = (publicKey: string, file: string) =>
    openssl('dgst', '-sha256', '-verify', publicKey, '-signature', 'signature', file);

  it('is signed by the key of the certificate', () => {
    expect(verify('own.pub', 'input')).to.include({ status: 0, stdout: 'Verified OK\n' });
  });

  it('is not signed by another key, and does not stand a change', () => {
    expect(verify('other.pub', 'input').status).to.equal(1);
    expect(verify('own.pub', 'changed').status).to.equal(1);
  });
});
