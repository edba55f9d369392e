import { unzipSync, zipSync } from 'fflate';
import { XMLParser } from 'fast-xml-parser';
import { randomBytes } from 'node:crypto';
import { restError, type LocalResponse } from '../../../../src/local-org/http.js';
import { metadataRoutes } from '../../../../src/local-org/metadata/index.js';
import type { DeployResult } from '../../../../src/local-org/metadata/deploy/deploy-result.js';
import type { LocalOrg, LocalOrgSettings } from '../../../../src/local-org/model.js';
import { RestRefusal } from '../../../../src/local-org/rest/refusal.js';
import { matchRoute } from '../../../../src/local-org/router.js';
import { seedOrg, startAdminSession } from '../../../../src/local-org/seed.js';
import { settingsWith } from '../../../../src/local-org/settings.js';
import { emptyState, openOrg } from '../../../../src/local-org/store/org-state.js';
import { packageXml, type Files } from './metadata-xml.js';

export type Answer = { readonly status: number; readonly text: string; readonly xml: Record<string, unknown> };

export type DeployOptions = {
  readonly manifest?: string;
  readonly options?: Readonly<Record<string, string | boolean>>;
};

/** An org without a server: requests go straight to the routes of the Metadata API. */
export type MetadataOrg = {
  readonly org: LocalOrg;
  clock: number;
  /** Body of a `<operation>` call, with a session unless told otherwise. */
  soap(operation: string, inner?: string, session?: string): Promise<Answer>;
  raw(body: string, path?: string): Promise<Answer>;
  rest(method: string, path: string, body?: Buffer, headers?: Record<string, string>): Promise<Answer>;
  /** Deploys with rollback, and returns the result with details. The manifest names every file's component by default. */
  deploy(files: Files, options?: DeployOptions): Promise<DeployResult>;
  deployZip(zip: Uint8Array, options?: DeployOptions['options']): Promise<DeployResult>;
  problems(files: Files, options?: DeployOptions): Promise<readonly string[]>;
  /** The files of a retrieve, package.xml at the top; members by type. */
  retrieve(members: Readonly<Record<string, readonly string[]>>): Promise<Record<string, string>>;
};

/** @param siblings The other orgs of the process */
export function openMetadataOrg(
  settings: Partial<LocalOrgSettings> = {},
  siblings: readonly LocalOrg[] = [],
): MetadataOrg {
  const state = { clock: Date.parse('2026-06-01T12:00:00Z') };
  const { org } = openOrg(emptyState('metadata', randomBytes), {
    now: () => state.clock,
    random: randomBytes,
    settings: settingsWith({ allowConnectedAppCreation: true, ...settings }),
    orgs: () => siblings,
  });
  seedOrg(org);
  const session = startAdminSession(org);
  const request = async (method: string, path: string, body: Buffer, headers: Record<string, string>) => {
    const url = new URL(path, 'http://localhost');
    const match = matchRoute(metadataRoutes, method, url.pathname);
    if (match.kind !== 'found') throw new Error(`${method} ${path}: ${match.kind}`);
    const userId = org.records.all('User')[0]!.Id;
    const { params } = match;
    const request = { method, path: url.pathname, params, query: url.searchParams, headers, body, userId };
    try {
      return await match.route.handler(request, org);
    } catch (error) {
      // As the server does.
      if (error instanceof RestRefusal) return restError(error.status, error.errorCode, error.message);
      throw error;
    }
  };
  const raw: MetadataOrg['raw'] = async (body, path = '/services/Soap/m/67.0') =>
    toAnswer(await request('POST', path, Buffer.from(body), {}));
  const soap: MetadataOrg['soap'] = (operation, inner = '', token = session) => raw(envelope(operation, inner, token));
  const deployZip: MetadataOrg['deployZip'] = async (zip, options = {}) => {
    const flags = Object.entries({ rollbackOnError: true, singlePackage: true, ...options });
    const zipFile = `<ZipFile>${Buffer.from(zip).toString('base64')}</ZipFile>`;
    const started = await soap('deploy', `${zipFile}<DeployOptions>${flags.map(element).join('')}</DeployOptions>`);
    const id = /<id>(0Af\w+)<\/id>/.exec(started.text)?.[1] ?? '';
    const answer = await request(
      'GET',
      `/services/data/v67.0/metadata/deployRequest/${id}?includeDetails=true`,
      Buffer.alloc(0),
      {},
    );
    return (JSON.parse(answer.body.toString()) as { deployResult: DeployResult }).deployResult;
  };
  const retrieve: MetadataOrg['retrieve'] = async (members) => {
    const wanted = /<types>.*<\/version>/s.exec(packageXml(members))?.[0] ?? '';
    const inner = `<request><singlePackage>true</singlePackage><unpackaged>${wanted}</unpackaged></request>`;
    const id = /<id>(\w+)<\/id>/.exec((await soap('retrieve', inner)).text)?.[1] ?? '';
    const { text } = await soap('checkRetrieveStatus', `<asyncProcessId>${id}</asyncProcessId>`);
    const files = unzipSync(Buffer.from(/<zipFile>([^<]*)</.exec(text)?.[1] ?? '', 'base64'));
    return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, Buffer.from(bytes).toString()]));
  };
  const deploy: MetadataOrg['deploy'] = (files, { manifest = manifestOf(files), options } = {}) =>
    deployZip(zipOf({ 'package.xml': manifest, ...files }), options);
  return Object.assign(state, {
    org,
    soap,
    raw,
    rest: async (method: string, path: string, body = Buffer.alloc(0), headers: Record<string, string> = {}) =>
      toAnswer(await request(method, path, body, headers)),
    deploy,
    deployZip,
    retrieve,
    problems: async (files: Files, options?: DeployOptions) =>
      (await deploy(files, options)).details.componentFailures.map(({ problem }) => problem ?? ''),
  });
}

