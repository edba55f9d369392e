import { expect } from 'chai';
import { verifyConnection } from '../../../src/verification.js';
import { checkNames } from '../../../src/verify/check.js';
import { externalConnection, namedCredentialConnection, oauthConnection } from '../../helpers/connections.js';
import { org as answeringOrg, orgId, statusesOf } from './answering-org.js';
import { jsonResponse } from './material.js';
import { connect, orgThatKnowsUs, server, VerifiedProject } from './verified-project.js';

/** Checks of this machine, of a client org that signs alone, and of one that signs as well. */
const here = ['key-matches-certificate', 'certificate-valid', 'endpoint-reachable', 'clock-skew', 'token-issued'];
const used = ['token-works', 'user-and-org', 'scopes'];
const there = ['client-org-certificate', 'client-org-token', 'client-org-call'];
const alone = ['certificate-valid', 'certificate-in-app', 'token-issued'];

describe('verifyConnection', () => {
  let project: VerifiedProject;

  beforeEach(async () => {
    project = await VerifiedProject.create();
  });

  for (const type of ['apex', 'named-credential', 'legacy-named-credential'] as const) {
    for (const source of ['generate', 'existing'] as const) {
      it(`lets this machine and the client org sign: ${type}, ${source}, to an org`, async () => {
        project.writeKey();
        const { checks, verified, orgId: reached } = await project.verify(connect(type, true, source));

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
        project.writeKey();
        const { checks, verified } = await project.verify(connect(type, false, source));

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
      project.writeApp();
      const world = orgThatKnowsUs();
      const { checks, verified } = await project.verify(connect(type, true, 'platform'), { world });

      expect(checks.map(({ name }) => name)).to.deep.equal([...alone, ...used, 'client-org-runs']);
      expect([verified, world.sent]).to.deep.equal([true, []]);
    });

    it(`lets the client org sign alone: ${type}, platform, to another server`, async () => {
      const { checks, verified } = await project.verify(connect(type, false, 'platform'));

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
      project.writeApp();
      const { checks, verified } = await project.verify(connect(type, true, 'generate'));

      expect(checks.map(({ name }) => name)).to.deep.equal([...alone, ...used, 'client-org-runs']);
      expect(verified).to.equal(true);
    });
  }

  it('lets this machine sign for a caller outside Salesforce, to an org and to another server', async () => {
    project.writeKey();
    const certificate = { name: 'erp_jwt' };
    const toOrg = await project.verify(externalConnection({ certificate }));
    const toOther = await project.verify(oauthConnection({ client: { type: 'external' }, certificate }));

    expect(toOrg.checks.map(({ name }) => name)).to.deep.equal([...here, ...used]);
    expect(toOther.checks.map(({ name }) => name)).to.deep.equal([...here, 'token-works', 'scopes']);
    expect([toOrg.verified, toOther.verified]).to.deep.equal([true, true]);
  });

  it('lists every check once, in the order of the docs, and shows the same while it runs', async () => {
    project.writeKey();
    const shown: string[] = [];
    const { checks } = await project.verify(connect('named-credential', true, 'generate'), {
      onProgress: (event) => {
        if (event.kind === 'finished') shown.push(event.check.name);
      },
    });
    const names = checks.map(({ name }) => name);

    expect(names).to.deep.equal(checkNames.filter((name) => names.includes(name)));
    expect(shown).to.deep.equal(names);
  });

  it('tells who signed for each token, and nobody where nothing was signed', async () => {
    project.writeApp();
    const signersOf = async (source: 'platform' | 'generate', more = {}): Promise<unknown> => {
      const { checks } = await project.verify(connect('named-credential', true, source), more);
      return checks.flatMap(({ name, signer }) => (signer === undefined ? [] : [[name, signer]]));
    };
    const org = project.clientOrg({ issued: false, error: 'invalid_grant', errorDescription: 'invalid assertion' });
    const world = answeringOrg({ token: () => jsonResponse(400, { error: 'invalid_grant' }) });
    const alone = [['token-issued', 'client-org']];
    const both = [
      ['token-issued', 'this-machine'],
      ['client-org-token', 'client-org'],
    ];

    expect([await signersOf('platform'), await signersOf('platform', { org })]).to.deep.equal([alone, alone]);
    project.writeKey();
    expect([await signersOf('generate'), await signersOf('generate', { org, world })]).to.deep.equal([both, both]);
    org.components.clear();
    expect(await signersOf('generate', { org })).to.deep.equal([both[0]]);
  });

  it('is verified by neither alone', async () => {
    project.writeKey();
    const connection = connect('named-credential', true, 'generate');
    const refused = project.clientOrg({ issued: false, error: 'invalid_grant', errorDescription: 'invalid assertion' });
    const onlyHere = await project.verify(connection, { org: refused });
    const onlyThere = await project.verify(connection, {
      world: answeringOrg({
        token: () => jsonResponse(400, { error: 'invalid_grant', error_description: 'ip restricted' }),
      }),
    });

    expect([onlyHere.verified, onlyThere.verified]).to.deep.equal([false, false]);
    expect(statusesOf(onlyHere.checks)).to.include({ 'token-issued': 'passed', 'client-org-token': 'failed' });
    expect(statusesOf(onlyThere.checks)).to.include({ 'token-issued': 'failed', 'client-org-token': 'passed' });
  });

  it('does not wait again for an app that has been waited for', async () => {
    project.writeKey();
    const refusal = { error: 'invalid_client_id', error_description: 'client identifier invalid' };
    const org = project.clientOrg({ issued: false, error: refusal.error, errorDescription: refusal.error_description });
    const world = answeringOrg({ token: () => jsonResponse(400, refusal) });
    const connection = connect('named-credential', true, 'generate');
    await project.verify(connection, { org, world, deadlineSeconds: 5 });

    expect([world.slept, org.runs()]).to.deep.equal([[5], 1]);
  });

  it('puts the names of the connection into what to do next, also while it runs', async () => {
    const fault = "We couldn't access the credential(s). You might not have the required permissions.";
    const org = project.clientOrg({ issued: false, error: 'System.CalloutException', errorDescription: fault });
    const seen: string[] = [];
    project.writeApp();
    const { checks } = await project.verify(connect('named-credential', true, 'platform'), {
      org,
      onProgress: (event) => {
        if (event.kind === 'finished') seen.push(...(event.check.actions ?? []));
      },
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
    project.writeKey();
    const world = answeringOrg({
      token: () => jsonResponse(400, { error: 'invalid_grant', error_description: 'invalid assertion' }),
    });
    const { checks } = await project.verify(externalConnection({ certificate: { name: 'erp_jwt' } }), { world });

    expect(checks.flatMap(({ actions = [] }) => actions)[0]).to.include(
      'sf jwt key inspect --file .sf/jwt/erp/erp_jwt.crt, and the same with --file .sf/jwt/erp/erp_jwt.key.',
    );
  });

  it('says so where the permission set is for another user than the one who verifies', async () => {
    const fault = "We couldn't access the credential(s).";
    const org = project.clientOrg({ issued: false, error: 'System.CalloutException', errorDescription: fault });
    const client = { type: 'named-credential', org: 'crm prod', username: 'caller@crm.example.com' } as const;
    project.writeApp();
    const connection = namedCredentialConnection({ client, certificate: { source: 'platform', name: 'erp_jwt' } });
    const { checks } = await project.verify(connection, { org });
    const token = checks.find(({ name }) => name === 'token-issued');

    expect(token?.detail)
      .to.include('was made as admin@00dclient.example.com')
      .and.to.include('caller@crm.example.com');
  });

  it('throws for what a caller forgot: a mistake of a programmer', async () => {
    const connection = connect('apex', true, 'platform');
    const base = { connection, projectRoot: '.', deadlineSeconds: 0 };
    const thrownBy = (input: object): Promise<unknown> =>
      verifyConnection({ ...base, ...input }, orgThatKnowsUs(), () => {}).catch((error: unknown) => error);

    expect(await thrownBy({ server })).to.be.instanceOf(TypeError);
    expect(await thrownBy({ clientOrg: project.clientOrg() })).to.be.instanceOf(TypeError);
  });
});
