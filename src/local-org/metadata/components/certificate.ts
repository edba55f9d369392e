import { X509Certificate } from 'node:crypto';
import { isIssuedBy } from '../../../keys/chain.js';
import { createKeyMaterial } from '../../../keys/create.js';
import type { LocalOrg, OrgKeyPair } from '../../model.js';
import { NameMap } from '../../store/name-map.js';
import { salesforceDate } from '../../store/record-store.js';
import { problemAt } from '../deploy/problem.js';
import type { Candidate } from '../package/candidate.js';
import { isTrue, newElement, textOf, withChild } from '../xml/xml-element.js';
import { certificateInUse } from './certificate-users.js';
import type { ComponentHandler, DeployContext } from './handler.js';
import { mirrorRow, removeRow, type RowKey } from './mirror-row.js';

/** Salesforce Help: a self-signed certificate lasts one year with a key of 2048 bits, two with 4096. */
const validDaysBySize = { 2048: 365, 4096: 730 } as const;
type OrgKeySize = keyof typeof validDaysBySize;

/**
 * A Certificate is a pair that the org makes. The content that comes with it is not kept (seen in the field): no private
 * key goes in or out through the Metadata API.
 */
export const certificate: ComponentHandler = {
  check({ fullName, root }, context) {
    const label = textOf(root, 'masterLabel') ?? '';
    const pair = pairOf(fullName, context);
    const hasSize = keySizeOf(root) !== undefined || textOf(root, 'keySize') === (pair && bitsOf(pair));
    return [
      ...(label.length > 64 ? [problemAt(root, 'masterLabel', 'Label: data value too large (max length=64)')] : []),
      ...(hasSize ? [] : [problemAt(root, 'keySize', 'Key size must be 2048 or 4096')]),
      // Not a text of Salesforce's: a limit of local orgs. One that was imported may be signed by a CA.
      ...(isTrue(root, 'caSigned') && !(pair && isCaSigned(pair))
        ? [problemAt(root, 'caSigned', 'A local org makes self-signed certificates only: set caSigned to false')]
        : []),
    ];
  },

  complete(candidate, context) {
    const pair = pairOf(candidate.fullName, context);
    if (!pair) return candidate;
    const { validTo } = new X509Certificate(pair.certificatePem);
    const dated = withChild(candidate.root, newElement('expirationDate', new Date(validTo).toISOString()));
    return {
      ...candidate,
      content: Buffer.from(pair.certificatePem),
      root: withChild(dated, newElement('keySize', bitsOf(pair))),
    };
  },

  mirror(candidate, context) {
    const { org } = context;
    const { fullName, root, content } = candidate;
    const pair = pairOf(fullName, context);
    if (pair && !org.keyPairs.has(fullName)) org.keyPairs.set(fullName, pair);
    return mirrorRow(org, keyOf(fullName), {
      MasterLabel: textOf(root, 'masterLabel') ?? fullName,
      KeySize: Number(textOf(root, 'keySize')),
      ExpirationDate: salesforceDate(Date.parse(textOf(root, 'expirationDate') ?? '')),
      CertificateChain: Buffer.from(content ?? []).toString('utf8'),
      OptionsIsPrivateKeyExportable: textOf(root, 'privateKeyExportable') !== 'false',
      OptionsIsCaSigned: isTrue(root, 'caSigned'),
    });
  },

  inUse: certificateInUse,

  remove(fullName, org) {
    org.keyPairs.delete(fullName);
    removeRow(org, keyOf(fullName));
  },
};

/**
 * Makes a pair for each certificate of a deploy that will have none otherwise, then goes on at once: making pairs is slow, and
 * another request may have deleted a certificate meanwhile.
 *
 * @param isRemoved Whether the same deploy removes a component first, with its pair
 * @param goOn Judges and saves without a pause
 */
export async function withKeyPairs<T>(
  org: LocalOrg,
  candidates: readonly Candidate[],
  isRemoved: DeployContext['isRemoved'],
  goOn: (pairs: ReadonlyMap<string, OrgKeyPair>) => T,
): Promise<T> {
  const pairs = new NameMap<OrgKeyPair>();
  for (;;) {
    const next = candidates.find(
      ({ type, fullName, root }) =>
        type.name === 'Certificate' &&
        !pairs.has(fullName) &&
        keySizeOf(root) !== undefined &&
        (isRemoved(type.name, fullName) || !org.keyPairs.has(fullName)),
    );
    const keySize = next && keySizeOf(next.root);
    if (!next || keySize === undefined) return goOn(pairs);
    pairs.set(next.fullName, await makeKeyPair(org, next.fullName, keySize));
  }
}

async function makeKeyPair(org: LocalOrg, name: string, keySize: OrgKeySize): Promise<OrgKeyPair> {
  const material = await createKeyMaterial({
    keySize,
    subject: { CN: name, OU: org.id, O: 'Salesforce.com', L: 'San Francisco' },
    validDays: validDaysBySize[keySize],
    now: new Date(org.now()),
  });
  return {
    privateKeyPem: material.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: material.certificate.toString(),
  };
}

/** The pair of a certificate as the deploy leaves it: one that is removed and made again gets a new one. */
function pairOf(fullName: string, { org, isRemoved, newKeyPairs }: DeployContext): OrgKeyPair | undefined {
  const kept = isRemoved('Certificate', fullName) ? undefined : org.keyPairs.get(fullName);
  return kept ?? newKeyPairs.get(fullName);
}

function bitsOf({ certificatePem }: OrgKeyPair): string {
  return String(new X509Certificate(certificatePem).publicKey.asymmetricKeyDetails?.modulusLength ?? 2048);
}

function isCaSigned({ certificatePem }: OrgKeyPair): boolean {
  const certificate = new X509Certificate(certificatePem);
  return !isIssuedBy(certificate, certificate);
}

function keySizeOf(root: Candidate['root']): OrgKeySize | undefined {
  const size = Number(textOf(root, 'keySize') ?? 2048);
  return size === 2048 || size === 4096 ? size : undefined;
}

function keyOf(fullName: string): RowKey {
  return { object: 'Certificate', nameField: 'DeveloperName', fullName };
}
