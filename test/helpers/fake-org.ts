import { readFile } from 'node:fs/promises';
import type { ComponentRef } from '../../src/artifacts/artifact.js';
import type {
  CertificateEntry,
  DeployOutcome,
  DeployRequest,
  OrgGateway,
  OrgSource,
  OrgUser,
} from '../../src/org/gateway.js';

/** Source folders and the types in them, as far as a connection has artifacts of them. */
const typeOfFolder: Readonly<Record<string, string>> = {
  certs: 'Certificate',
  permissionsets: 'PermissionSet',
  externalClientApps: 'ExternalClientApplication',
  extlClntAppGlobalOauthSets: 'ExtlClntAppGlobalOauthSettings',
  extlClntAppOauthSettings: 'ExtlClntAppOauthSettings',
  extlClntAppOauthPolicies: 'ExtlClntAppOauthConfigurablePolicies',
  extlClntAppPolicies: 'ExtlClntAppConfigurablePolicies',
  connectedApps: 'ConnectedApp',
  classes: 'ApexClass',
  remoteSiteSettings: 'RemoteSiteSetting',
  namedCredentials: 'NamedCredential',
  externalCredentials: 'ExternalCredential',
  customMetadata: 'CustomMetadata',
  settings: 'Settings',
};

export type FakeOrgOptions = {
  readonly orgId: string;
  readonly users?: readonly OrgUser[];
  /** Called before and after every effect; throws to stand for a run that was killed there. */
  readonly effect?: (name: string) => void;
  /** PEM of the certificate that the org makes for a deployed Certificate. */
  readonly certificatePem?: string;
  readonly refuse?: DeployOutcome['problems'];
  /** Platform Cache partitions by developer name; an org without the option has no Platform Cache. */
  readonly cachePartitions?: readonly string[];
  /** What the org says beside every deploy that it takes. */
  readonly warnings?: readonly string[];
};

/** An org in memory, for tests of what is asked of an org and in which order. Everything that it did is in `log`. */
export class FakeOrg implements OrgGateway {
  public readonly identity;
  public readonly log: string[] = [];
  public readonly components = new Map<string, string>();
  public readonly assignments = new Set<string>();
  public readonly deploys = new Map<string, boolean>();

  public constructor(public readonly options: FakeOrgOptions) {
    this.identity = {
      orgId: options.orgId,
      username: `admin@${options.orgId.toLowerCase()}.example.com`,
      instanceUrl: `https://${options.orgId.toLowerCase()}.my.salesforce.com`,
    };
  }

  public currentUser = async (): Promise<OrgUser> => ({
    id: '005000000000000',
    username: this.identity.username,
    email: 'admin@example.com',
    isActive: true,
  });

  public findUser = async (username: string): Promise<OrgUser | undefined> =>
    this.options.users?.find((user) => user.username === username);

  public existing = async (components: readonly ComponentRef[]): Promise<readonly ComponentRef[]> =>
    components.filter((component) => this.#nameOf(component) !== undefined);

  /** Under which name the org has a component: it takes no notice of case. */
  #nameOf({ type, fullName }: ComponentRef): string | undefined {
    const wanted = `${type}:${fullName}`.toLowerCase();
    return [...this.components.keys()].find((name) => name.toLowerCase() === wanted);
  }

  public componentsIn = async (paths: readonly string[]): Promise<readonly ComponentRef[]> =>
    [...new Set(paths.map((path) => refOf(path)))].map((ref) => {
      const [type = '', ...fullName] = ref.split(':');
      return { type, fullName: fullName.join(':') };
    });

  /** The files of a component by the names that they have in the zip of a retrieve. */
  public readonly files = new Map<string, string>();

  public sources = async (components: readonly ComponentRef[]): Promise<readonly OrgSource[]> => {
    const names = components.map(({ fullName }) => `/${fullName}.`.toLowerCase());
    return [...this.files]
      .filter(([path]) => names.some((name) => path.toLowerCase().includes(name)))
      .map(([path, content]) => ({ path, content }));
  };

