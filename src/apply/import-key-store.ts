import { randomBytes } from 'node:crypto';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { KeyMaterial } from '../keys/key-material.js';
import { readKeyMaterial } from '../keys/stored-keys.js';
import type { OrgGateway } from '../org/gateway.js';
import { openCommand } from '../org/open-command.js';
import type { KnownFacts } from '../plan/deploy-groups.js';
import { compareCertificates, isEnabledByUs } from '../plan/plan-import.js';
import { isChange, type Plan } from '../plan/step.js';
import type { ApplyContext, ImportRequest, KeyStoreImport } from './context.js';
import { gatewayOf } from './observe.js';

/** Where an org takes keystores: Setup > Certificate and Key Management > Import from Keystore (seen in the field). */
export const importPage = '/_ui/security/certificate/KeyStoreImportUi/e';

const pollSeconds = 3;

/**
 * Gets the key into the client org: by itself where it may, else by telling a person and waiting until the certificate
 * shows up. Ends at once where it is there already.
 *
 * @throws JwtError `keyStoreImportPending` where nobody imported it, `keyStorePasswordMissing` where it cannot be written,
 * `certificateIsAnother` where another one is there under its name
 */
export async function importKeyStore(context: ApplyContext, facts: KnownFacts): Promise<KnownFacts> {
  const org = gatewayOf('client', context.orgs);
  const find = certificateFinder(org, context.connection.certificate.name);
  const pem = (await find()) ?? (await bringIn(context, org, find));
  compareCertificates(context.connection, pem, facts.certificatePem);
  return facts;
}

type Finder = () => Promise<string | undefined>;

/** The Tooling API is quick and may tell of a certificate that was deleted; a retrieve tells the truth, and takes longer. */
function certificateFinder(org: OrgGateway, name: string): Finder {
  let deleted: string | undefined;
  return async () => {
    const entry = await org.findCertificate(name);
    if (entry === undefined || entry.id === deleted) return undefined;
    const pem = await org.retrieveCertificate(name);
    if (pem === undefined) deleted = entry.id;
    return pem;
  };
}

async function bringIn(context: ApplyContext, org: OrgGateway, find: Finder): Promise<string> {
  const { keyStoreImport: how, connection } = context;
  if (how.kind === 'upload') {
    await upload(how, context);
    const pem = await find();
    if (pem === undefined)
      throw new JwtError('certificateNotInOrg', [connection.certificate.name, org.identity.username]);
    return pem;
  }
  await writeKeyStore(context);
  const request = requestFor(connection, org);
  const isOurDoing = isEnabledByUs(context.journal.state(), org.identity.orgId);
  const late = (): JwtError => pending(connection, request, isOurDoing);
  if (how.kind === 'nobody') throw late();
  await how.tell(request);
  return waitFor(find, how, context, late);
}

async function waitFor(
  find: Finder,
  { waitSeconds, sleep }: Extract<KeyStoreImport, { kind: 'by-hand' }>,
  { now }: ApplyContext,
  late: () => JwtError,
): Promise<string> {
  const deadline = now().getTime() + waitSeconds * 1000;
  for (;;) {
    const pem = await find();
    if (pem !== undefined) return pem;
    if (now().getTime() >= deadline) throw late();
    await sleep(pollSeconds);
  }
}

/** The store exists for as long as the upload takes, under a password that is kept nowhere unless it was given. */
async function upload(how: Extract<KeyStoreImport, { kind: 'upload' }>, context: ApplyContext): Promise<void> {
  const password = (await context.storePassword.given()) ?? randomBytes(24).toString('base64url');
  await how.upload(await encode(await materialOf(context), context, password), password);
}

