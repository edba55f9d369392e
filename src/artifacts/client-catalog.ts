import type { OrgClient } from '../config/connection.js';
import { inFolder, type CatalogRow } from './catalog.js';

const client = { side: 'client' } as const;

const certificate = { ...client, type: 'Certificate', named: 'certificateName' } as const;

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

const remoteSite: CatalogRow = {
  ...client,
  type: 'RemoteSiteSetting',
  named: 'tokenProvider',
  path: inFolder('remoteSiteSettings', 'remoteSite-meta.xml'),
  template: 'metadata/remote-site.hbs',
  needs: ['allowsHttp', 'serverLabel', 'baseUrl'],
};

/** An Apex class is two files: its source, and what the org is told about it. */
function apexClass(named: string, template: string, needs: readonly string[]): readonly CatalogRow[] {
  const component = { ...client, type: 'ApexClass', named } as const;
  return [
    { ...component, path: inFolder('classes', 'cls'), template, needs },
    {
      ...component,
      path: inFolder('classes', 'cls-meta.xml'),
      template: 'metadata/apex-class.hbs',
      needs: ['apiVersion'],
    },
  ];
}

/** What a client org gets, besides its certificate. */
export function clientRows({ type }: OrgClient): readonly CatalogRow[] {
  if (type !== 'apex') throw new TypeError(`no artifacts for ${type}`);
  return [
    remoteSite,
    ...apexClass('tokenProvider', 'apex/token-provider.hbs', [
      'apiVersion',
      'settings',
      'tokenProvider',
      'tokenProviderTest',
    ]),
    ...apexClass('tokenProviderTest', 'apex/token-provider-test.hbs', ['tokenProvider', 'tokenProviderTest']),
  ];
}