  public async deploy(request: DeployRequest): Promise<DeployOutcome> {
    if (request.resumeId !== undefined) return this.#resume(request, request.resumeId);
    const id = `0Af${this.deploys.size}`;
    this.options.effect?.('deploy starts');
    await request.onStarted?.(id);
    this.#unseen.set(id, await Promise.all(request.paths.map((path) => this.#filed(path))));
    const end = this.#end(request, id);
    if (end) return end;
    if (this.options.refuse) return { ...this.#outcome(id, false), problems: this.options.refuse };
    for (const path of request.paths) await this.#take(path);
    this.deploys.set(id, true);
    this.log.push(`deploy ${[...new Set(request.paths.map((path) => refOf(path)))].sort().join(' ')}`);
    this.options.effect?.('deploy ends');
    return this.#outcome(id, true);
  }

  async #resume(request: DeployRequest, id: string): Promise<DeployOutcome> {
    this.log.push(`resume ${id}`);
    const end = this.#end(request, id);
    // Whoever sees the end of it sees an org that has its files.
    if (end?.success) for (const [path, text] of this.#unseen.get(id) ?? []) this.files.set(path, text);
    return end ?? this.#outcome(id, this.deploys.has(id));
  }

  /** How deploys end that do not simply go through; throws for one whose end nobody sees. */
  public verdict: (request: DeployRequest) => Partial<DeployOutcome> | undefined = () => undefined;

  #end(request: DeployRequest, id: string): DeployOutcome | undefined {
    const verdict = this.verdict(request);
    if (verdict === undefined) return undefined;
    this.log.push(`ends ${verdict.unfinished ?? (verdict.success ? 'well' : 'badly')}`);
    return { ...this.#outcome(id, false), ...verdict };
  }

  #outcome(id: string, success: boolean): DeployOutcome {
    return { id, success, problems: [], warnings: success ? (this.options.warnings ?? []) : [], testsRun: 0 };
  }

  readonly #unseen = new Map<string, readonly (readonly [string, string])[]>();

  /** A file as a retrieve gives it out. */
  async #filed(path: string): Promise<readonly [string, string]> {
    return [inZip(path), this.written(await readFile(path, 'utf8'))];
  }

  /** How the org writes what it was given. */
  public written: (text: string) => string = (text) => text;

  async #take(path: string): Promise<void> {
    this.files.set(...(await this.#filed(path)));
    // Of a component of two files, the content counts.
    if (/\.(cls|crt)-meta\.xml$/.test(path)) return;
    const [type = '', fullName = ''] = refOf(path).split(':');
    this.components.set(this.#nameOf({ type, fullName }) ?? refOf(path), await readFile(path, 'utf8'));
  }

  public readConsumerKey = async (app: ComponentRef): Promise<string | undefined> =>
    this.components.has(`${app.type}:${app.fullName}`) ? `3MVG9${this.options.orgId}.key` : undefined;

  public retrieveCertificate = async (name: string): Promise<string | undefined> =>
    this.components.has(`Certificate:${name}`) ? (this.#imported.get(name) ?? this.options.certificatePem) : undefined;

  /** What somebody does in Setup: the keystore with this certificate becomes an entry of that name. */
  public import(name: string, pem: string): void {
    this.options.effect?.('import starts');
    this.components.set(`Certificate:${name}`, '');
    this.#imported.set(name, pem);
    this.log.push(`import ${name}`);
    this.options.effect?.('import ends');
  }

  readonly #imported = new Map<string, string>();

  /** Names of certificates that were deleted, and that the Tooling API still tells of. */
  public readonly deletedCertificates = new Set<string>();

  public findCertificate = async (name: string): Promise<CertificateEntry | undefined> => {
    if (this.components.has(`Certificate:${name}`)) return { id: `0P1-${name}` };
    return this.deletedCertificates.has(name) ? { id: `0P1-deleted-${name}` } : undefined;
  };

  public hasCertificates = async (): Promise<boolean> =>
    [...this.components.keys()].some((component) => component.startsWith('Certificate:'));

  public findCachePartition = async (name: string): Promise<'present' | 'missing' | 'unavailable'> => {
    const { cachePartitions } = this.options;
    if (cachePartitions === undefined) return 'unavailable';
    return cachePartitions.includes(name) ? 'present' : 'missing';
  };

  public hasPermissionSet = async (userId: string, permissionSet: string): Promise<boolean> =>
    this.assignments.has(`${userId}:${permissionSet}`);

  public async assignPermissionSet(userId: string, permissionSet: string): Promise<void> {
    this.options.effect?.('assignment starts');
    this.assignments.add(`${userId}:${permissionSet}`);
    this.log.push(`assign ${permissionSet}`);
    this.options.effect?.('assignment ends');
  }

  public executeAnonymous = async (): Promise<never> => {
    throw new Error('the fake org runs no Apex');
  };
}

/** Where a file is in the zip of a retrieve. */
function inZip(path: string): string {
  const folder = path.split('/').findLast((segment) => segment in typeOfFolder) ?? '';
  const name = path.slice(path.lastIndexOf('/') + 1);
  return `${folder}/${/\.(cls|crt)-meta\.xml$/.test(name) ? name : name.replace(/-meta\.xml$/, '')}`;
}

function refOf(path: string): string {
  // The fields of an object are files of their own, and part of it.
  const object = /\/objects\/([^/]+)\//.exec(path)?.[1];
  if (object !== undefined) return `CustomObject:${object}`;
  const segments = path.split('/');
  const folder = segments.findLast((segment) => segment in typeOfFolder) ?? '';
  const file = segments.at(-1) ?? '';
  return `${typeOfFolder[folder]}:${file.replace(/\.[^.]+(-meta\.xml)?$/, '').replace(/\.(cls|crt)$/, '')}`;
}
