import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import type { Connection } from '../../../src/config/connection.js';
import type { ConnectionDraft } from '../../../src/config/draft.js';
import type { KeyMaterial } from '../../../src/keys/key-material.js';
import { verifyConnection } from '../../../src/verification.js';
import { checkNames } from '../../../src/verify/check.js';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import {
  apexConnection,
  externalConnection,
  namedCredentialConnection,
  oauthConnection,
} from '../../helpers/connections.js';
import { FakeOrg } from '../../helpers/fake-org.js';
import { temporaryProject } from '../../helpers/home.js';
import { org as answeringOrg, orgId, origin, statusesOf } from './answering-org.js';
import { fakeWorld, jsonResponse, keyMaterial, pemOf, startOfTest } from './material.js';

const server = { orgId, instanceUrl: origin, consumerKey: '3MVG9.key', org: 'erp-prod', app: 'Erp_Integration' };
const username = 'integration@acme.com';

/** Checks of this machine, of a client org that signs alone, and of one that signs as well. */
const here = ['key-matches-certificate', 'certificate-valid', 'endpoint-reachable', 'clock-skew', 'token-issued'];
const used = ['token-works', 'user-and-org', 'scopes'];
const there = ['client-org-certificate', 'client-org-token', 'client-org-call'];
const alone = ['certificate-valid', 'certificate-in-app', 'token-issued'];

const orgClients = {
  apex: { type: 'apex', org: 'crm prod', settings: 'inline' },
  'named-credential': { type: 'named-credential', org: 'crm prod' },
  'legacy-named-credential': { type: 'legacy-named-credential', org: 'crm prod' },
} as const;

