import type { CertificateFacts } from '../certificate-facts.js';
import { certificateFacts } from '../certificate-facts.js';
import { belongsTo } from '../chain.js';
import type { KeyDescription } from '../describe-key.js';
import { describeKey } from '../describe-key.js';
import type { InputFile, KeyEntry, KeyFileContents, KeyFileKind } from '../key-file.js';
import { printable } from '../printable.js';
import { readKeyFile } from '../read-key-file.js';
import { importRules } from './rules.js';
import type { RuleStatus } from './rules.js';

/** What may be told of a key file: no secret is in it. */
export type Inspection = {
  readonly file: string;
  readonly kind: KeyFileKind;
  readonly encoding: KeyFileContents['encoding'];
  readonly entries: readonly InspectedEntry[];
  readonly request?: InspectedRequest;
  readonly rules: readonly InspectedRule[];
  /** Whether no rule is broken. */
  readonly importable: boolean;
};

export type InspectedEntry = {
  readonly alias?: string;
  readonly key?: InspectedKey;
  /** The certificate of the entry first, then its issuers. */
  readonly certificates: readonly CertificateFacts[];
  /** Where the entry has an open key and a certificate. */
  readonly keyMatchesCertificate?: boolean;
};

export type InspectedKey =
  | ({ readonly state: 'open' } & KeyDescription)
  | { readonly state: 'locked'; readonly reason: 'password-needed' | 'other-password' };

export type InspectedRequest = {
  readonly subject: string;
  readonly signatureValid: boolean;
  readonly key: KeyDescription;
};

export type InspectedRule = {
  readonly name: string;
  readonly title: string;
  readonly status: RuleStatus;
  readonly detail: string;
};

export type InspectOptions = { readonly password?: string; readonly now: Date };

/** Looks into a key file and holds it against the import rules that concern its kind. @throws JwtError as `readKeyFile` */
export async function inspectKeyFile(file: InputFile, { password, now }: InspectOptions): Promise<Inspection> {
  const contents = await readKeyFile(file, password);
  const rules = importRules
    .filter(({ kinds, concerns }) => kinds.includes(contents.kind) && (concerns?.(contents) ?? true))
    .map(({ name, title, judge }) => ({ name, title, ...judge({ contents, size: file.bytes.length, now }) }));
  return {
    file: file.path,
    kind: contents.kind,
    encoding: contents.encoding,
    entries: contents.entries.map(describeEntry),
    request: describeRequest(contents),
    rules,
    importable: rules.every((rule) => rule.status !== 'broken'),
  };
}

function describeEntry({ alias, key, certificates }: KeyEntry): InspectedEntry {
  const [certificate] = certificates;
  const isComparable = key?.state === 'open' && certificate !== undefined;
  return {
    alias: alias === undefined ? undefined : printable(alias),
    key: key?.state === 'open' ? { state: 'open', ...describeKey(key.privateKey) } : key,
    certificates: certificates.map(certificateFacts),
    keyMatchesCertificate: isComparable ? belongsTo(certificate, key.privateKey) : undefined,
  };
}

function describeRequest({ request }: KeyFileContents): InspectedRequest | undefined {
  if (request === undefined) return undefined;
  const { subject, signatureValid, publicKey } = request;
  return { subject: printable(subject), signatureValid, key: describeKey(publicKey) };
}
