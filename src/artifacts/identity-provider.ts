import type { Artifact } from './artifact.js';
import { makeArtifact, type CatalogRow } from './catalog.js';
import { certificateCatalog } from './client-catalog.js';

/** The certificate that an org without any gets, so that it can be an identity provider. */
export const identityProviderCertificate = 'jwt_identity_provider';

/** An org has these settings once, under this name. Both fields are required (Metadata API: IdentityProviderSettings). */
const identityProviderCatalog: readonly CatalogRow[] = [
  {
    side: 'client',
    type: 'Settings',
    named: 'settingsName',
    path: (fullName) => `settings/${fullName}.settings-meta.xml`,
    template: 'metadata/identity-provider-settings.hbs',
    needs: ['certificateName', 'isEnabled'],
  },
];

/**
 * What turns an org into an identity provider, with a certificate of its own, or ends that: an org that never was one
 * refuses the import of keystores with "Data Not Available".
 */
export function identityProviderArtifacts(isEnabled: boolean): readonly Artifact[] {
  const values = {
    certificateName: identityProviderCertificate,
    keySize: '2048',
    settingsName: 'IdentityProvider',
    isEnabled,
  };
  // The certificate stays when the settings go: deployed once more, it could get another key.
  const rows = isEnabled ? [...certificateCatalog, ...identityProviderCatalog] : identityProviderCatalog;
  return rows.map((row) => makeArtifact(row, values));
}
