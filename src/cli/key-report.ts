import type { Messages } from '@salesforce/core';
import type { CertificateFacts } from '../keys/certificate-facts.js';
import type { Inspection, InspectedEntry, InspectedKey } from '../keys/inspect/inspect.js';
import { printable, printableLines } from '../keys/printable.js';
import { shellQuoted } from '../shell-quoted.js';

type Row = readonly [title: string, value: string];

type Created = {
  readonly files: readonly string[];
  readonly alias?: string;
  readonly certificate: CertificateFacts;
  readonly isKeyEncrypted: boolean;
};

/** What was made, where it is, until when it is valid and what to do next. */
export function createdLines(created: Created, messages: Messages<string>): readonly string[] {
  const { files, alias, certificate, isKeyEncrypted } = created;
  const { subject, notAfter, fingerprint256, key } = certificate;
  const fileWith = (suffix: string): string =>
    shellQuoted(printableLines(files.find((file) => file.endsWith(suffix)) ?? ''));
  return [
    messages.getMessage('made', [String(key.bits), subject]),
    '',
    ...files.map((file) => `  ${printableLines(file)}`),
    '',
    ...lines([
      ['Valid until', notAfter.slice(0, 10)],
      ['SHA-256', fingerprint256],
    ]),
    '',
    ...(alias === undefined ? [messages.getMessage('noStores'), ''] : []),
    'Next:',
    `  ${messages.getMessage('next', [fileWith('.crt')])}`,
    `  ${messages.getMessage(isKeyEncrypted ? 'nextEncrypted' : 'nextLogin', [fileWith('.key')])}`,
    ...(alias === undefined ? [] : [`  ${messages.getMessage('nextStore', [fileWith('.jks')])}`]),
  ];
}

const kindNames: Readonly<Record<Inspection['kind'], string>> = {
  'private-key': 'a private key',
  certificate: 'a certificate',
  'certificate-request': 'a certificate request',
  'pem-bundle': 'a PEM bundle',
  pkcs12: 'a PKCS#12',
  jks: 'a JKS',
};

/** What is in a key file, and the import rules that concern it. */
export function inspectionLines({ file, kind, encoding, entries, request, rules }: Inspection): readonly string[] {
  const isStore = kind === 'jks' || kind === 'pkcs12';
  return [
    `${printable(file)} is ${kindNames[kind]}${isStore ? '' : ` (${encoding})`}.`,
    ...entries.flatMap((entry) => ['', ...entryLines(entry, isStore)]),
    ...(request === undefined
      ? []
      : [
          '',
          ...lines([
            ['Subject', request.subject],
            ...keyRows({ state: 'open', ...request.key }),
            ['Signature', request.signatureValid ? 'made with its key' : 'NOT made with its key'],
          ]),
        ]),
    '',
    'Import rules of Salesforce',
    ...rules.map(({ status, title, detail }) => `  ${status.padEnd(11)}${title}: ${detail}`),
  ];
}

function entryLines({ alias, key, certificates, keyMatchesCertificate }: InspectedEntry, isStore: boolean): string[] {
  const [certificate, ...chain] = certificates;
  const matches = keyMatchesCertificate === true ? 'belong together' : 'do NOT belong together';
  return [
    ...(isStore ? lines([['Alias', alias ?? '(none)']]) : []),
    ...lines(key === undefined ? [] : keyRows(key)),
    ...(certificate === undefined ? [] : certificateLines(certificate)),
    ...(key === undefined && certificate !== undefined ? lines(keyRows({ state: 'open', ...certificate.key })) : []),
    ...(keyMatchesCertificate === undefined ? [] : lines([['Pair', `key and certificate ${matches}`]])),
    ...chain.map((issuer) => `  ${'Chain'.padEnd(15)}${issuer.subject}, until ${issuer.notAfter.slice(0, 10)}`),
  ];
}

function certificateLines(certificate: CertificateFacts): readonly string[] {
  return lines([
    ['Subject', certificate.subject],
    ['Issuer', certificate.selfSigned ? 'itself (self-signed)' : certificate.issuer],
    ['Serial number', certificate.serialNumber],
    ['Valid', `${certificate.notBefore.slice(0, 10)} to ${certificate.notAfter.slice(0, 10)}`],
    ['SHA-256', certificate.fingerprint256],
    ['SHA-1', certificate.fingerprint1],
  ]);
}

function keyRows(key: InspectedKey): readonly Row[] {
  if (key.state === 'locked') {
    return [
      ['Key', key.reason === 'password-needed' ? 'locked; the password opens it' : 'locked with another password'],
    ];
  }
  return [
    ['Key', key.bits === undefined ? key.type : `${key.type}, ${key.bits} bits`],
    ['Public key', `SHA-256 ${key.publicKeyFingerprint256}`],
  ];
}

function lines(rows: readonly Row[]): readonly string[] {
  return rows.map(([title, value]) => `  ${title.padEnd(15)}${value}`);
}
