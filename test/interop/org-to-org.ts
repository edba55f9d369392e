import { randomBytes } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { connectLocalOrg } from '../../src/cli/local-auth.js';
import { importIntoLocalOrg } from '../../src/cli/local-key-store.js';
import { verifyDeps } from '../../src/cli/verify-deps.js';
import type { Connection } from '../../src/config/connection.js';
import { startLocalOrgs, type LocalOrgOptions, type LocalOrgs, type RunningOrg } from '../../src/local-org/index.js';
import type { OrgGateway } from '../../src/org/gateway.js';
import { createGateway } from '../../src/org/salesforce.js';
import type { ServerRecord } from '../../src/plan/journal-state.js';
import { provision, serverRecord, type Provisioned } from '../../src/setup.js';
import { verifyConnection } from '../../src/verification.js';
import type { Verification } from '../../src/verify/verification-result.js';
import { temporaryProject } from '../helpers/home.js';
import { registerPassword } from '../helpers/secrets.js';

// Not in the source, of which a loader keeps a copy where the search for secrets would find it.
const password = registerPassword(randomBytes(16).toString('hex'));

type ClientConnection = Awaited<ReturnType<typeof connectLocalOrg>>;

/** Two local orgs, a project, and a connection that was really deployed to them. */
export class OrgToOrg {
  readonly #root = temporaryProject('org-to-org');
  #server: ServerRecord | undefined;
  #connection: Connection | undefined;

  private constructor(
    private readonly local: LocalOrgs,
    private readonly gateways: { readonly server: OrgGateway; readonly client: OrgGateway },
    /** To change the client org past the plugin. */
    public readonly client: ClientConnection,
    private readonly clientOrg: RunningOrg,
    public readonly integrationUsername: string,
  ) {}

  public static async start(options: LocalOrgOptions = {}): Promise<OrgToOrg> {
    const local = await startLocalOrgs(options);
    const [server, client] = local.orgs;
    if (!server || !client) throw new Error('no orgs were started');
    const clientConnection = await connectLocalOrg(client);
    const gateways = {
      server: await createGateway(await connectLocalOrg(server)),
      client: await createGateway(clientConnection),
    };
    return new OrgToOrg(local, gateways, clientConnection, client, server.integrationUsername);
  }

  public get serverOrgId(): string {
    return this.gateways.server.identity.orgId;
  }

  public async setUp(connection: Connection): Promise<Provisioned> {
    const input = {
      connection,
      projectRoot: this.#root,
      orgs: connection.server.type === 'salesforce' ? this.gateways : { client: this.gateways.client },
      force: false,
      savesConnection: true,
    };
    const provisioned = await provision(input, {
      now: () => new Date(),
      storePassword: { given: () => Promise.resolve(password), ask: () => Promise.resolve(undefined) },
      keyStoreImport: {
        kind: 'upload',
        upload: (bytes, secret) => importIntoLocalOrg(this.clientOrg, { name: 'erp_jwt.jks', bytes, password: secret }),
      },
      onPlan: () => {},
      onBegin: () => {},
      onProgress: () => {},
    });
    this.#connection = connection;
    this.#server = serverRecord(input, provisioned.facts);
    return provisioned;
  }

  public verify(change: Partial<Connection> = {}): Promise<Verification> {
    if (!this.#connection) throw new TypeError('nothing is set up');
    return verifyConnection(
      {
        connection: { ...this.#connection, ...change },
        projectRoot: this.#root,
        server: this.#server,
        clientOrg: this.gateways.client,
        deadlineSeconds: 0,
      },
      verifyDeps,
      () => {},
    );
  }

  /** What a developer does who edits a class and deploys it by other means. */
  public async changeClass(fullName: string, change: (body: string) => string): Promise<void> {
    const files = await this.gateways.client.sources([{ type: 'ApexClass', fullName }]);
    const zip = zipSync({
      ...Object.fromEntries(
        files.map(({ path, content }) => [path, strToU8(path.endsWith('.cls') ? change(content) : content)]),
      ),
      'package.xml': strToU8(
        `<Package xmlns="http://soap.sforce.com/2006/04/metadata"><types><members>${fullName}</members><name>ApexClass</name></types><version>67.0</version></Package>`,
      ),
    });
    const deploy = this.client.metadata.deploy(Buffer.from(zip), { singlePackage: true });
    const { success } = await deploy.complete();
    if (!success) throw new Error(`the changed class ${fullName} was refused`);
  }

  public close(): Promise<void> {
    return this.local.close();
  }
}
