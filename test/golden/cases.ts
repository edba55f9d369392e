import { readFileSync } from 'node:fs';
import { certificateArtifacts, clientArtifacts, serverArtifacts } from '../../src/artifacts/build.js';
import type { Artifact, ServerFacts } from '../../src/artifacts/artifact.js';
import type { App, Connection } from '../../src/config/connection.js';

/** Public part only, valid for a hundred years: nobody has the key. */
export const sampleCertificatePem = readFileSync(new URL('sample-certificate.pem', import.meta.url), 'utf8');

export const sampleFacts: ServerFacts = {
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

/** A connection with an Apex client; `changes` replace whole parts of it. */
export function sampleConnection(changes: Partial<Connection> & { readonly app?: Partial<App> } = {}): Connection {
  const { app: appChanges, ...rest } = changes;
  return {
    name: 'erp',
    apiVersion: '67.0',
    server: { org: 'erp-prod', username: 'integration@acme.com', app: { ...app, ...appChanges } },
    client: { type: 'apex', org: 'crm-prod', className: 'ErpTokenProvider' },
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

export type GoldenCase = { readonly connection: Connection; readonly facts: ServerFacts };

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
      client: { type: 'apex', org: 'local', className: `Erp${'x'.repeat(33)}` },
      certificate: { ...sampleConnection().certificate, keySize: 4096 },
    }),
    facts: { consumerKey: 'A'.repeat(256), instanceUrl: 'http://localhost:40123' },
  },
};

/** All artifacts of a case, both sides, certificate first. */
export function artifactsOf({ connection, facts }: GoldenCase): readonly Artifact[] {
  return [
    ...certificateArtifacts(connection),
    ...serverArtifacts(connection, { certificatePem: sampleCertificatePem }),
    ...clientArtifacts(connection, facts),
  ];
}
