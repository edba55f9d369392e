import { readFileSync } from 'node:fs';
import { certificateArtifacts, clientArtifacts, serverArtifacts } from '../../src/artifacts/build.js';
import type { Artifact } from '../../src/artifacts/artifact.js';
import { grantOf } from '../../src/artifacts/build.js';
import {
  isToSalesforce,
  type ApexClient,
  type App,
  type Connection,
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

/** Values that would break out of XML, Apex or a template, and that are fit for a label or a username all the same. */
export const hostile = {
  label: `]]> & <b>"O'Neil"</b> */ {{x}} {!y} \\ Ünïcode 日本 😀`,
  username: "o'neil{{x}}{!y}&co+*/@acme.example.com",
  email: "o'neil&{{ops}}*/@acme.example.com",
};

export type GoldenCase = { readonly connection: Connection; readonly facts: typeof sampleFacts };

export const goldenCases: Readonly<Record<string, GoldenCase>> = {
  'external-client-app': {
    connection: sampleConnection({ client: { type: 'external' }, certificate: generated }),
    facts: sampleFacts,
  },
  'connected-app': {
    connection: sampleConnection({
      client: { type: 'external' },
      certificate: generated,
      app: { type: 'connected-app' },
    }),
    facts: sampleFacts,
  },
  apex: { connection: sampleConnection(), facts: sampleFacts },
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
    facts: { consumerKey: 'A'.repeat(256), instanceUrl: 'http://localhost:40123' },
  },
};

/** All artifacts of a case, both sides, certificate first. */
export function artifactsOf({ connection, facts }: GoldenCase): readonly Artifact[] {
  const grant = grantOf(connection.server, facts);
  return [
    ...certificateArtifacts(connection),
    ...(isToSalesforce(connection) ? serverArtifacts(connection, { certificatePem: sampleCertificatePem }) : []),
    ...(grant ? clientArtifacts(connection, grant) : []),
  ];
}
