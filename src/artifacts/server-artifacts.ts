import { X509Certificate } from 'node:crypto';
import type { App, SalesforceConnection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import type { Artifact, ArtifactOutline, ComponentRef } from './artifact.js';
import { makeArtifact, outlineOf } from './catalog.js';
import { serverCatalog } from './server-catalog.js';
import { apiVersion, developerName, emailAddress, label, scopes } from './names.js';
import type { TemplateValues } from './render.js';

/** Where `sf org login web` listens. The JWT bearer flow never goes there, but an app cannot be without a callback URL. */
const callbackUrl = 'http://localhost:1717/OauthRedirect';

/** The longest name that Salesforce's own policy name, `<app>_defaultPolicy`, leaves within 80 characters. */
export const maxAppName = 80 - '_defaultPolicy'.length;

/** An app takes a certificate of up to 4 KB (Metadata API Developer Guide: ConnectedApp). */
const maxCertificateBytes = 4096;

/**
 * What the server org needs: the permission set, and the app with the certificate.
 *
 * @param inputs.certificatePem The client's certificate as PEM
 * @throws refusedValue for a name or value that Salesforce would not take
 * @throws badAppCertificate for something else than one certificate, or one over 4 KB
 */
export function serverArtifacts(
  connection: SalesforceConnection,
  inputs: { readonly certificatePem: string },
): readonly Artifact[] {
  const { app } = connection.server;
  const values = { ...appValues(connection), certificatePem: appCertificate(inputs.certificatePem) };
  return serverCatalog[app.type].map((row) => makeArtifact(row, values));
}

/** The permission set alone: it needs no certificate, and is deployed first. @throws refusedValue */
export function permissionSetArtifacts(connection: SalesforceConnection): readonly Artifact[] {
  const { app } = connection.server;
  const values = appValues(connection);
  return serverCatalog[app.type].filter((row) => row.type === 'PermissionSet').map((row) => makeArtifact(row, values));
}

/** What `serverArtifacts` makes, without its content: known before there is a certificate. @throws refusedValue */
export function serverOutline(connection: SalesforceConnection): readonly ArtifactOutline[] {
  const { app } = connection.server;
  const values = appValues(connection);
  return serverCatalog[app.type].map((row) => outlineOf(row, values));
}

/** The component that a consumer key is read from. @throws refusedValue */
export function consumerKeyHolder(app: App): ComponentRef {
  const holder = app.type === 'connected-app' ? 'ConnectedApp' : 'ExtlClntAppGlobalOauthSettings';
  return { type: holder, fullName: developerName('app name', app.name, maxAppName) };
}

function appValues(connection: SalesforceConnection): TemplateValues {
  apiVersion(connection.apiVersion);
  const { app } = connection.server;
  const permissionSet = developerName('permission set', app.permissionSet);
  const scopeList = scopes('scope', app.scopes);
  return {
    appName: developerName('app name', app.name, maxAppName),
    appLabel: label('app label', app.label),
    contactEmail: emailAddress('contact email', app.contactEmail),
    permissionSet,
    permissionSetLabel: permissionSet.replaceAll('_', ' '),
    scopes: scopeList,
    commaSeparatedScopes: scopeList.join(', '),
    callbackUrl,
  };
}

/** One certificate as clean PEM, whatever stood around it; a private key in the same text never gets into an artifact. */
function appCertificate(pem: string): string {
  const clean = parseCertificate(pem).toString().trim();
  if (Buffer.byteLength(clean) > maxCertificateBytes) {
    throw new JwtError('badAppCertificate', [
      `it has ${Buffer.byteLength(clean)} bytes, and an app takes at most 4096`,
    ]);
  }
  return clean;
}

function parseCertificate(pem: string): X509Certificate {
  try {
    return new X509Certificate(pem);
  } catch (cause) {
    throw new JwtError('badAppCertificate', ['it is no X.509 certificate in PEM'], { cause });
  }
}
