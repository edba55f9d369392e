import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../test/helpers/process.js';

async function tool(command: string, args: readonly string[], cwd: string): Promise<void> {
  const { code, stderr } = await run(command, args, { cwd, env: { ...process.env, STORE_PASSWORD: storePassword } });
  if (code !== 0) throw new Error(`${command} ${args[0]} failed: ${stderr}`);
}

/** Guards nothing but files that the benchmark removes again. */
export const storePassword = 'only for the benchmark';

/** What a user types today to get the same files: five runs of openssl, one of keytool. */
export async function createKeyFilesByHand(folder: string, name: string): Promise<void> {
  const file = (suffix: string): string => join(folder, `${name}.${suffix}`);
  const password = 'env:STORE_PASSWORD';
  const openssl = (...args: string[]): Promise<void> => tool('openssl', args, folder);

  await openssl('genrsa', '-des3', '-passout', password, '-out', file('pass.key'), '2048');
  await openssl('rsa', '-passin', password, '-in', file('pass.key'), '-out', file('key'));
  await openssl('req', '-new', '-key', file('key'), '-subj', `/CN=${name}`, '-out', file('csr'));
  await openssl(
    'x509',
    '-req',
    '-sha256',
    '-days',
    '365',
    '-in',
    file('csr'),
    '-signkey',
    file('key'),
    '-out',
    file('crt'),
  );
  await copyFile(file('crt'), file('pem'));
  const p12 = ['-inkey', file('key'), '-in', file('crt'), '-name', name, '-passout', password, '-out', file('p12')];
  await openssl('pkcs12', '-export', ...p12);
  const from = ['-srckeystore', file('p12'), '-srcstoretype', 'PKCS12', '-srcstorepass:env', 'STORE_PASSWORD'];
  const to = ['-destkeystore', file('jks'), '-deststoretype', 'JKS', '-deststorepass:env', 'STORE_PASSWORD'];
  await tool('keytool', ['-importkeystore', '-noprompt', ...from, ...to], folder);
}