export function zipOf(files: Files): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)])));
}

const typeOfDirectory: Readonly<Record<string, string>> = {
  cachePartitions: 'PlatformCachePartition',
  authproviders: 'AuthProvider',
  certs: 'Certificate',
  classes: 'ApexClass',
  connectedApps: 'ConnectedApp',
  cspTrustedSites: 'CspTrustedSite',
  customMetadata: 'CustomMetadata',
  externalClientApps: 'ExternalClientApplication',
  externalCredentials: 'ExternalCredential',
  extlClntAppGlobalOauthSets: 'ExtlClntAppGlobalOauthSettings',
  extlClntAppOauthPolicies: 'ExtlClntAppOauthConfigurablePolicies',
  extlClntAppOauthSettings: 'ExtlClntAppOauthSettings',
  extlClntAppPolicies: 'ExtlClntAppConfigurablePolicies',
  namedCredentials: 'NamedCredential',
  objects: 'CustomObject',
  permissionsets: 'PermissionSet',
  remoteSiteSettings: 'RemoteSiteSetting',
  settings: 'Settings',
};

/** A package.xml that names the component of every file. */
export function manifestOf(files: Files): string {
  const members: Record<string, string[]> = {};
  for (const path of Object.keys(files)) {
    const [directory = '', name = ''] = path.split('/');
    const type = typeOfDirectory[directory];
    if (type === undefined || name.endsWith('-meta.xml')) continue;
    (members[type] ??= []).push(name.replace(/\.[^.]+$/, ''));
  }
  return packageXml(members);
}

export function envelope(operation: string, inner: string, session: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"' +
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Header xmlns="http://soap.sforce.com/2006/04/metadata">' +
    `<SessionHeader><sessionId>${session}</sessionId></SessionHeader></soapenv:Header>` +
    `<soapenv:Body xmlns="http://soap.sforce.com/2006/04/metadata"><${operation}>${inner}</${operation}></soapenv:Body></soapenv:Envelope>`
  );
}

function element([name, value]: readonly [string, string | boolean]): string {
  return `<${name}>${String(value)}</${name}>`;
}

function toAnswer(response: LocalResponse): Answer {
  const text = response.body.toString();
  const xml = text.startsWith('<?xml')
    ? (new XMLParser({ parseTagValue: false }).parse(text) as Record<string, unknown>)
    : {};
  return { status: response.status, text, xml };
}
