import { X509Certificate } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import {
  isToSalesforce,
  type CertificateSettings,
  type Connection,
  type SalesforceConnection,
  type Subject,
} from '../config/connection.js';
import type { ConnectionDraft } from '../config/draft.js';
import { JwtError } from '../errors.js';
import { formatNodeName } from '../keys/name-format.js';
import { formatSubject, parseSubject, subjectEntries } from '../keys/subject.js';
import { consumerKeyHolder } from '../artifacts/server-artifacts.js';
import { componentKey } from './deploy-groups.js';
import type { KeyObservation, Observation } from './observation.js';
import type { Step } from './step.js';

/**
 * Decides about the key in the private folder. A key that is there is never replaced, whatever the settings say.
 *
 * @throws JwtError `keyDiffers` where another key is asked for than the one that is there
 */
export function planKey(connection: Connection, { key }: Observation): readonly Step[] {
  const { source, keySize, validDays, name } = connection.certificate;
  if (source === 'platform') return [];
  const kind = source === 'generate' ? 'create-key' : 'adopt-key';
  const step = { kind, place: 'local', subject: `Private key and certificate ${name}` } as const;
  switch (key.state) {
    case 'present':
      refuseOtherKey(connection, key);
      return [{ ...step, action: 'none', reason: 'in the private folder' }];
    case 'key-only':
      return [{ ...step, action: 'update', reason: 'the key is there, its certificate is not' }];
    case 'absent':
      return [
        {
          ...step,
          action: 'create',
          reason: source === 'generate' ? `RSA ${keySize}, ${validDays} days` : 'taken from your files',
        },
      ];
  }
}

/**
 * The app is there, and this project says so, but its key is not: a clone of the project on another machine. A new key
 * would end the logins of everybody who has the old one.
 *
 * @throws JwtError `keyIsElsewhere`, `keyIsInClientOrg` where no clone has it: the client org made it
 */
export function refuseMissingKey(connection: Connection, observation: Observation): void {
  if (!isToSalesforce(connection)) return;
  const { name, certificate, server } = connection;
  const { savedDraft } = observation;
  const isOurs = hasApp(connection, observation) && savedDraft !== undefined;
  const isClone = isOurs && observation.key.state === 'absent' && certificate.source === 'generate';
  if (!isClone) return;
  if (savedDraft?.certificate?.source === 'platform') throw keyIsInClientOrg(connection, savedDraft);
  throw new JwtError('keyIsElsewhere', [server.app.name, server.org, `.sf/jwt/${name}`, name]);
}

function keyIsInClientOrg({ name, server }: SalesforceConnection, { client }: ConnectionDraft): JwtError {
  return new JwtError('keyIsInClientOrg', [server.app.name, server.org, client?.org ?? '', name]);
}

/** Whether the server org has the app already. */
export function hasApp({ server }: Connection, { server: seen }: Observation): boolean {
  if (server.type !== 'salesforce') return false;
  const holder = componentKey(consumerKeyHolder(server.app));
  return seen?.existing.some((component) => componentKey(component) === holder) ?? false;
}

type PresentKey = Extract<KeyObservation, { state: 'present' }>;

function refuseOtherKey({ name, certificate }: Connection, key: PresentKey): void {
  const present = new X509Certificate(key.certificatePem);
  const differences =
    certificate.source === 'generate' ? differingSettings(certificate, present) : differingFile(key.namedPem, present);
  if (differences.length === 0) return;
  const files = `.sf/jwt/${name}/${certificate.name}.*`;
  throw new JwtError('keyDiffers', [name, differences.join(', '), `${name}-2`, files], { data: { differences } });
}

function differingFile(namedPem: string | undefined, present: X509Certificate): readonly string[] {
  if (namedPem === undefined) return [];
  const { fingerprint256 } = new X509Certificate(namedPem);
  return fingerprint256 === present.fingerprint256
    ? []
    : [`your files hold the certificate ${fingerprint256}, and ${present.fingerprint256} is there`];
}

const dayMilliseconds = 24 * 60 * 60 * 1000;

function differingSettings(wanted: CertificateSettings, present: X509Certificate): readonly string[] {
  const bits = present.publicKey.asymmetricKeyDetails?.modulusLength;
  // A certificate begins a few minutes before it is made.
  const days = Math.floor((present.validToDate.getTime() - present.validFromDate.getTime()) / dayMilliseconds);
  const subject = formatNodeName(present.subject);
  return [
    ...(wanted.keySize === bits ? [] : [`${wanted.keySize} bits, and a key of ${bits} is there`]),
    ...(wanted.validDays === days ? [] : [`valid for ${wanted.validDays} days, and one for ${days} is there`]),
    ...(isSubject(subject, wanted.subject)
      ? []
      : [`subject ${formatSubject(wanted.subject)}, and ${subject} is there`]),
  ];
}

/** Whether a name is a subject, in whichever order and however escaped. */
function isSubject(name: string, subject: Subject): boolean {
  const sorted = (of: Subject): unknown => [...subjectEntries(of)].sort(([one], [other]) => (one < other ? -1 : 1));
  return isDeepStrictEqual(sorted(parseSubject(name)), sorted(subject));
}
