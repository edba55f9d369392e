import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { componentKey } from './deploy-groups.js';
import type { Observation } from './observation.js';
import { sourceRoot } from './wanted-files.js';

const kinds = ['named-credential', 'legacy-named-credential'] as const;
type Kind = (typeof kinds)[number];

/**
 * A legacy Named Credential and one with an External Credential are both `NamedCredential`: under one name, the one
 * would have to become the other. No document was found that says what an org does with such a deploy, and whoever calls
 * through it would go another way from one moment to the next.
 *
 * @throws JwtError `namedCredentialOfOtherKind`
 */
export function refuseOtherKindOfCredential(connection: Connection, observation: Observation): void {
  const { name, client } = connection;
  if (client.type !== 'named-credential' && client.type !== 'legacy-named-credential') return;
  const { namedCredential, org, type } = client;
  const wanted = componentKey({ type: 'NamedCredential', fullName: namedCredential });
  const isThere = observation.client?.existing.some((component) => componentKey(component) === wanted) ?? false;
  const former = [savedKind(namedCredential, observation), kindOfFiles(name, namedCredential, observation)].find(
    (kind) => kind !== undefined && kind !== type,
  );
  if (!isThere || former === undefined) return;
  throw new JwtError('namedCredentialOfOtherKind', [namedCredential, org, former, name, type, namedCredential]);
}

/** What the connection file says of a Named Credential of that name. */
function savedKind(namedCredential: string, { savedDraft }: Observation): Kind | undefined {
  const saved = savedDraft?.client;
  const isSame = saved?.namedCredential?.toLowerCase() === namedCredential.toLowerCase();
  return isSame ? kinds.find((kind) => kind === saved?.type) : undefined;
}

/** What the files in the project are of, in case somebody changed the connection file by hand. */
function kindOfFiles(name: string, namedCredential: string, { files }: Observation): Kind | undefined {
  const has = (path: string): boolean =>
    Object.keys(files).some(
      (file) => file.toLowerCase() === `${sourceRoot(name, 'client')}/${path}-meta.xml`.toLowerCase(),
    );
  if (!has(`namedCredentials/${namedCredential}.namedCredential`)) return undefined;
  return has(`externalCredentials/${namedCredential}.externalCredential`)
    ? 'named-credential'
    : 'legacy-named-credential';
}
