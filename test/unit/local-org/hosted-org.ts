import { createSign, webcrypto } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { fromBER } from 'asn1js';
import * as asn1 from 'asn1js';
import { AttributeTypeAndValue, Certificate, CryptoEngine } from 'pkijs';
import { createFaultBox } from '../../../src/local-org/faults/fault-box.js';
import { faultRoutes } from '../../../src/local-org/faults/routes.js';
import type { LocalOrg, LocalOrgSettings } from '../../../src/local-org/model.js';
import { oauthRoutes } from '../../../src/local-org/oauth/routes.js';
import { restRoutes } from '../../../src/local-org/rest/routes.js';
import { seedOrg, startAdminSession } from '../../../src/local-org/seed.js';
import { selfRoutes } from '../../../src/local-org/self/routes.js';
import { createOrgServer } from '../../../src/local-org/server.js';
import { settingsWith } from '../../../src/local-org/settings.js';
import { setupPageRoutes } from '../../../src/local-org/setup-pages/routes.js';
import { emptyState, openOrg } from '../../../src/local-org/store/org-state.js';

export const startOfTest = Date.parse('2026-06-01T12:00:00Z');

/** An org under test: its inside, and its outside through HTTP. */
export type HostedOrg = {
  readonly org: LocalOrg;
  readonly admin: string;
  /** Faults of the server itself; there should be none. */
  readonly faults: unknown[];
  /** How long answers that are slow on demand would have waited, in milliseconds. */
  readonly waits: readonly number[];
  clock: number;
  /** Sends as the administrator, unless `authorization` says otherwise. */
  send(method: string, path: string, options?: SendOptions): Promise<Answer>;
  query(soql: string, path?: string): Promise<Answer>;
  close(): Promise<void>;
};

export type SendOptions = {
  readonly json?: unknown;
  readonly body?: string | URLSearchParams | FormData;
  readonly headers?: Readonly<Record<string, string>>;
};

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- answers are looked into as each test needs
export type Answer = { readonly status: number; readonly headers: Headers; readonly text: string; readonly body: any };

