import { join } from 'node:path';
import { StateAggregator } from '@salesforce/core';
import { expect } from 'chai';
import { registerLocalOrg } from '../../src/cli/local-auth.js';
import JwtDeploy from '../../src/commands/jwt/deploy.js';
import JwtSetup from '../../src/commands/jwt/setup.js';
import JwtVerify from '../../src/commands/jwt/verify.js';
import { startLocalOrgs } from '../../src/local-org/index.js';
import { temporaryFolder, temporaryProject } from '../helpers/home.js';

/** As they are, but for their output. */
class Setup extends JwtSetup {
  public override logJson(): void {}
}
class Deploy extends JwtDeploy {
  public override logJson(): void {}
}
class Verify extends JwtVerify {
  public override logJson(): void {}
}

type Refused = Error & { readonly exitCode: number; readonly actions: readonly string[] };

describe('a trial whose local orgs were started again', () => {
  const folder = process.cwd();
  const home = process.env['HOME'];
  let stateDir: string;

  before(async () => {
    process.env['HOME'] = temporaryFolder('trial-home');
    StateAggregator.clearInstance();
    const project = temporaryProject('trial-orgs');
    stateDir = join(project, '.sf', 'jwt', '.local-orgs');
    process.chdir(project);
    await Setup.run(['--local', '--connection', 'erp', '--json']);
  });
  after(() => {
    process.chdir(folder);
    process.exitCode = undefined;
    process.env['HOME'] = home;
    StateAggregator.clearInstance();
  });

  /** As `sf jwt local start` does. */
  async function whileRunning(act: () => Promise<void>, options: { readonly stateDir?: string }): Promise<void> {
    const local = await startLocalOrgs(options);
    const registrations = [];
    try {
      for (const org of local.orgs) registrations.push(await registerLocalOrg(org));
      await act();
    } finally {
      for (const { deregister } of registrations) await deregister();
      await local.close();
    }
  }

  const erp = ['--connection', 'erp', '--json'];
  const refusal = (run: Promise<unknown>): Promise<Refused> =>
    run.then(
      () => Promise.reject(new Error('nothing was refused')),
      (error: unknown) => error as Refused,
    );

  it('is verified and deployed with them', async () => {
    await whileRunning(
      async () => {
        expect((await Verify.run([...erp])).verified).to.equal(true);
        const { deploys } = await Deploy.run([...erp]);
        expect(deploys.map(({ side, state }) => [side, state])).to.deep.equal([
          ['server', 'deployed'],
          ['client', 'deployed'],
        ]);
        const other = await refusal(Deploy.run([...erp, '--side', 'server', '--target-org', 'my-org']));
        expect([other.name, other.exitCode]).to.deep.equal(['ConnectionIsTrialError', 2]);
        expect(other.message).to.contain('it has local orgs of its own, so --target-org cannot be given');
      },
      { stateDir },
    );
  });

  it('is refused with what starts them, where they do not run, and where others have their aliases', async () => {
    for (const run of [() => Verify.run([...erp]), () => Deploy.run([...erp])]) {
      const error = await refusal(run());
      expect([error.name, error.exitCode]).to.deep.equal(['ConnectionIsTrialError', 2]);
      expect(error.message).to.contain('it has local orgs of its own, which are not running');
      expect(error.actions[0]).to.match(/: sf jwt local start --state-dir \.sf\/jwt\/\.local-orgs$/);
    }
    await whileRunning(async () => {
      expect((await refusal(Deploy.run([...erp]))).name).to.equal('ConnectionIsTrialError');
    }, {});
  });
});
