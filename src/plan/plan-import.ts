import { X509Certificate } from 'node:crypto';
import { identityProviderCertificate } from '../artifacts/identity-provider.js';
import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { recordOf, type JournalState } from './journal-state.js';
import type { ClientObservation, Observation } from './observation.js';
import type { Step } from './step.js';

/**
 * How a key of ours gets into the client org: its keystore is imported through a page of Setup, since the Metadata API
 * carries no private key. An org that has no certificate at all refuses that with "Data Not Available" unless it is an
 * identity provider, which it then becomes for as long as the import takes (seen in the field).
 */
export function planImport(connection: Connection, { client: seen, journal }: Observation): readonly Step[] {
  if (!seen) return [];
  const isImported = connection.certificate.source !== 'platform';
  const isPending = isImported && seen.certificatePem === undefined;
  const enabling = isPending ? planEnabling(seen, journal) : [];
  const isToBeDisabled = enabling.some(({ action }) => action !== 'none') || isEnabledByUs(journal, seen.orgId);
  return [
    ...enabling,
    ...(isImported ? [importStep(connection, isPending)] : []),
    ...(isToBeDisabled ? [disabling] : []),
  ];
}

const subject = `Identity provider, with certificate ${identityProviderCertificate}`;

function planEnabling({ hasCertificates, orgId }: ClientObservation, journal: JournalState): readonly Step[] {
  const step = { kind: 'enable-identity-provider', place: 'client', subject } as const;
  if (!hasCertificates) {
    const reason = 'without any certificate, the org answers an import with "Data Not Available"';
    return [{ ...step, action: 'create', reason }];
  }
  return isEnabledByUs(journal, orgId) ? [{ ...step, action: 'none', reason: 'an earlier run enabled it' }] : [];
}

const importStep = ({ certificate }: Connection, isPending: boolean): Step => ({
  kind: 'import-key-store',
  place: 'client',
  subject: `Certificate ${certificate.name} from its keystore`,
  ...(isPending
    ? { action: 'create', reason: 'to be imported in Setup, since no API takes a private key' }
    : { action: 'none', reason: 'in the org' }),
});

const disabling: Step = {
  kind: 'disable-identity-provider',
  place: 'client',
  action: 'update',
  subject: 'Identity provider',
  reason: 'enabled for the import alone; its certificate stays',
};

/** Whether an org is an identity provider because an earlier step made it one for an import. */
export const isEnabledByUs = (journal: JournalState, orgId: string): boolean =>
  ['started', 'done'].includes(recordOf(journal, 'enable-identity-provider', orgId)?.status ?? '');

/**
 * A certificate of that name is in the client org already: is it that of our key?
 *
 * @throws JwtError `certificateIsAnother`
 */
export function refuseOtherCertificate(connection: Connection, { key, client }: Observation): void {
  if (connection.certificate.source === 'platform' || client?.certificatePem === undefined) return;
  const ownPem = key.state === 'present' ? key.certificatePem : key.state === 'absent' ? key.namedPem : undefined;
  // A key that is adopted with a password that nobody gave yet is compared once it is open.
  if (ownPem === undefined && connection.certificate.source === 'existing') return;
  compareCertificates(connection, client.certificatePem, ownPem);
}

/**
 * @param pemInOrg the certificate, with its chain in any order
 * @param ownPem undefined where the key is still to be made
 * @throws JwtError `certificateIsAnother` with both fingerprints
 */
export function compareCertificates(connection: Connection, pemInOrg: string, ownPem: string | undefined): void {
  const there = fingerprintsIn(pemInOrg);
  const [own] = fingerprintsIn(ownPem ?? '');
  if (own !== undefined && there.includes(own)) return;
  const { name, certificate, client } = connection;
  const org = client.type === 'external' ? '' : client.org;
  const data = { certificate: certificate.name, inOrg: there[0], own };
  const tokens = [org, certificate.name, there[0] ?? 'unreadable', own ?? 'none yet'];
  throw new JwtError(
    'certificateIsAnother',
    [...tokens, name, certificate.source, name, certificate.name, certificate.name, org, name],
    {
      data,
    },
  );
}

const pemBlock = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

const fingerprintsIn = (pem: string): readonly string[] =>
  (pem.match(pemBlock) ?? []).map((block) => new X509Certificate(block).fingerprint256);
