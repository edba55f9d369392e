import type { X509Certificate } from 'node:crypto';
import { isIssuedBy } from '../../keys/chain.js';
import { createJudge, saveComponent } from '../metadata/deploy/save-components.js';
import { nameFault } from '../metadata/developer-name.js';
import { findMetadataType, type MetadataType } from '../metadata/metadata-types.js';
import { openStored, type Candidate } from '../metadata/package/candidate.js';
import { isTrue, newElement } from '../metadata/xml/xml-element.js';
import type { LocalOrg, OrgKeyPair } from '../model.js';
import { ImportRefusal, refusals } from './import-refusal.js';
import { readKeyStore, type ImportedKey } from './read-key-store.js';

/**
 * Makes a certificate of each private key in a JKS, named after its alias: all of them or none. Returns their ids. Label and
 * exportability of such certificates, and that none is made where one is refused, are assumptions.
 *
 * @throws ImportRefusal
 */
export function importKeyStore(org: LocalOrg, bytes: Uint8Array, password: string): readonly string[] {
  if (!canImport(org)) throw new ImportRefusal(refusals.dataNotAvailable);
  const keys = readKeyStore(bytes, password);
  const type = certificateType();
  for (const { alias } of keys) checkName(org, type, alias);
  const pairs = new Map(keys.map((key) => [key.alias, pairOf(key)]));
  const { judge, context } = createJudge(org, pairs);
  const judged = keys.map((key) => judge(candidateOf(type, key)));
  const problems = judged.flatMap((saved) => (saved.kind === 'refused' ? saved.problems : []));
  if (problems.length > 0) throw new ImportRefusal(problems.map(({ problem }) => problem).join(' '));
  return judged.flatMap((saved) => (saved.kind === 'refused' ? [] : saveComponent(saved.candidate, context)));
}

/**
 * Orgs without a certificate refuse imports until an identity provider is enabled (seen in the field). That either of the two
 * is enough is an assumption.
 */
function canImport(org: LocalOrg): boolean {
  if (org.components.all('Certificate').length > 0) return true;
  const settings = org.components.get('Settings', 'IdentityProvider');
  return settings !== undefined && isTrue(openStored(settings).root, 'enableIdentityProvider');
}

function checkName(org: LocalOrg, type: MetadataType, name: string): void {
  const fault = nameFault(type, name);
  if (fault !== undefined) throw new ImportRefusal(fault);
  if (org.components.get(type.name, name)) throw new ImportRefusal(refusals.nameTaken(name));
}

function candidateOf(type: MetadataType, { alias, chain: [certificate] }: ImportedKey): Candidate {
  const root = newElement(type.name, [
    newElement('caSigned', String(!isSelfSigned(certificate))),
    newElement('masterLabel', alias),
    newElement('privateKeyExportable', 'true'),
  ]);
  return { type, fullName: alias, root };
}

function isSelfSigned(certificate: X509Certificate): boolean {
  return isIssuedBy(certificate, certificate);
}

function pairOf({ privateKey, chain }: ImportedKey): OrgKeyPair {
  return {
    privateKeyPem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    certificatePem: chain.map((certificate) => certificate.toString()).join(''),
  };
}

function certificateType(): MetadataType {
  const type = findMetadataType('Certificate');
  if (!type) throw new TypeError('A local org has no metadata type Certificate');
  return type;
}