/** Hosts one org, or several that know of each other. */
export async function hostOrgs(
  aliases: readonly string[],
  settings: Partial<LocalOrgSettings> = {},
): Promise<readonly HostedOrg[]> {
  const orgs: LocalOrg[] = [];
  return Promise.all(
    aliases.map(async (alias) => {
      const state = { clock: startOfTest };
      const random = (size: number) => webcrypto.getRandomValues(new Uint8Array(size));
      const hosted = openOrg(emptyState(alias, random), {
        now: () => state.clock,
        random,
        settings: settingsWith({ allowConnectedAppCreation: true, ...settings }),
        orgs: () => orgs,
      });
      const { org } = hosted;
      orgs.push(org);
      seedOrg(org);
      const faults: unknown[] = [];
      const box = createFaultBox();
      const waits: number[] = [];
      const server = createOrgServer({
        org,
        routes: [...oauthRoutes, ...restRoutes, ...selfRoutes(fetch), ...setupPageRoutes, ...faultRoutes(box)],
        faults: box,
        wait: (milliseconds) => {
          waits.push(milliseconds);
          return Promise.resolve();
        },
        lateRoutes: async () => (await import('../../../src/local-org/metadata/index.js')).metadataRoutes,
        save: () => Promise.resolve(),
        onFault: (error) => faults.push(error),
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      hosted.listensAt((server.address() as AddressInfo).port);
      const admin = startAdminSession(org);
      const sendAs: HostedOrg['send'] = (method, path, options = {}) => send(org, admin, method, path, options);
      return Object.assign(state, {
        org,
        admin,
        faults,
        waits,
        send: sendAs,
        query: (soql: string, path = '/services/data/v67.0/query') =>
          sendAs('GET', `${path}?${new URLSearchParams({ q: soql }).toString()}`),
        close: async () => {
          server.closeAllConnections();
          await new Promise((resolve) => server.close(resolve));
        },
      });
    }),
  );
}

async function send(org: LocalOrg, admin: string, method: string, path: string, options: SendOptions): Promise<Answer> {
  const response = await fetch(org.instanceUrl + path, {
    method,
    redirect: 'manual',
    headers: {
      authorization: `Bearer ${admin}`,
      ...(options.json === undefined ? {} : { 'content-type': 'application/json' }),
      ...options.headers,
    },
    body: options.json === undefined ? options.body : JSON.stringify(options.json),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export type KeyPair = {
  readonly privateKey: webcrypto.CryptoKey;
  readonly privateKeyPem: string;
  readonly certificatePem: string;
};

/** A key pair with a self-signed certificate that ends when the test wants it to. */
export async function makeKeyPair(notAfter = new Date('2027-06-01T00:00:00Z')): Promise<KeyPair> {
  const crypto = new CryptoEngine({ name: 'node', crypto: webcrypto as never });
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const pair = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = new Certificate();
  certificate.version = 2;
  certificate.serialNumber = new asn1.Integer({ value: 1 });
  const name = () => new AttributeTypeAndValue({ type: '2.5.4.3', value: new asn1.Utf8String({ value: 'test' }) });
  certificate.issuer.typesAndValues.push(name());
  certificate.subject.typesAndValues.push(name());
  certificate.notBefore.value = new Date('2026-01-01T00:00:00Z');
  certificate.notAfter.value = notAfter;
  await certificate.subjectPublicKeyInfo.importKey(pair.publicKey, crypto);
  await certificate.sign(pair.privateKey, 'SHA-256', crypto);
  const der = certificate.toSchema(true).toBER();
  if (fromBER(der).offset === -1) throw new Error('not DER');
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey));
  return {
    privateKey: pair.privateKey,
    privateKeyPem: pem('PRIVATE KEY', pkcs8),
    certificatePem: pem('CERTIFICATE', Buffer.from(der)),
  };
}

function pem(label: string, der: Buffer): string {
  return `-----BEGIN ${label}-----\n${der.toString('base64').replace(/.{64}/g, '$&\n').trimEnd()}\n-----END ${label}-----\n`;
}

/** Signs claims with node's own crypto, so that neither our signer nor jose vouches for what the org verifies. */
export function signAssertion(
  privateKeyPem: string,
  claims: Readonly<Record<string, unknown>>,
  header: Readonly<Record<string, unknown>> = { alg: 'RS256' },
): string {
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const input = `${encode(header)}.${encode(claims)}`;
  return `${input}.${createSign('RSA-SHA256').update(input).sign(privateKeyPem, 'base64url')}`;
}

/** Puts a component into an org, as a deploy would leave it there. */
export function putComponent(org: LocalOrg, type: string, fullName: string, path: string, inner: string): void {
  const root = type;
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://soap.sforce.com/2006/04/metadata">${inner}</${root}>\n`;
  org.components.put({
    type,
    fullName,
    id: org.newId('888'),
    files: new Map([[path, Buffer.from(xml)]]),
    createdAt: org.now(),
    lastModifiedAt: org.now(),
  });
}

export type EcaOptions = {
  readonly certificate?: string;
  readonly scopes?: string;
  readonly permittedUsers?: string;
  readonly permissionSet?: string;
  readonly profile?: string;
  readonly isEnabled?: boolean;
  readonly consumerKey?: string;
};

/** An External Client App in its five components. */
export function putExternalClientApp(org: LocalOrg, options: EcaOptions): void {
  const app = '<externalClientApplication>Crm</externalClientApplication>';
  const put = (type: string, path: string, inner: string): void => putComponent(org, type, 'Crm', path, inner);
  put('ExternalClientApplication', 'externalClientApps/Crm.eca', '<label>Crm</label>');
  put(
    'ExtlClntAppGlobalOauthSettings',
    'extlClntAppGlobalOauthSets/Crm.ecaGlblOauth',
    `${tag('certificate', options.certificate)}${tag('consumerKey', options.consumerKey ?? 'CRM_KEY')}${app}`,
  );
  put(
    'ExtlClntAppOauthSettings',
    'extlClntAppOauthSettings/Crm.ecaOauth',
    `${tag('commaSeparatedOauthScopes', options.scopes ?? 'Api, Web, RefreshToken')}${app}`,
  );
  put(
    'ExtlClntAppOauthConfigurablePolicies',
    'extlClntAppOauthPolicies/Crm.ecaOauthPlcy',
    `${tag('commaSeparatedPermissionSet', options.permissionSet)}${tag('commaSeparatedProfile', options.profile)}${app}${tag('permittedUsersPolicyType', options.permittedUsers ?? 'AdminApprovedPreAuthorized')}`,
  );
  put(
    'ExtlClntAppConfigurablePolicies',
    'extlClntAppPolicies/Crm.ecaPlcy',
    `${app}<isEnabled>${String(options.isEnabled ?? true)}</isEnabled>`,
  );
}

/** A Connected App. */
export function putConnectedApp(org: LocalOrg, options: EcaOptions): void {
  const scopes = (options.scopes ?? 'Api, Web, RefreshToken').split(', ').map((scope) => tag('scopes', scope));
  const config = `${tag('certificate', options.certificate)}${tag('consumerKey', options.consumerKey ?? 'CRM_KEY')}<isAdminApproved>true</isAdminApproved>${scopes.join('')}`;
  const inner = `<contactEmail>a@b.c</contactEmail><label>Crm</label><oauthConfig>${config}</oauthConfig>${tag('permissionSetName', options.permissionSet)}${tag('profileName', options.profile)}`;
  putComponent(org, 'ConnectedApp', 'Crm', 'connectedApps/Crm.connectedApp', inner);
}

function tag(name: string, value: string | undefined): string {
  return value === undefined ? '' : `<${name}>${value}</${name}>`;
}

/** Makes a permission set and gives it to a user; returns the id of the assignment. */
export function assignPermissionSet(org: LocalOrg, username: string, name = 'Crm_Access'): string {
  const user = org.records.all('User').find(({ Username }) => Username === username);
  const known = org.records.all('PermissionSet').find(({ Name }) => Name === name);
  const permissionSet =
    known ?? org.records.insert('PermissionSet', { Name: name, Label: name, IsOwnedByProfile: false });
  return org.records.insert('PermissionSetAssignment', { AssigneeId: user?.Id, PermissionSetId: permissionSet.Id }).Id;
}

export function userId(org: LocalOrg, username: string): string {
  return org.records.all('User').find(({ Username }) => Username === username)?.Id ?? '';
}
