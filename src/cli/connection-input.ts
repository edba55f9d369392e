import { isDeepStrictEqual } from 'node:util';
import { SfProject } from '@salesforce/core';
import { hasTrial } from '../apply/trial.js';
import { connectionName, validateConnection } from '../config/validate.js';
import { connectionFilePath, loadConnectionFile, type ConnectionFile } from '../config/connection-file.js';
import type { Connection } from '../config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../config/draft.js';
import { missingFields, resolveConnection, type MissingField } from '../config/resolve.js';
import { toDraft } from '../config/saved-connection.js';
import { JwtError } from '../errors.js';
import { draftFromFlags, type ConnectionFlags } from './connection-flags.js';
import { draftOfTrial } from './trial-orgs.js';
import { refuseUnfitFlags, typedFlags, type TypedFlags } from './unfit-flags.js';

/** The DX project around the current folder. @throws JwtError `notADxProject` */
export async function findProjectRoot(): Promise<string> {
  try {
    return await SfProject.resolveProjectPath();
  } catch (error) {
    throw new JwtError('notADxProject', [process.cwd()], { cause: error });
  }
}

export type SaidDraft = {
  readonly name: string | undefined;
  readonly draft: ConnectionDraft;
  readonly isSaved: boolean;
  /** What the command line says itself. */
  readonly typed: TypedFlags;
  /** The draft for a name that is only chosen later. */
  readonly draftOf: (name: string) => ConnectionDraft;
  /** Names of the connection file. */
  readonly known: readonly string[];
};

/**
 * What flags, environment and connection file say together. Without `--connection` the only connection of the file is
 * meant, as long as no flag says otherwise; the name is undefined where that does not settle it.
 *
 * @throws JwtError what the connection file is refused for
 */
export async function readDraft(flags: Partial<ConnectionFlags>, projectRoot: string): Promise<SaidDraft> {
  const { connections } = await loadConnectionFile(projectRoot);
  const said = draftFromFlags(flags, projectRoot);
  const name = flags.connection ?? impliedName(connections, said);
  const draftOf = (chosen: string): ConnectionDraft => mergeDrafts(savedAs(connections, chosen) ?? {}, said);
  return {
    name,
    draft: name === undefined ? said : draftOf(name),
    isSaved: name !== undefined && savedAs(connections, name) !== undefined,
    draftOf,
    typed: typedFlags(flags),
    known: Object.keys(connections),
  };
}

type Connections = ConnectionFile['connections'];

/** A connection can have the name of what every object has, like `constructor`. */
const savedAs = (connections: Connections, name: string): ConnectionDraft | undefined =>
  Object.hasOwn(connections, connectionName(name)) ? connections[name] : undefined;

/** A flag that says something else than the only saved connection speaks of another one, whose name was forgotten. */
function impliedName(connections: Connections, said: ConnectionDraft): string | undefined {
  const [[name, saved] = [], ...others] = Object.entries(connections);
  if (name === undefined || saved === undefined || others.length > 0) return undefined;
  const resolution = resolveConnection(name, mergeDrafts(standInFor['contact-email'], saved));
  const known = identityOf(resolution.kind === 'complete' ? toDraft(resolution.connection) : saved);
  const isMeant = identityOf(said).every((value, at) => value === undefined || isDeepStrictEqual(value, known[at]));
  return isMeant ? name : undefined;
}

/** What makes a connection that one and no other. */
const identityOf = ({ server = {}, client = {}, certificate = {} }: ConnectionDraft): readonly unknown[] => {
  const { type, name, permissionSet } = server.app ?? {};
  const { tokenEndpoint, issuer } = server;
  const { source, name: certificateName, files } = certificate;
  return [
    ...[server.org, server.username, type, name, permissionSet],
    ...[server.type, tokenEndpoint, issuer],
    ...[client.type, client.org, client.classPrefix, client.namedCredential],
    ...[source, certificateName, files],
  ];
};

/**
 * Demands that a draft stands in the connection file, or is that of a trial whose local orgs run.
 *
 * @throws JwtError `flagsMissing`, `connectionIsTrial` or `connectionUnknown`
 */
