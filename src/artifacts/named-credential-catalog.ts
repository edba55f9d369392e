import type { LegacyNamedCredentialClient, NamedCredentialClient } from '../config/connection.js';
import { inFolder, type CatalogRow } from './catalog.js';

const client = { side: 'client' } as const;

/** Named apart from what the Apex of the same client is told: here they are in the form in which a credential holds them. */
const assertion = [
  'certificateName',
  'credentialAudience',
  'credentialIssuer',
  'credentialLabel',
  'credentialScope',
  'credentialSubject',
  'credentialTokenEndpoint',
  'credentialValiditySeconds',
];

const namedCredential = {
  ...client,
  type: 'NamedCredential',
  named: 'namedCredential',
  path: inFolder('namedCredentials', 'namedCredential-meta.xml'),
} as const;

const securedEndpoint: readonly CatalogRow[] = [
  {
    ...client,
    type: 'ExternalCredential',
    named: 'namedCredential',
    path: inFolder('externalCredentials', 'externalCredential-meta.xml'),
    template: 'metadata/external-credential.hbs',
    needs: [...assertion, 'credentialClaims', 'principal'],
  },
  {
    ...namedCredential,
    template: 'metadata/named-credential.hbs',
    needs: ['credentialLabel', 'credentialUrl', 'namedCredential'],
  },
  {
    ...client,
    type: 'PermissionSet',
    named: 'calloutPermissionSet',
    path: inFolder('permissionsets', 'permissionset-meta.xml'),
    template: 'metadata/callout-permission-set.hbs',
    needs: [
      ...['calloutPermissionSetLabel', 'flowAction', 'invocable', 'job', 'namedCredential', 'permissionSetDescription'],
      ...['principal', 'queueable'],
    ],
  },
];

const legacy: readonly CatalogRow[] = [
  {
    ...namedCredential,
    template: 'metadata/legacy-named-credential.hbs',
    needs: [...assertion, 'credentialUrl'],
  },
];

/**
 * What lets a client org call through a Named Credential, besides its certificate and its Apex. A callout through one needs no
 * remote site (Apex Developer Guide: Named Credentials as callout endpoints).
 */
export function namedCredentialRows({
  type,
}: NamedCredentialClient | LegacyNamedCredentialClient): readonly CatalogRow[] {
  return type === 'named-credential' ? securedEndpoint : legacy;
}
