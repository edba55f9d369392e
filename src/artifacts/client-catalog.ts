import type { OrgClient, Server } from '../config/connection.js';
import { apexRows } from './apex-catalog.js';
import { inFolder, type CatalogRow } from './catalog.js';
import { namedCredentialRows } from './named-credential-catalog.js';

const certificate = { side: 'client', type: 'Certificate', named: 'certificateName' } as const;

/** The org makes its own key pair for a Certificate that comes with an empty content file. */
export const certificateCatalog: readonly CatalogRow[] = [
  { ...certificate, path: inFolder('certs', 'crt'), template: 'metadata/certificate-content.hbs', needs: [] },
  {
    ...certificate,
    path: inFolder('certs', 'crt-meta.xml'),
    template: 'metadata/certificate.hbs',
    needs: ['certificateName', 'keySize'],
  },
];

/** What a client org gets, besides its certificate. */
export function clientRows(client: OrgClient, server: Server): readonly CatalogRow[] {
  const credentials = client.type === 'apex' ? [] : namedCredentialRows(client);
  return [...credentials, ...apexRows(client, server)];
}
