import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Connection } from '../../../src/config/connection.js';
import type { ConnectionDraft } from '../../../src/config/draft.js';
import type { KeyMaterial } from '../../../src/keys/key-material.js';
import { verifyConnection } from '../../../src/verification.js';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import type { Verification } from '../../../src/verify/verification-result.js';
import { apexConnection, namedCredentialConnection, oauthConnection } from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { temporaryProject } from '../../helpers/home.js';
import { deployedClasses } from './deployed-classes.js';
import { org as answeringOrg, orgId, origin } from './answering-org.js';
import { fakeWorld, jsonResponse, keyMaterial, pemOf, startOfTest, type World } from './material.js';

export const server = { orgId, instanceUrl: origin, consumerKey: '3MVG9.key', org: 'erp-prod', app: 'Erp_Integration' };

const username = 'integration@acme.com';

const orgClients = {
  apex: { type: 'apex', org: 'crm prod', settings: 'inline' },
  'named-credential': { type: 'named-credential', org: 'crm prod' },
  'legacy-named-credential': { type: 'legacy-named-credential', org: 'crm prod' },
} as const;

/** The connection of a client type and certificate source, for either type of server. */
export function connect(
  type: keyof typeof orgClients,
  toOrg: boolean,
  source: 'generate' | 'existing' | 'platform',
): Connection {
  const files = source === 'existing' ? { files: { store: 'erp.jks' } } : {};
  const certificate: ConnectionDraft['certificate'] = { source, name: 'erp_jwt', ...files };
  const more = { client: orgClients[type], certificate };
  if (!toOrg) return oauthConnection(more);
  return type === 'apex' ? apexConnection(more) : namedCredentialConnection(more);
}

/** The org of `answering-org`, for the user of these connections. */
export const orgThatKnowsUs = (): World =>
  answeringOrg({ userInfo: () => jsonResponse(200, { preferred_username: username, organization_id: orgId }) });

const oauthServer = (): World =>
  fakeWorld(({ form }) =>
    form.has('assertion')
      ? jsonResponse(200, { access_token: 'planted-token-value', token_type: 'Bearer' })
      : jsonResponse(400, { error: 'invalid_request' }, { date: startOfTest.toUTCString() }),
  );

type Subject = {
  readonly org?: FakeOrg;
  readonly world?: World;
  readonly deadlineSeconds?: number;
  readonly onProgress?: (event: VerifyProgress) => void;
};

/** A project with the connection `erp`, and the orgs of it. */
export class VerifiedProject {
  readonly #root = temporaryProject('verification');

  private constructor(public readonly material: KeyMaterial) {}

  public static async create(): Promise<VerifiedProject> {
    return new VerifiedProject(await keyMaterial());
  }

  public writeKey(): void {
    const { privateKey, certificate } = this.material;
    this.#write('.sf/jwt/erp/erp_jwt.key', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    this.#write('.sf/jwt/erp/erp_jwt.crt', pemOf(certificate));
  }

  public writeApp(): void {
    const pem = pemOf(this.material.certificate);
    this.#write(
      'jwt/erp/server/main/default/extlClntAppGlobalOauthSets/Erp_Integration.ecaGlblOauth-meta.xml',
      `<ExtlClntAppGlobalOauthSettings><certificate>${pem}</certificate></ExtlClntAppGlobalOauthSettings>`,
    );
  }

  /** A local org as client org that has the certificate, and counts how often it is asked. */
  public clientOrg(report: object = {}) {
    const fake = new FakeOrg({ orgId: '00DCLIENT', certificatePem: pemOf(this.material.certificate) });
    fake.components.set('Certificate:erp_jwt', '');
    let runs = 0;
    const run = () => {
      runs += 1;
      return Promise.resolve({ issued: true, status: 200, username, orgId, scope: 'api web', ...report });
    };
    return Object.assign(fake, { localOrg: { runJwtBearer: run, callNamedCredential: run }, runs: () => runs });
  }

  /** The network of a server of either type. */
  public world({ server: { type } }: Connection): World {
    return type === 'salesforce' ? orgThatKnowsUs() : oauthServer();
  }

  /** Verifies a connection whose classes the client org has. */
  public verify(
    connection: Connection,
    { org = this.clientOrg(), world, deadlineSeconds = 0, onProgress = () => {} }: Subject = {},
  ): Promise<Verification> {
    const toOrg = connection.server.type === 'salesforce';
    for (const [path, content] of deployedClasses(connection, server)) org.files.set(path, content);
    return verifyConnection(
      {
        connection,
        projectRoot: this.#root,
        server: toOrg ? server : undefined,
        clientOrg: connection.client.type === 'external' ? undefined : org,
        deadlineSeconds,
      },
      world ?? this.world(connection),
      onProgress,
    );
  }

  #write(path: string, content: string): void {
    const file = join(this.#root, path);
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, content, { mode: 0o600 });
  }
}
