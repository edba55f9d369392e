import { StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { knowsOrg } from '../../../src/cli/known-org.js';
import { registerLocalOrg } from '../../../src/cli/local-auth.js';
import { JwtError } from '../../../src/errors.js';
import { startLocalOrgs, type LocalOrgs, type RunningOrg } from '../../../src/local-org/index.js';
import { temporaryFolder } from '../../helpers/home.js';

/** What core keeps of an org: the file of its user, and its alias. */
type Saved = { readonly instanceUrl?: string };

describe('the registration of local orgs', () => {
  const homeBefore = process.env['HOME'];
  const started: LocalOrgs[] = [];
  let home: string;

  beforeEach(() => {
    home = temporaryFolder('registration');
    process.env['HOME'] = home;
    StateAggregator.clearInstance();
  });

  afterEach(async () => {
    await Promise.all(started.splice(0).map((local) => local.close()));
    process.env['HOME'] = homeBefore;
    StateAggregator.clearInstance();
  });

  const startHere = async (): Promise<RunningOrg> => {
    const local = await startLocalOrgs({ orgs: [{ alias: 'registered' }] });
    started.push(local);
    return local.orgs[0]!;
  };

  const saved = (): Saved =>
    JSON.parse(readFileSync(join(home, '.sfdx', 'admin@registered.local.json'), 'utf8')) as Saved;
  const aliases = (): unknown => JSON.parse(readFileSync(join(home, '.sfdx', 'alias.json'), 'utf8'));
  const isSaved = async (): Promise<boolean> =>
    (await StateAggregator.getInstance()).orgs.exists('admin@registered.local');

  it('replaces that of a local org that ended without a farewell', async () => {
    const killed = await startHere();
    await registerLocalOrg(killed);
    await started.splice(0)[0]?.close();
    const again = await startHere();
    const { deregister } = await registerLocalOrg(again);
    expect(saved().instanceUrl).to.equal(again.instanceUrl);
    expect(aliases()).to.deep.equal({ orgs: { registered: 'admin@registered.local' } });
    // As another process finds it, that has read none of it yet.
    StateAggregator.clearInstance();
    const known = await Promise.all(['registered', 'admin@registered.local', 'registred'].map((org) => knowsOrg(org)));
    expect(known).to.deep.equal([true, true, false]);
    await deregister();
    expect(await isSaved()).to.equal(false);
    expect(aliases()).to.deep.equal({ orgs: {} });
  });

  it('leaves that of a local org alone that is running', async () => {
    const running = await startHere();
    await registerLocalOrg(running);
    const error: unknown = await registerLocalOrg(await startHere()).catch((reason: unknown) => reason);
    expect(error).to.be.instanceOf(JwtError);
    const { key, tokens } = error as JwtError;
    expect({ key, tokens }).to.deep.equal({ key: 'localOrgRunning', tokens: ['registered', running.instanceUrl] });
    expect(saved().instanceUrl).to.equal(running.instanceUrl);
  });

  it('is not taken back by an org whose place another has taken', async () => {
    const first = await startHere();
    const { deregister } = await registerLocalOrg(first);
    await started.splice(0)[0]?.close();
    const second = await startHere();
    await registerLocalOrg(second);
    await deregister();
    expect(saved().instanceUrl).to.equal(second.instanceUrl);
    expect(aliases()).to.deep.equal({ orgs: { registered: 'admin@registered.local' } });
  });

  it('takes along an alias whose user a failed login has removed', async () => {
    const org = await startHere();
    const { deregister } = await registerLocalOrg(org);
    // As sf org login jwt does with a user whose login is refused.
    await (await StateAggregator.getInstance()).orgs.remove(org.username);
    await deregister();
    expect(aliases()).to.deep.equal({ orgs: {} });
  });
});
