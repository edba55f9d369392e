import { XMLParser } from 'fast-xml-parser';
import { clientArtifacts } from '../../../src/artifacts/build.js';
import type { Artifact } from '../../../src/artifacts/artifact.js';
import type { Grant } from '../../../src/artifacts/grant.js';
import type { LegacyNamedCredentialClient, NamedCredentialClient } from '../../../src/config/connection.js';
import { sampleConnection } from '../../golden/cases.js';

export const securedClient: NamedCredentialClient = {
  type: 'named-credential',
  org: 'crm-prod',
  classPrefix: 'Erp',
  invocable: false,
  queueable: false,
  namedCredential: 'Erp_Api',
  principal: 'Integration',
  permissionSet: 'Erp_Api_Callouts',
};

export const legacyClient: LegacyNamedCredentialClient = {
  type: 'legacy-named-credential',
  org: 'crm-prod',
  classPrefix: 'Erp',
  invocable: false,
  queueable: false,
  namedCredential: 'Erp_Api',
};

export const orgGrant: Grant = {
  issuer: '3MVG9example_consumer.key',
  subject: 'integration@acme.com',
  audience: 'https://acme.my.salesforce.com',
  tokenEndpoint: 'https://acme.my.salesforce.com/services/oauth2/token',
  baseUrl: 'https://acme.my.salesforce.com',
};

export const serverGrant: Grant = {
  issuer: 'crm',
  subject: 'svc-crm',
  audience: 'https://auth.example.com/',
  tokenEndpoint: 'https://auth.example.com/oauth2/token',
  baseUrl: 'https://api.example.com/v1',
  scope: 'orders.read orders.write',
  claims: { tenant: 'acme', level: 3, test: true },
};

/** The artifacts of a client by their metadata types, besides its Apex. */
export function credentialsOf(
  client: NamedCredentialClient | LegacyNamedCredentialClient,
  grant: Grant,
): ReadonlyMap<string, Artifact> {
  const made = clientArtifacts(sampleConnection({ client }), grant);
  const metadata = made.filter(({ component }) => component.type !== 'ApexClass');
  return new Map(metadata.map((artifact) => [artifact.component.type, artifact]));
}

type Fields = Readonly<Record<string, string>>;
export type Element = Readonly<Record<string, string | readonly Fields[]>>;

const parser = new XMLParser({
  parseTagValue: false,
  trimValues: false,
  htmlEntities: false,
  isArray: (name) =>
    /^(externalCredentialParameters|namedCredentialParameters|classAccesses|objectPermissions)$/.test(name),
});

/** The root element of a component, as a parser of somebody else's reads it; whitespace between elements is left out. */
export function rootOf(artifact: Artifact | undefined): Element {
  const parsed = parser.parse(artifact?.content ?? '') as Record<string, Element>;
  return withoutGaps(parsed[artifact?.component.type ?? ''] ?? {}) as Element;
}

function withoutGaps(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutGaps);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([name]) => name !== '#text' && !name.startsWith('@_'));
  return Object.fromEntries(entries.map(([name, field]) => [name, withoutGaps(field)]));
}

/** The value of one parameter of an External Credential. */
export function parameterOf(root: Element, type: string, name: string): string | undefined {
  const all = root['externalCredentialParameters'];
  const found = Array.isArray(all) ? (all as readonly Fields[]) : [];
  return found.find((one) => one['parameterType'] === type && one['parameterName'] === name)?.['parameterValue'];
}
