import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { unzipSync } from 'fflate';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deploySource } from '../../../src/org/salesforce-deploy.js';
import { temporaryFolder } from '../../helpers/home.js';
import { refusalOf } from '../../helpers/refusal.js';

type Answer = Readonly<Record<string, unknown>>;

const pending: Answer = { id: '0Af1', done: false, status: 'Pending' };
const inProgress: Answer = { ...pending, status: 'InProgress', numberComponentsDeployed: 1, numberComponentsTotal: 3 };
const succeeded: Answer = { id: '0Af1', done: true, status: 'Succeeded', success: true, details: {} };

/** An org that answers the questions after a deploy one by one, the last answer for good. */
class DeployOrg {
  public readonly started: Answer[] = [];
  public readonly zips: Uint8Array[] = [];
  public readonly asked: { readonly id: string; readonly rest: boolean }[] = [];
  public answers: (Answer | Error)[] = [succeeded];

  public connection(): Connection {
    const start = (rest: boolean) => async (zip: Buffer, options: Answer) => {
      this.zips.push(zip);
      this.started.push({ ...options, rest });
      return { id: '0Af1' };
    };
    const metadata = {
      deploy: start(false),
      deployRest: start(true),
      checkDeployStatus: async (id: string, _details: boolean, rest: boolean) => {
        this.asked.push({ id, rest });
        const next = this.answers.length > 1 ? this.answers.shift() : this.answers[0];
        if (next instanceof Error) throw next;
        return next;
      },
    };
    return {
      metadata,
      instanceUrl: 'http://localhost:1',
      getUsername: () => 'admin@crm.example.com',
      getApiVersion: () => '67.0',
      setApiVersion: () => {},
      retrieveMaxApiVersion: async () => '67.0',
      getAuthInfoFields: () => ({ orgId: '00D000000000001AAA' }),
    } as unknown as Connection;
  }
}

