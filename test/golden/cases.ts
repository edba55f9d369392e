import { readFileSync } from 'node:fs';
import { certificateArtifacts, clientArtifacts, serverArtifacts } from '../../src/artifacts/build.js';
import type { Artifact } from '../../src/artifacts/artifact.js';
import { grantOf } from '../../src/artifacts/build.js';
import { identityProviderArtifacts } from '../../src/artifacts/identity-provider.js';
import {
  isToSalesforce,
  type ApexClient,
  type App,
  type Client,
  type Connection,
  type LegacyNamedCredentialClient,
  type NamedCredentialClient,
  type OAuthServer,
  type SalesforceConnection,
} from '../../src/config/connection.js';

/** Public part only, valid for a hundred years: nobody has the key. */
export const sampleCertificatePem = readFileSync(new URL('sample-certificate.pem', import.meta.url), 'utf8');

export const sampleFacts = {
  consumerKey: '3MVG9example_consumer.key',
  instanceUrl: 'https://acme.my.salesforce.com',
};

const app: App = {
  type: 'external-client-app',
  name: 'Erp_Integration',
  label: 'Erp Integration',
  contactEmail: 'ops@acme.com',
  scopes: ['Api', 'Web', 'RefreshToken'],
  permissionSet: 'Erp_Integration_Access',
};

export const sampleApexClient: ApexClient = {
  type: 'apex',
  org: 'crm-prod',
  classPrefix: 'Erp',
  invocable: false,
  queueable: false,
  settings: 'custom-metadata',
};

export const sampleNamedCredentialClient: NamedCredentialClient = {
  type: 'named-credential',
  org: 'crm-prod',
  classPrefix: 'Erp',
  invocable: false,
  queueable: false,
  namedCredential: 'Erp',
  principal: 'Integration',
  permissionSet: 'Erp_Callouts',
};

export const sampleLegacyClient: LegacyNamedCredentialClient = {
  type: 'legacy-named-credential',
  org: 'crm-prod',
  classPrefix: 'Erp',
  invocable: false,
  queueable: false,
  namedCredential: 'Erp',
};

export const sampleOAuthServer: OAuthServer = {
  type: 'oauth2',
  username: 'integration@acme.com',
  issuer: 'crm-client',
  audience: 'https://auth.example.com/oauth2/token',
  tokenEndpoint: 'https://auth.example.com/oauth2/token',
  baseUrl: 'https://api.example.com/v1',
};

/** A connection with an Apex client; `changes` replace whole parts of it. */
export function sampleConnection(
  changes: Partial<SalesforceConnection> & { readonly app?: Partial<App> } = {},
): SalesforceConnection {
  const { app: appChanges, ...rest } = changes;
  return {
    name: 'erp',
    apiVersion: '67.0',
    server: { type: 'salesforce', org: 'erp-prod', username: 'integration@acme.com', app: { ...app, ...appChanges } },
    client: sampleApexClient,
    certificate: { source: 'platform', name: 'erp_jwt', keySize: 2048, validDays: 365, subject: { CN: 'Erp' } },
    ...rest,
  };
}

const generated = { ...sampleConnection().certificate, source: 'generate' } as const;

/** A connection to a server that is no org. */
export const oauthConnection = (client: Client, server: Partial<OAuthServer> = {}): Connection => ({
  ...sampleConnection(),
  client,
  server: { ...sampleOAuthServer, ...server },
});

/** Values that would break out of XML, Apex or a template, and that are fit for a label or a username all the same. */
export const hostile = {
  label: `]]> & <b>"O'Neil"</b> */ {{x}} {!y} \\ Ünïcode 日本 😀`,
  username: "o'neil{{x}}{!y}&co+*/@acme.example.com",
  email: "o'neil&{{ops}}*/@acme.example.com",
};

/** The same for a server that takes any text. */
const hostileServer = {
  username: hostile.label,
  issuer: `'); delete [SELECT Id FROM User]; // \\u0027 & <b>`,
  audience: `]]><!-- "aud" --> {{aud}} \\' 日本`,
  tokenEndpoint: "https://auth.example.com:8443/o'auth/token?a=1&b=%27",
  baseUrl: "http://localhost:40123/o'data;*/v1",
  scope: `orders.read "o'rders" & <write> \\`,
  claims: { [`te'nant"\\`]: `*/ ]]> "O'Neil" \\n {{x}}`, limit: 1.5, 'https://example.com/is-test': true },
};

/** The same for a Named Credential, which takes `{!` for a formula; an older one has no claims. */
const hostileCredentialServer = {
  ...hostileServer,
  username: hostile.label.replace('{!', '{ !'),
  claims: { [`te'nant"\\`]: `*/ ]]> "O'Neil" \\n {{x}}`, number: '1', limit: 1.5, 'https://example.com/is-test': true },
};

