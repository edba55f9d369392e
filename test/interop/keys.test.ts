import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { keySizes } from '../../src/config/connection.js';
import { adoptKeyMaterial } from '../../src/keys/adopt.js';
import { belongsTo } from '../../src/keys/chain.js';
import { createKeyMaterial } from '../../src/keys/create.js';
import { encodeKeyFiles } from '../../src/keys/encode-key-files.js';
import type { KeyMaterial } from '../../src/keys/key-material.js';
import { readInputFile } from '../../src/keys/read-input-file.js';
import { writeKeyFiles } from '../../src/keys/write-key-files.js';
import { registerPassword } from '../helpers/secrets.js';

/** The tools that an interop test asks, by how they say who they are. */
function has(tool: string, argument: string): boolean {
  const found = spawnSync(tool, [argument]).status === 0;
  if (!found) console.log(`      skipped: ${tool} is not installed`);
  return found;
}

const environment = { ...process.env, LC_ALL: 'C.UTF-8' };
const passwords = ['secret word', 'pässwörd 1 €', '  "$x" \\ ', 'long password '.repeat(5)].map(registerPassword);

for (const keySize of keySizes) {
  for (const [index, password] of passwords.entries()) {
    // Every password with the usual size; the search for big keys takes its time.
    if (keySize !== 2048 && index > 1) continue;

    describe(`key files of ${keySize} bits with password ${index + 1}`, () => {
      let directory: string;
      let material: KeyMaterial;
      const at = (name: string): string => join(directory, name);

      /** Runs a tool that has to succeed; passwords go by file, never by argument. */
      function run(tool: string, ...args: readonly string[]): string {
        const { status, stdout, stderr } = spawnSync(tool, args, { env: environment, encoding: 'utf8' });
        expect(status, `${tool} ${args.join(' ')}: ${stderr}`).to.equal(0);
        return `${stdout}${stderr}`;
      }

      const utf8 = ['-J-Dfile.encoding=UTF-8', '-J-Dsun.jnu.encoding=UTF-8'];
      const openssl = (...args: readonly string[]): string => run('openssl', ...args);
      const keytool = (...args: readonly string[]): string => run('keytool', ...utf8, ...args);

      before(async () => {
        directory = mkdtempSync(join(tmpdir(), 'interop-keys-'));
        writeFileSync(at('password'), password, { mode: 0o600 });
        const subject = { CN: 'Crm "Ü", Integration', O: 'Acme', C: 'US' };
        material = await createKeyMaterial({ keySize, validDays: 365, subject, now: new Date() });
        await writeKeyFiles(directory, await encodeKeyFiles('my_cert', material, { password }));
        const [encrypted] = await encodeKeyFiles('encrypted', material, { password, encryptKey: true });
        await writeKeyFiles(directory, encrypted ? [encrypted] : []);
      });

      after(() => rmSync(directory, { recursive: true, force: true }));

      describe('openssl', () => {
        before(function () {
          if (!has('openssl', 'version')) this.skip();
        });

        it('reads the certificate, its subject and its extensions, and verifies it', () => {
          const text = openssl('x509', '-in', at('my_cert.crt'), '-noout', '-text', '-nameopt', 'RFC2253,-esc_msb');
          expect(text).to.contain(String.raw`Subject: CN=Crm \"Ü\"\, Integration,O=Acme,C=US`);
          expect(text).to.contain(`Public-Key: (${keySize} bit)`).and.contain('sha256WithRSAEncryption');
          expect(text).to.match(/Basic Constraints: critical\s+CA:FALSE/);
          expect(text).to.match(/Key Usage: critical\s+Digital Signature/);
          const verified = openssl('verify', '-x509_strict', '-CAfile', at('my_cert.crt'), at('my_cert.pem'));
          expect(verified).to.contain('OK');
        });

        it('verifies the request', () => {
          const text = openssl('req', '-in', at('my_cert.csr'), '-noout', '-verify', '-text');
          expect(text).to.contain('verify OK').and.contain(`(${keySize} bit)`);
        });

        it('verifies with the certificate what it signed with the key', () => {
          writeFileSync(at('data'), 'header.payload');
          openssl('dgst', '-sha256', '-sign', at('my_cert.key'), '-out', at('signature'), at('data'));
          writeFileSync(at('public'), openssl('x509', '-in', at('my_cert.crt'), '-noout', '-pubkey'));
          const verified = openssl(
            'dgst',
            '-sha256',
            '-verify',
            at('public'),
            '-signature',
            at('signature'),
            at('data'),
          );
          expect(verified).to.contain('Verified OK');
        });

        it('opens the encrypted key', () => {
          openssl('pkey', '-in', at('encrypted.key'), '-passin', `file:${at('password')}`, '-noout', '-check');
        });

        it('opens the PKCS#12, which is protected with AES-256 and sealed with SHA-256', () => {
          const text = openssl(
            'pkcs12',
            '-in',
            at('my_cert.p12'),
            '-passin',
            `file:${at('password')}`,
            '-info',
            '-noout',
          );
          expect(text.match(/PBES2, PBKDF2, AES-256-CBC/g)).to.have.length(2);
          expect(text).to.contain('MAC: sha256');
          openssl(
            'pkcs12',
            '-in',
            at('my_cert.p12'),
            '-passin',
            `file:${at('password')}`,
            '-nokeys',
            '-out',
            at('out.crt'),
          );
          expect(openssl('x509', '-in', at('out.crt'), '-noout', '-fingerprint', '-sha256')).to.contain(
            material.certificate.fingerprint256,
          );
        });

        for (const [name, flags] of [
          ['today', []],
          ['-legacy', ['-legacy']],
          ['3DES', ['-certpbe', 'PBE-SHA1-3DES', '-keypbe', 'PBE-SHA1-3DES', '-macalg', 'sha1']],
        ] as const) {
          it(`writes a PKCS#12 that is adopted: ${name}`, async () => {
            const files = ['-inkey', at('my_cert.key'), '-in', at('my_cert.crt'), '-out', at('openssl.p12')];
            openssl('pkcs12', '-export', ...files, '-name', 'x', '-passout', `file:${at('password')}`, ...flags);
            const store = await readInputFile(at('openssl.p12'));
            const adopted = await adoptKeyMaterial({ store, password, now: new Date() });
            expect(adopted.privateKey.equals(material.privateKey)).to.equal(true);
          });
        }
      });

      // keytool cuts spaces off a password that it reads from a file.
      if (password !== password.trim()) return;

      describe('keytool', () => {
        before(function () {
          if (!has('keytool', '-help')) this.skip();
        });

        it('lists the JKS, verifies its seal and opens its key with the password of the store', () => {
          const listed = keytool('-list', '-v', '-keystore', at('my_cert.jks'), '-storepass:file', at('password'));
          expect(listed).to.contain('Keystore type: JKS').and.contain('Alias name: my_cert');
          expect(listed).to.contain('PrivateKeyEntry').and.contain('Your keystore contains 1 entry');
          expect(listed).to.contain(`${keySize}-bit RSA key`).and.contain(material.certificate.fingerprint256);
          keytool(
            ...['-certreq', '-keystore', at('my_cert.jks'), '-alias', 'my_cert'],
            ...['-storepass:file', at('password'), '-keypass:file', at('password'), '-file', at('keytool.csr')],
          );
        });

        it('imports the JKS into a store of its own, which is adopted again', async () => {
          keytool(
            ...['-importkeystore', '-srckeystore', at('my_cert.jks'), '-srcstorepass:file', at('password')],
            ...['-destkeystore', at('copy.jks'), '-deststoretype', 'JKS', '-deststorepass:file', at('password')],
          );
          const store = await readInputFile(at('copy.jks'));
          const adopted = await adoptKeyMaterial({ store, password, now: new Date() });
          expect(adopted.privateKey.equals(material.privateKey)).to.equal(true);
        });

        // Java makes no PBE key of a password beyond ASCII: its SecretKeyFactory refuses.
        if (/[^\x20-\x7e]/.test(password)) return;

        it('reads the PKCS#12 and writes one that is adopted', async () => {
          const listed = keytool('-list', '-keystore', at('my_cert.p12'), '-storepass:file', at('password'));
          expect(listed).to.contain('my_cert').and.contain('PrivateKeyEntry');
          keytool(
            ...['-importkeystore', '-srckeystore', at('my_cert.p12'), '-srcstorepass:file', at('password')],
            ...['-destkeystore', at('copy.p12'), '-deststorepass:file', at('password')],
          );
          const store = await readInputFile(at('copy.p12'));
          const { certificate, privateKey } = await adoptKeyMaterial({ store, password, now: new Date() });
          expect(belongsTo(certificate, privateKey)).to.equal(true);
          expect(privateKey.equals(material.privateKey)).to.equal(true);
        });
      });
    });
  }
}
