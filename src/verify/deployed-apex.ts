import { clientOutline } from '../artifacts/client-artifacts.js';
import type { Connection, OrgClient } from '../config/connection.js';
import type { OrgGateway, OrgSource } from '../org/gateway.js';
import { quotable } from './server-text.js';

/** The classes of a connection as a client org has them, looked at without running them. */
export type DeployedApex = {
  /** What is wrong with classes that a verification would run, in a sentence. */
  readonly unusable?: string;
  /** What is wrong with others: tests, and what is built on top of the client. */
  readonly incomplete?: string;
  /** Source of a class; empty where the org has none of that name. */
  readonly bodyOf: (className: string) => string;
};

/**
 * Reads all classes of a connection out of the client org and parses them: a parser finds faults of syntax, and knows nothing
 * of types or values.
 */
export async function readDeployedApex(
  connection: Connection,
  client: OrgClient,
  org: OrgGateway,
): Promise<DeployedApex> {
  const names = classesOf(connection);
  const files = await org.sources(names.map((fullName) => ({ type: 'ApexClass', fullName })));
  const used = names.filter((name) => usedClasses(client).includes(name));
  const others = names.filter((name) => !used.includes(name));
  const [unusable, incomplete] = [await faultsIn(used, files), await faultsIn(others, files)];
  return {
    ...(unusable === '' ? {} : { unusable }),
    ...(incomplete === '' ? {} : { incomplete }),
    bodyOf: (className) => bodyIn(files, className) ?? '',
  };
}

/** The class that holds the settings of a client which signs in Apex. */
export const tokenProviderOf = ({ classPrefix }: Pick<OrgClient, 'classPrefix'>): string =>
  `${classPrefix}TokenProvider`;

const classesOf = (connection: Connection): readonly string[] =>
  clientOutline(connection)
    .filter(({ component, path }) => component.type === 'ApexClass' && path.endsWith('.cls'))
    .map(({ component }) => component.fullName);

const usedClasses = (client: OrgClient): readonly string[] => [
  ...(client.type === 'apex' ? [tokenProviderOf(client)] : []),
  `${client.classPrefix}Client`,
];

async function faultsIn(names: readonly string[], files: readonly OrgSource[]): Promise<string> {
  const missing = names.filter((name) => bodyIn(files, name) === undefined);
  const broken = await Promise.all(names.map((name) => syntaxFault(name, bodyIn(files, name))));
  return [...sayMissing(missing), ...broken.flat()].join(' ');
}

function sayMissing(names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return names.length === 1
    ? [`The class ${names.join('')} is not in the client org.`]
    : [`The classes ${names.join(', ')} are not in the client org.`];
}

async function syntaxFault(name: string, body: string | undefined): Promise<readonly string[]> {
  if (body === undefined) return [];
  const { parseApex } = await import('../local-org/apex/parse-apex.js');
  const parsed = parseApex(body, 'class');
  if (parsed.kind === 'parsed') return [];
  const [{ line, message }] = parsed.faults;
  return [`The class ${name} is no Apex that a parser understands: line ${line}, ${quotable(message)}.`];
}

/** The source of a class. An org takes no notice of the case of names. */
export const bodyIn = (files: readonly OrgSource[], className: string): string | undefined =>
  files.find(({ path }) => path.toLowerCase().endsWith(`classes/${className.toLowerCase()}.cls`))?.content;