/** Writes the JKS, unless it is there: made with the key, or by an earlier run. */
async function writeKeyStore(context: ApplyContext): Promise<void> {
  const { connection, privateFolder, keyStoreImport } = context;
  if (await hasKeyStore(context)) return;
  const given = await requireStorePassword(context);
  const password =
    given ?? (keyStoreImport.kind === 'by-hand' ? await keyStoreImport.askPassword(keyStorePath(connection)) : '');
  const { writeKeyFiles } = await import('../keys/write-key-files.js');
  const bytes = await encode(await materialOf(context), context, password);
  const name = `${connection.certificate.name}.jks`;
  await writeKeyFiles(privateFolder, [{ suffix: 'jks', name, bytes, mode: 0o600 }]);
}

async function hasKeyStore({ connection, privateFolder }: KeyStoreDeps): Promise<boolean> {
  const { presentKeyFiles } = await import('../keys/write-key-files.js');
  return (await presentKeyFiles(privateFolder, [`${connection.certificate.name}.jks`])).length > 0;
}

type KeyStoreDeps = Pick<ApplyContext, 'connection' | 'privateFolder' | 'storePassword' | 'keyStoreImport'>;

/**
 * Demands that a keystore is there or can be written, before a plan with an import changes anything: an app with a new
 * certificate is of no use to a client org that cannot get the key.
 *
 * @throws JwtError `keyStorePasswordMissing`, `storePasswordRefused`, `passwordFileUnreadable`
 */
export async function requireKeyStore(plan: Plan, deps: KeyStoreDeps): Promise<void> {
  const isPending = plan.steps.some((step) => step.kind === 'import-key-store' && isChange(step));
  if (isPending && !(await hasKeyStore(deps))) await requireStorePassword(deps);
}

/** The password that was given, fit for a store; undefined where somebody, or nobody, is needed to choose one. */
async function requireStorePassword(deps: KeyStoreDeps): Promise<string | undefined> {
  const { connection, storePassword, keyStoreImport } = deps;
  const password = await storePassword.given();
  if (password === undefined && keyStoreImport.kind === 'nobody') {
    throw new JwtError('keyStorePasswordMissing', [keyStorePath(connection)]);
  }
  const { checkStorePassword } = await import('../keys/store-password.js');
  return password === undefined ? undefined : checkStorePassword(password);
}

async function encode(material: KeyMaterial, { connection, now }: ApplyContext, password: string): Promise<Uint8Array> {
  const [{ writeJks }, { checkStorePassword }] = await Promise.all([
    import('../keys/jks/store.js'),
    import('../keys/store-password.js'),
  ]);
  const options = { password: checkStorePassword(password), now: now(), random: randomBytes };
  return writeJks(material, { alias: connection.certificate.name, ...options });
}

async function materialOf({ connection, privateFolder }: ApplyContext): Promise<KeyMaterial> {
  const material = await readKeyMaterial(privateFolder, connection.certificate.name);
  if (!material) throw new TypeError('a keystore is imported after its key was made');
  return material;
}

const keyStorePath = ({ name, certificate }: Connection): string => `.sf/jwt/${name}/${certificate.name}.jks`;

function requestFor(connection: Connection, { identity }: OrgGateway): ImportRequest {
  return {
    org: connection.client.type === 'external' ? identity.username : connection.client.org,
    path: importPage,
    url: `${identity.instanceUrl}${importPage}`,
    file: keyStorePath(connection),
    certificate: connection.certificate.name,
  };
}

/** An org that stays an identity provider until somebody imports the keystore is not left so without a word. */
const untilThen =
  ' Until then the org is an identity provider, without which its page would refuse the import: the next run ends that, once the certificate is there.';

function pending({ name }: Connection, request: ImportRequest, isIdentityProvider: boolean): JwtError {
  const { org, file, certificate } = request;
  const tokens = [certificate, org, isIdentityProvider ? untilThen : '', openCommand(request), file, certificate, name];
  return new JwtError('keyStoreImportPending', tokens, {
    data: { connection: name, ...request, ...(isIdentityProvider ? { identityProviderEnabled: true } : {}) },
  });
}