describe('verifyConnection', () => {
  let material: KeyMaterial;
  let projectRoot: string;

  before(async () => {
    material = await keyMaterial();
  });

  beforeEach(() => {
    projectRoot = temporaryProject('verification');
  });

  const write = (path: string, content: string): void => {
    mkdirSync(join(projectRoot, dirname(path)), { recursive: true, mode: 0o700 });
    writeFileSync(join(projectRoot, path), content, { mode: 0o600 });
  };

  const writeKey = (): void => {
    write('.sf/jwt/erp/erp_jwt.key', material.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
    write('.sf/jwt/erp/erp_jwt.crt', pemOf(material.certificate));
  };

  const writeApp = (): void =>
    write(
      'jwt/erp/server/main/default/extlClntAppGlobalOauthSets/Erp_Integration.ecaGlblOauth-meta.xml',
      `<ExtlClntAppGlobalOauthSettings><certificate>${pemOf(material.certificate)}</certificate></ExtlClntAppGlobalOauthSettings>`,
    );

  /** A local org as client org that has the certificate and the classes. */
  const clientOrg = (report: object = {}, pem: string | undefined = pemOf(material.certificate)) => {
    const fake = new FakeOrg({ orgId: '00DCLIENT', certificatePem: pem });
    if (pem !== undefined) fake.components.set('Certificate:erp_jwt', '');
    for (const name of ['ErpTokenProvider', 'ErpClient']) fake.components.set(`ApexClass:${name}`, '');
    let runs = 0;
    const run = () => {
      runs += 1;
      return Promise.resolve({ issued: true, status: 200, username, orgId, scope: 'api web', ...report });
    };
    return Object.assign(fake, { localOrg: { runJwtBearer: run, callNamedCredential: run }, runs: () => runs });
  };

  const orgThatKnowsUs = () =>
    answeringOrg({ userInfo: () => jsonResponse(200, { preferred_username: username, organization_id: orgId }) });

  const oauthServer = () =>
    fakeWorld(({ form }) =>
      form.has('assertion')
        ? jsonResponse(200, { access_token: 'planted-token-value', token_type: 'Bearer' })
        : jsonResponse(400, { error: 'invalid_request' }, { date: startOfTest.toUTCString() }),
    );

  const verify = (
    connection: Connection,
    org = clientOrg(),
    world = connection.server.type === 'salesforce' ? orgThatKnowsUs() : oauthServer(),
    onProgress: (event: VerifyProgress) => void = () => {},
  ) =>
    verifyConnection(
      {
        connection,
        projectRoot,
        server: connection.server.type === 'salesforce' ? server : undefined,
        clientOrg: connection.client.type === 'external' ? undefined : org,
        deadlineSeconds: 0,
      },
      world,
      onProgress,
    );

  /** The connection of a client type, for either type of server. */
  const connect = (type: keyof typeof orgClients, toOrg: boolean, source: 'generate' | 'existing' | 'platform') => {
    const certificate: ConnectionDraft['certificate'] = {
      source,
      name: 'erp_jwt',
      ...(source === 'existing' ? { files: { store: 'erp.jks' } } : {}),
    };
    const more = { client: orgClients[type], certificate };
    if (!toOrg) return oauthConnection(more);
    return type === 'apex' ? apexConnection(more) : namedCredentialConnection(more);
  };

  for (const type of ['apex', 'named-credential', 'legacy-named-credential'] as const) {
    for (const source of ['generate', 'existing'] as const) {
      it(`lets this machine and the client org sign: ${type}, ${source}, to an org`, async () => {
        writeKey();
        const { checks, verified, orgId: reached } = await verify(connect(type, true, source));

        expect(checks.map(({ name }) => name)).to.deep.equal([
          ...here,
          ...used,
          ...there,
          'client-org-user',
          'client-org-runs',
        ]);
        expect([...new Set(checks.slice(0, -1).map(({ status }) => status))]).to.deep.equal(['passed']);
        expect(statusesOf(checks)['client-org-runs']).to.equal('skipped');
        expect([verified, reached]).to.deep.equal([true, orgId]);
      });

      it(`lets both sign as far as the token: ${type}, ${source}, to another server`, async () => {
        writeKey();
        const { checks, verified } = await verify(connect(type, false, source));

        expect(checks.map(({ name }) => name)).to.deep.equal([
          ...here,
          'token-works',
          'scopes',
          ...there,
          'client-org-runs',
        ]);
        expect(verified).to.equal(true);
      });
    }

    it(`lets the client org sign alone: ${type}, platform, to an org`, async () => {
      writeApp();
      const world = orgThatKnowsUs();
      const { checks, verified } = await verify(connect(type, true, 'platform'), clientOrg(), world);

      expect(checks.map(({ name }) => name)).to.deep.equal([...alone, ...used, 'client-org-runs']);
      expect([verified, world.sent]).to.deep.equal([true, []]);
    });

    it(`lets the client org sign alone: ${type}, platform, to another server`, async () => {
      const { checks, verified } = await verify(connect(type, false, 'platform'));

      expect(checks.map(({ name }) => name)).to.deep.equal([
        'certificate-valid',
        'token-issued',
        'token-works',
        'scopes',
        'client-org-certificate',
        'client-org-runs',
      ]);
      expect(verified).to.equal(true);
    });

    it(`does without a key that is elsewhere, as in a fresh clone: ${type}`, async () => {
      writeApp();
      const { checks, verified } = await verify(connect(type, true, 'generate'));

      expect(checks.map(({ name }) => name)).to.deep.equal([...alone, ...used, 'client-org-runs']);
      expect(verified).to.equal(true);
    });
  }

  it('lets this machine sign for a caller outside Salesforce, to an org and to another server', async () => {
    writeKey();
    const certificate = { name: 'erp_jwt' };
    const toOrg = await verify(externalConnection({ certificate }));
    const toOther = await verify(oauthConnection({ client: { type: 'external' }, certificate }));

    expect(toOrg.checks.map(({ name }) => name)).to.deep.equal([...here, ...used]);
    expect(toOther.checks.map(({ name }) => name)).to.deep.equal([...here, 'token-works', 'scopes']);
    expect([toOrg.verified, toOther.verified]).to.deep.equal([true, true]);
  });

  it('lists every check once, in the order of the docs, and shows the same while it runs', async () => {
    writeKey();
    const shown: string[] = [];
    const { checks } = await verify(connect('named-credential', true, 'generate'), clientOrg(), undefined, (event) => {
      if (event.kind === 'finished') shown.push(event.check.name);
    });
    const names = checks.map(({ name }) => name);

    expect(names).to.deep.equal(checkNames.filter((name) => names.includes(name)));
    expect(shown).to.deep.equal(names);
  });

  it('is verified by neither alone', async () => {
    writeKey();
    const connection = connect('named-credential', true, 'generate');
    const refused = clientOrg({ issued: false, error: 'invalid_grant', errorDescription: 'invalid assertion' });
    const onlyHere = await verify(connection, refused);
    const onlyThere = await verify(
      connection,
      clientOrg(),
      answeringOrg({ token: () => jsonResponse(400, { error: 'invalid_grant', error_description: 'ip restricted' }) }),
    );

    expect([onlyHere.verified, onlyThere.verified]).to.deep.equal([false, false]);
    expect(statusesOf(onlyHere.checks)).to.include({ 'token-issued': 'passed', 'client-org-token': 'failed' });
    expect(statusesOf(onlyThere.checks)).to.include({ 'token-issued': 'failed', 'client-org-token': 'passed' });
  });

  it('does not wait again for an app that has been waited for', async () => {
    writeKey();
    const refusal = { error: 'invalid_client_id', error_description: 'client identifier invalid' };
    const org = clientOrg({ issued: false, error: refusal.error, errorDescription: refusal.error_description });
    const world = answeringOrg({ token: () => jsonResponse(400, refusal) });
    const connection = connect('named-credential', true, 'generate');
    await verifyConnection({ connection, projectRoot, server, clientOrg: org, deadlineSeconds: 5 }, world, () => {});

    expect([world.slept, org.runs()]).to.deep.equal([[5], 1]);
  });

  it('puts the names of the connection into what to do next, also while it runs', async () => {
    const fault = "We couldn't access the credential(s). You might not have the required permissions.";
    const org = clientOrg({ issued: false, error: 'System.CalloutException', errorDescription: fault });
    const seen: string[] = [];
    writeApp();
    const { checks } = await verify(connect('named-credential', true, 'platform'), org, undefined, (event) => {
      if (event.kind === 'finished') seen.push(...(event.check.actions ?? []));
    });
    const actions = checks.flatMap(({ actions: each = [] }) => each);

    expect(actions[0]).to.equal(
      "Assign the permission set to the user who makes the callout: sf org assign permset --name Erp_Callouts --target-org 'crm prod' --on-behalf-of admin@00dclient.example.com",
    );
    expect(actions).to.include('Deploy the client side of the connection again: sf jwt deploy --connection erp');
    expect(seen).to.deep.equal(actions);
    expect(actions.join()).not.to.match(/MY_/);
  });

  it('names the files and orgs of the connection where the server refuses this machine', async () => {
    writeKey();
    const world = answeringOrg({
      token: () => jsonResponse(400, { error: 'invalid_grant', error_description: 'invalid assertion' }),
    });
    const { checks } = await verify(externalConnection({ certificate: { name: 'erp_jwt' } }), undefined, world);

    expect(checks.flatMap(({ actions = [] }) => actions)[0]).to.include(
      'sf jwt key inspect --file .sf/jwt/erp/erp_jwt.crt, and the same with --file .sf/jwt/erp/erp_jwt.key.',
    );
  });

  it('says so where the permission set is for another user than the one who verifies', async () => {
    const fault = "We couldn't access the credential(s).";
    const org = clientOrg({ issued: false, error: 'System.CalloutException', errorDescription: fault });
    const client = { ...orgClients['named-credential'], username: 'caller@crm.example.com' };
    writeApp();
    const connection = namedCredentialConnection({ client, certificate: { source: 'platform', name: 'erp_jwt' } });
    const { checks } = await verify(connection, org);
    const token = checks.find(({ name }) => name === 'token-issued');

    expect(token?.detail)
      .to.include('was made as admin@00dclient.example.com')
      .and.to.include('caller@crm.example.com');
  });

  it('throws for what a caller forgot: a mistake of a programmer', async () => {
    const connection = connect('apex', true, 'platform');
    const base = { connection, projectRoot, deadlineSeconds: 0 };
    const thrownBy = (input: object): Promise<unknown> =>
      verifyConnection({ ...base, ...input }, orgThatKnowsUs(), () => {}).catch((error: unknown) => error);

    expect(await thrownBy({ server })).to.be.instanceOf(TypeError);
    expect(await thrownBy({ clientOrg: clientOrg() })).to.be.instanceOf(TypeError);
  });
});
