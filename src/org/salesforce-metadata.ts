import type { Connection } from '@salesforce/core';
import { strFromU8 } from 'fflate';
import type { ComponentRef } from '../artifacts/artifact.js';
import type { OrgSource } from './gateway.js';
import { retrieveComponents, type Pause } from './salesforce-retrieve.js';

/** listMetadata takes three types in one call (Metadata API Developer Guide, listMetadata()). */
const typesPerCall = 3;

/** readMetadata takes ten names in one call (Metadata API Developer Guide, readMetadata()). */
const namesPerCall = 10;

/** Components with a file of content (MetadataWithContent) are for retrieve() to give out. */
const typesWithContent: readonly string[] = ['ApexClass', 'Certificate'];

/**
 * Which of the components the org has, as they were asked for: an org takes no notice of case in their names.
 *
 * A list may leave out what is there, so that every name that is not listed is asked for by itself.
 */
export async function listExisting(
  connection: Connection,
  components: readonly ComponentRef[],
  pause?: Pause,
): Promise<readonly ComponentRef[]> {
  const listed = new Set((await list(connection, components)).map(identityOf));
  const unlisted = components.filter((component) => !listed.has(identityOf(component)));
  const found = new Set((await lookUp(connection, unlisted, pause)).map(identityOf));
  return components.filter((component) => listed.has(identityOf(component)) || found.has(identityOf(component)));
}

const identityOf = ({ type, fullName }: ComponentRef): string => `${type}:${fullName}`.toLowerCase();

async function list(connection: Connection, components: readonly ComponentRef[]): Promise<readonly ComponentRef[]> {
  const calls = inGroups(typesOf(components), typesPerCall).map((types) =>
    connection.metadata.list(
      types.map((type) => ({ type })),
      connection.getApiVersion(),
    ),
  );
  // A single row may come as an object instead of an array.
  return (await Promise.all(calls))
    .flatMap((rows) => [rows ?? []].flat())
    .map(({ type, fullName }) => ({ type, fullName: decoded(fullName) }));
}

async function lookUp(
  connection: Connection,
  components: readonly ComponentRef[],
  pause: Pause | undefined,
): Promise<readonly ComponentRef[]> {
  const hasContent = ({ type }: ComponentRef): boolean => typesWithContent.includes(type);
  const withContent = components.filter(hasContent);
  const retrieved = withContent.length > 0 ? await retrieveComponents(connection, withContent, pause) : undefined;
  const others = components.filter((component) => !hasContent(component));
  const reads = typesOf(others).flatMap((type) => {
    const names = others.filter((component) => component.type === type).map(({ fullName }) => fullName);
    return inGroups(names, namesPerCall).map((group) => readNames(connection, type, group));
  });
  return [...(retrieved?.components ?? []), ...(await Promise.all(reads)).flat()];
}

/** What is not there comes as an empty record. */
async function readNames(
  connection: Connection,
  type: string,
  names: readonly string[],
): Promise<readonly ComponentRef[]> {
  return (await read(connection, type, names)).flatMap(({ fullName }) =>
    typeof fullName === 'string' && fullName !== '' ? [{ type, fullName: decoded(fullName) }] : [],
  );
}

async function read(
  connection: Connection,
  type: string,
  names: readonly string[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const answer: unknown = await connection.metadata.read(type as never, [...names]);
  return [answer].flat().filter((row): row is Record<string, unknown> => typeof row === 'object' && row !== null);
}

/** Where each type of app keeps its consumer key. */
const consumerKeyHolder: Readonly<Record<string, (metadata: Readonly<Record<string, unknown>>) => unknown>> = {
  ExtlClntAppGlobalOauthSettings: ({ consumerKey }) => consumerKey,
  ConnectedApp: ({ oauthConfig }) =>
    typeof oauthConfig === 'object' && oauthConfig !== null && 'consumerKey' in oauthConfig
      ? oauthConfig.consumerKey
      : undefined,
};

/**
 * The consumer key that the org made for an app when the app was deployed without one. An org that does not tell it in
 * a read may tell it in a retrieve.
 */
export async function readConsumerKey(
  connection: Connection,
  app: ComponentRef,
  pause?: Pause,
): Promise<string | undefined> {
  const [metadata] = await read(connection, app.type, [app.fullName]);
  const key = metadata && consumerKeyHolder[app.type]?.(metadata);
  return typeof key === 'string' && key !== '' ? key : retrieveConsumerKey(connection, app, pause);
}

async function retrieveConsumerKey(
  connection: Connection,
  app: ComponentRef,
  pause: Pause | undefined,
): Promise<string | undefined> {
  const { files } = await retrieveComponents(connection, [app], pause);
  // A key is letters, digits, dots and underscores: nothing that XML writes in another way.
  const found = [...files.values()].map((file) => /<consumerKey>\s*([\w.]+)\s*<\/consumerKey>/.exec(strFromU8(file)));
  return found.find((match) => match !== null)?.[1];
}

/** The certificate of a Certificate component: only a retrieve gives it out, a read does not. */
export async function retrieveCertificate(
  connection: Connection,
  developerName: string,
  pause?: Pause,
): Promise<string | undefined> {
  const { files } = await retrieveComponents(connection, [{ type: 'Certificate', fullName: developerName }], pause);
  const ending = `certs/${developerName}.crt`.toLowerCase();
  const path = [...files.keys()].find((name) => name.toLowerCase().endsWith(ending));
  const content = path === undefined ? undefined : files.get(path);
  return content && strFromU8(content);
}

/** The files of components as the org gives them out; nothing of those that it does not have. */
export async function retrieveSources(
  connection: Connection,
  components: readonly ComponentRef[],
  pause?: Pause,
): Promise<readonly OrgSource[]> {
  if (components.length === 0) return [];
  const { files } = await retrieveComponents(connection, components, pause);
  return [...files].map(([path, content]) => ({
    path: path.replace(/^unpackaged\//, ''),
    content: strFromU8(content),
  }));
}

const typesOf = (components: readonly ComponentRef[]): readonly string[] => [
  ...new Set(components.map(({ type }) => type)),
];

const inGroups = <T>(items: readonly T[], size: number): ReadonlyArray<readonly T[]> =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));

/** Names come percent-encoded; one that only looks so is taken as it is. */
function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}
