import { XMLParser } from 'fast-xml-parser';
import type { ApexClient, Connection } from '../../../src/config/connection.js';
import type { Artifact } from '../../../src/artifacts/artifact.js';
import {
  artifactsOf,
  oauthConnection,
  sampleApexClient,
  sampleConnection,
  sampleFacts,
  sampleLegacyClient,
  sampleNamedCredentialClient,
} from '../../golden/cases.js';
import type { ApexRecord } from '../../helpers/apex-run.js';

const servers = ['an org', 'another server', 'another server with scope and claims'] as const;

/** A connection for each way in which templates branch, each with class names of its own, all classes generated. */
export const apexVariants: readonly { readonly name: string; readonly connection: Connection }[] = [
  ...(['custom-metadata', 'inline'] as const).flatMap((settings) =>
    [undefined, 'local.Tokens'].map((cachePartition) => ({ settings, ...(cachePartition ? { cachePartition } : {}) })),
  ),
  sampleNamedCredentialClient,
  sampleLegacyClient,
]
  .flatMap((client) => servers.map((server) => ({ client, server })))
  .filter(({ client, server }) => !('namedCredential' in client) || server !== servers[2])
  .map(({ client, server }, index) => {
    const whole = {
      ...('namedCredential' in client ? client : ({ ...sampleApexClient, ...client } satisfies ApexClient)),
      ...{ invocable: true, queueable: true, classPrefix: `Variant${index}` },
    };
    const more = server === servers[2] ? { scope: 'orders.read', claims: { tenant: 'acme' } } : {};
    const connection = server === servers[0] ? sampleConnection({ client: whole }) : oauthConnection(whole, more);
    const settings = 'settings' in whole ? `, settings ${whole.settings}` : '';
    const cache = 'cachePartition' in whole ? ', cached' : '';
    return { name: `${whole.type} to ${server}${settings}${cache}`, connection };
  });

const parser = new XMLParser({ parseTagValue: false, attributeNamePrefix: '', ignoreAttributes: false });

/** The records of Custom Metadata Types that a deploy of a connection puts into an org. */
export function recordsOf(connection: Connection): readonly ApexRecord[] {
  return artifactsOf({ connection, facts: sampleFacts })
    .filter(({ component }) => component.type === 'CustomMetadata')
    .map(({ component, content }) => {
      const [type, developerName] = component.fullName.split('.') as [string, string];
      const { CustomMetadata } = parser.parse(content) as {
        CustomMetadata: { values: { field: string; value: { '#text'?: string; 'xsi:type'?: string } }[] };
      };
      const values = CustomMetadata.values.map(({ field, value }): [string, string | number | null] => {
        const text = value['#text'] ?? null;
        return [field, value['xsi:type'] === 'xsd:double' ? Number(text) : text];
      });
      return { type: `${type}__mdt`, developerName, values: Object.fromEntries(values) };
    });
}

/** The classes of a connection by the part of their names behind the prefix, like `TokenProviderTest`. */
export function classesOf(connection: Connection): ReadonlyMap<string, Artifact> {
  const { client } = connection;
  const prefix = client.type === 'external' ? '' : client.classPrefix;
  return new Map(
    artifactsOf({ connection, facts: sampleFacts })
      .filter(({ path }) => path.endsWith('.cls'))
      .map((artifact) => [artifact.component.fullName.slice(prefix.length), artifact]),
  );
}
