import { expect } from 'chai';
import type { JSONWebKeySet } from 'jose';
import { startLocalOrgs, type LocalOrgs } from '../../../../src/local-org/index.js';
import { temporaryFolder } from '../../../helpers/home.js';

describe('keys of a local org for its tokens', () => {
  const run = async <T>(stateDir: string | undefined, use: (origin: string) => Promise<T>): Promise<T> => {
    const local: LocalOrgs = await startLocalOrgs({ orgs: [{ alias: 'jwt-server' }], stateDir });
    try {
      return await use(local.orgs[0]!.instanceUrl);
    } finally {
      await local.close();
    }
  };
  const publish = async (origin: string): Promise<JSONWebKeySet> =>
    (await fetch(`${origin}/id/keys`)).json() as Promise<JSONWebKeySet>;

  it('are kept in a state folder, so that tokens of an earlier run can be verified', async () => {
    const stateDir = temporaryFolder('state');
    const first = await run(stateDir, publish);
    expect(first.keys.map(({ kid }) => /^CORE_ATJWT\.00D\w{12}\.\d+$/.test(kid ?? ''))).to.deep.equal([true]);
    expect(await run(stateDir, publish)).to.deep.equal(first);
  });

  it('are made once, though several ask at the same time', async () => {
    const answers = await run(undefined, (origin) => Promise.all([publish(origin), publish(origin), publish(origin)]));
    expect(answers.map(({ keys }) => keys.length)).to.deep.equal([1, 1, 1]);
    expect(new Set(answers.map(({ keys }) => keys[0]?.n)).size).to.equal(1);
  });
});
