import type { Connection } from '@salesforce/core';
import { strFromU8, unzipSync } from 'fflate';
import type { ComponentRef } from '../artifacts/artifact.js';
import { isLoopback } from './loopback.js';

/** listMetadata takes three types in one call (Metadata API Developer Guide, listMetadata()). */
const typesPerCall = 3;

/** Which of the components the org has, by listing each of their types. */
export async function listExisting(
  connection: Connection,
  components: readonly ComponentRef[],
): Promise<readonly ComponentRef[]> {
  const types = [...new Set(components.map(({ type }) => type))];
  const found = new Set<string>();
  for (let at = 0; at < types.length; at += typesPerCall) {
    const queries = types.slice(at, at + typesPerCall).map((type) => ({ type }));
    // Text that a retrieve or a list returns for a single row is an object, not an array.
    for (const { type, fullName } of [await connection.metadata.list(queries, connection.getApiVersion())].flat()) {
      found.add(`${type}:${decodeURIComponent(fullName)}`);
    }
  }
  return components.filter(({ type, fullName }) => found.has(`${type}:${fullName}`));
}

/** Where each type of app keeps its consumer key. */
const consumerKeyHolder: Readonly<Record<string, (metadata: Record<string, unknown>) => unknown>> = {
  ExtlClntAppGlobalOauthSettings: ({ consumerKey }) => consumerKey,
  ConnectedApp: ({ oauthConfig }) =>
    typeof oauthConfig === 'object' && oauthConfig !== null && 'consumerKey' in oauthConfig
      ? oauthConfig.consumerKey
      : undefined,
};

/** The consumer key that the org made for an app when the app was deployed without one. */
export async function readConsumerKey(connection: Connection, app: ComponentRef): Promise<string | undefined> {
  const answer: unknown = await connection.metadata.read(app.type as never, app.fullName);
  const metadata = [answer].flat()[0];
  if (typeof metadata !== 'object' || metadata === null) return undefined;
  const key = consumerKeyHolder[app.type]?.(metadata as Record<string, unknown>);
  return typeof key === 'string' && key !== '' ? key : undefined;
}

/** The certificate of a Certificate component: only a retrieve gives it out, a read does not. */
export async function retrieveCertificate(connection: Connection, developerName: string): Promise<string | undefined> {
  const { metadata } = connection;
  // An org on this machine answers at once, and a person would wait for the pause.
  if (isLoopback(connection.instanceUrl)) metadata.pollInterval = 20;
  const result = await metadata
    .retrieve({
      apiVersion: Number(connection.getApiVersion()),
      singlePackage: true,
      unpackaged: {
        types: [{ name: 'Certificate', members: [developerName] }],
        version: connection.getApiVersion(),
      } as never,
    })
    .complete();
  if (!result.zipFile) return undefined;
  const files = unzipSync(Buffer.from(result.zipFile, 'base64'));
  const path = Object.keys(files).find((name) => name.endsWith(`certs/${developerName}.crt`));
  const content = path === undefined ? undefined : files[path];
  return content && strFromU8(content);
}
