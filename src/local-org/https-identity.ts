import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { notWritten } from './store/not-written.js';
import { writeWhole } from './store/write-whole.js';

/** What the servers of local orgs present to TLS clients, all of them the same. */
export type HttpsIdentity = {
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  /** Where clients find the certificate, in PEM format. */
  readonly certificateFile: string;
  /** Removes the file, unless it is in the state folder. */
  readonly dispose: () => Promise<void>;
};

const hosts = ['localhost', '127.0.0.1', '::1'] as const;
const validDays = 365;
/** Nobody's run ends because of a certificate that does, unless it lasts as long as this. */
const leastDaysLeft = 30;

/**
 * The certificate for HTTPS: that of the last run in the same state folder, else a new one. It is self-signed and no CA's, so
 * that whoever trusts it trusts the servers of this folder and nobody else.
 *
 * @param now The real time: clients judge a certificate by their own clocks
 * @throws JwtError localStateNotWritten
 */
export async function httpsIdentity(stateDir: string | undefined, now: Date): Promise<HttpsIdentity> {
  if (stateDir === undefined) return temporaryIdentity(now);
  const keyFile = resolve(stateDir, 'https.key');
  const certificateFile = resolve(stateDir, 'https.crt');
  const kept = { privateKeyPem: await textOf(keyFile), certificatePem: await textOf(certificateFile) };
  const pair = isUsable(kept, now) ? kept : await newPair(now);
  try {
    if (pair !== kept) {
      // Of a run that is killed between the two, the next one finds a pair that does not fit, and makes another.
      await writeWhole(keyFile, pair.privateKeyPem);
      await writeWhole(certificateFile, pair.certificatePem);
    }
  } catch (error) {
    throw notWritten(stateDir, error);
  }
  return { ...pair, certificateFile, dispose: () => Promise.resolve() };
}

/** Without a state folder the key stays in memory; the certificate is in a file all the same, for clients to name it. */
async function temporaryIdentity(now: Date): Promise<HttpsIdentity> {
  const pair = await newPair(now);
  const folder = await mkdtemp(join(tmpdir(), 'sf-jwt-local-'));
  const certificateFile = join(folder, 'https.crt');
  await writeWhole(certificateFile, pair.certificatePem);
  return { ...pair, certificateFile, dispose: () => rm(folder, { recursive: true, force: true }) };
}

type Pair = Pick<HttpsIdentity, 'privateKeyPem' | 'certificatePem'>;

async function newPair(now: Date): Promise<Pair> {
  const { createKeyMaterial } = await import('../keys/create.js');
  const subject = { CN: 'sf jwt local org' };
  const { privateKey, certificate } = await createKeyMaterial({ keySize: 2048, subject, validDays, now, hosts });
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { privateKeyPem, certificatePem: certificate.toString() };
}

function isUsable({ privateKeyPem, certificatePem }: Pair, now: Date): boolean {
  try {
    const certificate = new X509Certificate(certificatePem);
    const last = Date.parse(certificate.validTo) - leastDaysLeft * 24 * 60 * 60 * 1000;
    const isInTime = Date.parse(certificate.validFrom) <= now.getTime() && now.getTime() <= last;
    return isInTime && certificate.checkPrivateKey(createPrivateKey(privateKeyPem));
  } catch {
    // A file that is missing or damaged: another pair does as well.
    return false;
  }
}

async function textOf(file: string): Promise<string> {
  return readFile(file, 'utf8').catch(() => '');
}