describe('deploySource', () => {
  let org: DeployOrg;
  const resume = { paths: [], apiVersion: '67.0', resumeId: '0Af1' };
  const environment = { ...process.env };
  beforeEach(() => {
    org = new DeployOrg();
  });
  afterEach(() => {
    for (const name of ['SF_ORG_METADATA_REST_DEPLOY', 'SF_METADATA_POLL_ERROR_RETRY_LIMIT']) {
      if (environment[name] === undefined) delete process.env[name];
    }
  });

  function sourceFolder(): string {
    const folder = join(temporaryFolder('deploy'), 'classes');
    mkdirSync(folder);
    writeFileSync(join(folder, 'A.cls'), 'public class A {}');
    writeFileSync(join(folder, 'A.cls-meta.xml'), '<ApexClass xmlns="http://soap.sforce.com/2006/04/metadata"/>');
    return folder;
  }

  it('starts a deploy that is all or nothing, with the tests that it was given', async () => {
    const seen: string[] = [];
    const request = { paths: [sourceFolder()], apiVersion: '67.0', tests: ['ATest'], checkOnly: true };
    const outcome = await deploySource(org.connection(), { ...request, onStarted: (id) => void seen.push(id) });
    expect(org.started).to.have.length(1);
    expect(org.started[0]).to.deep.include({
      ...{ checkOnly: true, rollbackOnError: true, singlePackage: true },
      ...{ testLevel: 'RunSpecifiedTests', runTests: ['ATest'], rest: false },
    });
    expect([seen, outcome.success]).to.deep.equal([['0Af1'], true]);
  });

  it('leaves out what is no source', async () => {
    const folder = sourceFolder();
    const notes = ['../NOTES.txt', '.DS_Store', 'README.md'].map((name) => join(folder, name));
    for (const path of notes) writeFileSync(path, 'x');
    const sources = ['A.cls', 'A.cls-meta.xml'].map((name) => join(folder, name));
    await deploySource(org.connection(), { paths: [...notes, ...sources], apiVersion: '67.0' });
    const names = Object.keys(unzipSync(org.zips[0] ?? new Uint8Array())).filter((name) => !name.endsWith('/'));
    expect(names).to.have.members(['package.xml', 'classes/A.cls', 'classes/A.cls-meta.xml']);
  });

  for (const [value, rest] of [
    ['true', true],
    ['false', false],
    [undefined, false],
  ] as const) {
    it(`asks over ${rest ? 'REST' : 'SOAP'} where org-metadata-rest-deploy is ${value ?? 'not set'}`, async () => {
      if (value !== undefined) process.env['SF_ORG_METADATA_REST_DEPLOY'] = value;
      await deploySource(org.connection(), { paths: [sourceFolder()], apiVersion: '67.0' });
      expect(org.started.map((options) => options['rest'])).to.deep.equal([rest]);
      await deploySource(org.connection(), resume);
      expect(org.asked.map((question) => question.rest)).to.deep.equal([rest, rest]);
    });
  }

  it('waits in the queue, and tells how far the components are', async () => {
    org.answers = [pending, inProgress, succeeded];
    const seen: number[][] = [];
    const outcome = await deploySource(org.connection(), {
      ...resume,
      onProgress: (done, total) => void seen.push([done, total]),
    });
    expect(outcome).to.deep.equal({ id: '0Af1', success: true, problems: [], warnings: [], testsRun: 0 });
    expect(seen).to.deep.equal([[1, 3]]);
  });

  for (const [answer, words] of [
    [pending, 'waits in the queue of the org'],
    [inProgress, 'goes on in the org (status InProgress)'],
  ] as const) {
    it(`says where the time is up that the deploy ${words}, and its id`, async () => {
      org.answers = [answer];
      const waitCommand = 'sf jwt deploy --connection erp --side client --job-id';
      const request = { ...resume, waitMinutes: 0.001, waitCommand };
      const error = await refusalOf(() => deploySource(org.connection(), request));
      expect([error.key, error.exitCode]).to.deep.equal(['deployTimedOut', 3]);
      expect(error.tokens).to.deep.equal([
        ...['0Af1', '0.001 minutes', words, `${waitCommand} 0Af1`],
        ...['0Af1', 'admin@crm.example.com', '0Af1', 'admin@crm.example.com'],
      ]);
      expect(error.data).to.deep.equal({ deployId: '0Af1', status: answer['status'] });
    });
  }

  it('asks again after a reset of the connection and an org that is busy', async () => {
    org.answers = [new Error('read ECONNRESET'), new Error('ERROR_HTTP_503'), inProgress, succeeded];
    expect((await deploySource(org.connection(), resume)).success).to.equal(true);
    expect(org.asked).to.have.length(4);
  });

  it('says that the deploy goes on where the org cannot be reached any more, not that time is up', async () => {
    process.env['SF_METADATA_POLL_ERROR_RETRY_LIMIT'] = '2';
    org.answers = [new Error('connect ETIMEDOUT 192.0.2.1:443')];
    const error = await refusalOf(() => deploySource(org.connection(), resume));
    expect([error.key, error.exitCode, error.tokens[0]]).to.deep.equal(['deployOutOfSight', 3, '0Af1']);
    expect(error.tokens[1]).to.contain('connect ETIMEDOUT');
  });

  it('tells a check from a deploy', async () => {
    org.answers = [{ ...succeeded, checkOnly: true }];
    expect((await deploySource(org.connection(), resume)).isCheck).to.equal(true);
  });

  it('tells a deploy that somebody cancelled', async () => {
    org.answers = [{ ...succeeded, status: 'Canceled', success: false }];
    expect(await deploySource(org.connection(), resume)).to.deep.include({ success: false, unfinished: 'cancelled' });
  });

  it('tells a deploy that the org has forgotten, and one of its own that it should know', async () => {
    const unknown = Object.assign(new Error('INVALID_CROSS_REFERENCE_KEY: invalid cross reference id'), {
      errorCode: 'sf:INVALID_CROSS_REFERENCE_KEY',
    });
    org.answers = [unknown];
    expect((await deploySource(org.connection(), resume)).unfinished).to.equal('forgotten');
    const request = { paths: [sourceFolder()], apiVersion: '67.0' };
    expect((await refusalOf(() => deploySource(org.connection(), request))).key).to.equal('deployOutOfSight');
  });

  it('only starts what nobody waits for, and looks once after one that was started', async () => {
    org.answers = [inProgress];
    const request = { paths: [sourceFolder()], apiVersion: '67.0', isAsync: true };
    expect((await deploySource(org.connection(), request)).unfinished).to.equal('started');
    expect(org.asked).to.have.length(0);
    expect((await deploySource(org.connection(), { ...resume, isAsync: true })).unfinished).to.equal('started');
    org.answers = [succeeded];
    expect(await deploySource(org.connection(), { ...resume, isAsync: true })).to.deep.include({ success: true });
  });
});