export type GoldenCase = { readonly connection: Connection; readonly facts: typeof sampleFacts };

const facts = sampleFacts;
const both = { invocable: true, queueable: true } as const;

export const goldenCases: Readonly<Record<string, GoldenCase>> = {
  'external-client-app': {
    connection: sampleConnection({ client: { type: 'external' }, certificate: generated }),
    facts,
  },
  'connected-app': {
    connection: sampleConnection({
      client: { type: 'external' },
      certificate: generated,
      app: { type: 'connected-app' },
    }),
    facts,
  },
  apex: { connection: sampleConnection(), facts },
  'apex-flow-and-queueable': {
    connection: sampleConnection({ client: { ...sampleApexClient, ...both } }),
    facts,
  },
  'apex-cached': {
    connection: sampleConnection({ client: { ...sampleApexClient, cachePartition: 'local.Tokens' } }),
    facts,
  },
  'apex-oldest-api': {
    connection: sampleConnection({ apiVersion: '61.0', client: { ...sampleApexClient, ...both } }),
    facts,
  },
  'apex-inline-cached': {
    connection: sampleConnection({
      client: { ...sampleApexClient, settings: 'inline', cachePartition: 'local.Tokens' },
    }),
    facts,
  },
  'apex-oauth2': {
    connection: oauthConnection(
      { ...sampleApexClient, cachePartition: 'local.Tokens' },
      { scope: 'orders.read', claims: { tenant: 'acme', limit: 3, test: false } },
    ),
    facts,
  },
  'apex-oauth2-inline': {
    connection: oauthConnection(
      { ...sampleApexClient, settings: 'inline' },
      { baseUrl: 'https://auth.example.com/api' },
    ),
    facts,
  },
  'named-credential': { connection: sampleConnection({ client: sampleNamedCredentialClient }), facts },
  'named-credential-flow-and-queueable': {
    connection: sampleConnection({ client: { ...sampleNamedCredentialClient, ...both } }),
    facts,
  },
  'named-credential-oauth2': {
    connection: oauthConnection(sampleNamedCredentialClient, { scope: 'orders.read', claims: { tenant: 'acme' } }),
    facts,
  },
  'legacy-named-credential': { connection: sampleConnection({ client: sampleLegacyClient }), facts },
  'legacy-named-credential-flow-and-queueable': {
    connection: sampleConnection({ client: { ...sampleLegacyClient, ...both } }),
    facts,
  },
  'legacy-named-credential-oauth2': {
    connection: oauthConnection(sampleLegacyClient, { scope: 'orders.read orders.write' }),
    facts,
  },
  'hostile-values': {
    connection: sampleConnection({
      apiVersion: '65.0',
      server: {
        type: 'salesforce',
        org: 'local',
        username: hostile.username,
        app: {
          ...app,
          type: 'connected-app',
          label: hostile.label,
          contactEmail: hostile.email,
          scopes: ['Api', 'OpenID', 'RefreshToken'],
        },
      },
      client: { ...sampleApexClient, org: 'local', classPrefix: `Erp${'x'.repeat(20)}` },
      certificate: { ...sampleConnection().certificate, keySize: 4096 },
    }),
    facts: { consumerKey: 'A'.repeat(255), instanceUrl: 'http://localhost:40123' },
  },
  'hostile-oauth2': { connection: oauthConnection(sampleApexClient, hostileServer), facts },
  'hostile-oauth2-inline': {
    connection: oauthConnection(
      { ...sampleApexClient, settings: 'inline', classPrefix: `Erp${'x'.repeat(20)}` },
      hostileServer,
    ),
    facts,
  },
  'hostile-named-credential': {
    connection: oauthConnection(
      { ...sampleNamedCredentialClient, namedCredential: 'E'.repeat(80), principal: 'P'.repeat(80) },
      hostileCredentialServer,
    ),
    facts,
  },
  'hostile-legacy-named-credential': {
    connection: oauthConnection(sampleLegacyClient, { ...hostileCredentialServer, claims: {} }),
    facts,
  },
};

/** What no connection has by itself: the steps around the import of a keystore. */
export const otherTrees: Readonly<Record<string, () => readonly Artifact[]>> = {
  'identity-provider': () => identityProviderArtifacts(true),
  'identity-provider-off': () => identityProviderArtifacts(false),
};

/** All artifacts of a case, both sides, certificate first. */
export function artifactsOf({ connection, facts: known }: GoldenCase): readonly Artifact[] {
  const grant = grantOf(connection.server, known);
  return [
    ...certificateArtifacts(connection),
    ...(isToSalesforce(connection) ? serverArtifacts(connection, { certificatePem: sampleCertificatePem }) : []),
    ...(grant ? clientArtifacts(connection, grant) : []),
  ];
}
