import { join } from 'node:path';
import type { Gateways } from '../../src/apply/observe.js';
import type { Connection } from '../../src/config/connection.js';
import { createKeyMaterial } from '../../src/keys/create.js';
import { isChange } from '../../src/plan/step.js';
import { dryRun, provision, type DryRun, type Provisioned, type SetupDeps } from '../../src/setup.js';
import { FakeOrg, type FakeOrgOptions } from './fake-org.js';
import { temporaryProject } from './home.js';

const now = new Date('2026-11-01T12:00:00Z');

export const integrationUser = {
  id: '005000000000001',
  username: 'integration@acme.com',
  email: 'i@acme.com',
  isActive: true,
};

/** Runs setups of the connection `erp` in a project of its own, against orgs in memory. */
export class Provisioning {
  public readonly root = temporaryProject('setup');

  public constructor(public readonly platformPem: string) {}

  /** With a certificate of the kind that a client org makes. */
  public static async withCertificate(): Promise<Provisioning> {
    const subject = { CN: 'erp_jwt' };
    const { certificate } = await createKeyMaterial({ keySize: 2048, validDays: 365, subject, now });
    return new Provisioning(certificate.toString());
  }

  public serverOrg(options: Partial<FakeOrgOptions> = {}): FakeOrg {
    return new FakeOrg({ orgId: '00DSERVER', users: [integrationUser], ...options });
  }

  public clientOrg(options: Partial<FakeOrgOptions> = {}): FakeOrg {
    return new FakeOrg({ orgId: '00DCLIENT', certificatePem: this.platformPem, ...options });
  }

  public run(
    connection: Connection,
    orgs: Gateways,
    { force = false, ...deps }: Partial<SetupDeps> & { readonly force?: boolean } = {},
  ): Promise<Provisioned> {
    return provision(
      { connection, projectRoot: this.root, orgs, force, savesConnection: true },
      {
        now: () => now,
        storePassword: { given: async () => undefined, ask: async () => undefined },
        keyStoreImport: { kind: 'nobody' },
        onPlan: () => {},
        onBegin: () => {},
        onProgress: () => {},
        ...deps,
      },
    );
  }

  /** What a setup would do. */
  public plan(connection: Connection, orgs: Gateways): Promise<DryRun> {
    const storePassword = { given: async () => undefined, ask: async () => undefined };
    const input = { connection, projectRoot: this.root, orgs, force: false, savesConnection: true };
    return dryRun(input, { now: () => now, storePassword, keyStoreImport: { kind: 'nobody' } });
  }

  public get privateFolder(): string {
    return join(this.root, '.sf', 'jwt', 'erp');
  }

  public keyFile(suffix: string): string {
    return join(this.privateFolder, `erp_jwt.${suffix}`);
  }
}

/** The kinds of the steps that changed something. */
export const changes = ({ plan }: Provisioned): string[] => plan.steps.filter(isChange).map(({ kind }) => kind);