export async function requireSaved(said: SaidDraft, projectRoot: string): Promise<SaidDraft> {
  const { name, known, isSaved } = said;
  if (name === undefined) throw flagsMissing(['--connection'], said);
  if (!isSaved) {
    if (await hasTrial(projectRoot, name)) return { ...said, draft: await draftOfTrial(name, said, projectRoot) };
    const hint = known.length === 0 ? `${connectionFilePath} has none.` : `Known: ${known.join(', ')}.`;
    throw new JwtError('connectionUnknown', [name, hint, name]);
  }
  return said;
}

/** What is said of a connection, and what else is known about it where the answer is no. */
type Described = Pick<SaidDraft, 'name' | 'draft'> & Partial<Pick<SaidDraft, 'typed' | 'known'>>;

/**
 * Resolves and validates.
 *
 * @param alsoMissing flags that the command needs besides, and was not given: they tell what only an org knows
 * @throws JwtError `flagsMissing` or `orgFactsMissing`, which name every flag, `flagsUnfit`, or `refusedValue`
 */
export function requireConnection(said: Described, alsoMissing: readonly string[] = []): Connection {
  const { name, draft, typed = [] } = said;
  const resolution = resolveConnection(name ?? '', draft);
  const missing = [...(resolution.kind === 'incomplete' ? resolution.missing : []), ...alsoMissing];
  if (name === undefined || resolution.kind === 'incomplete' || missing.length > 0) {
    const flags = [...(name === undefined ? ['connection'] : []), ...missing].map((field) => `--${field}`);
    throw alsoMissing.length > 0 ? orgFactsMissing(flags, said) : flagsMissing(flags, said);
  }
  refuseUnfitFlags(typed, resolution.connection);
  return validateConnection(resolution.connection);
}

const flagsMissing = (flags: readonly string[], said: Pick<Described, 'name' | 'known'>): JwtError =>
  new JwtError('flagsMissing', [flags.join(', '), whichAreKnown(said)], { data: { missing: flags } });

function orgFactsMissing(flags: readonly string[], said: Described): JwtError {
  const { name = 'my-integration', draft } = said;
  const tokens = [flags.join(', '), whichAreKnown(said), name, draft.client?.type ?? 'apex'];
  return new JwtError('orgFactsMissing', tokens, { data: { missing: flags } });
}

/** Somebody may have meant one that is there, and have said something else of it than the file does. */
const whichAreKnown = ({ name, known = [] }: Pick<Described, 'name' | 'known'>): string =>
  name !== undefined || known.length === 0 ? '' : ` This project has: ${known.join(', ')}.`;

/**
 * The connection that flags and file describe, for a command that makes artifacts only: it asks for no more than the
 * fields in `needs`, since the others do not reach its artifacts.
 */
export async function resolveConnectionFromFlags(
  flags: Partial<ConnectionFlags>,
  projectRoot: string,
  needs: readonly MissingField[] = missingFields,
  alsoMissing: readonly string[] = [],
): Promise<Connection> {
  const said = await readDraft(flags, projectRoot);
  const standIns = missingFields.filter((field) => !needs.includes(field)).map((field) => standInFor[field]);
  return requireConnection({ ...said, draft: mergeDrafts(standIns.reduce(mergeDrafts, {}), said.draft) }, alsoMissing);
}

/** Stand-ins for fields that do not reach the artifacts of a command; those of orgs and users are printed in commands to paste. */
const standInFor: Readonly<Record<MissingField, ConnectionDraft>> = {
  'target-org': { server: { org: 'my-server-org' } },
  'token-endpoint': { server: { tokenEndpoint: 'https://unnamed.example.com/token' } },
  issuer: { server: { issuer: 'unnamed' } },
  'base-url': { server: { baseUrl: 'https://unnamed.example.com' } },
  username: { server: { username: 'integration@example.com' } },
  'client-type': { client: { type: 'external' } },
  'client-org': { client: { org: 'my-client-org' } },
  'contact-email': { server: { app: { contactEmail: 'ops@example.com' } } },
};
