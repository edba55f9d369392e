import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startLocalOrgs } from '../../src/local-org/index.js';
import { temporaryFolder } from '../helpers/home.js';
import { run, type Finished } from '../helpers/process.js';

const child = fileURLToPath(new URL('https-child.ts', import.meta.url));

describe('real clients of local orgs that are served through TLS', function () {
  this.timeout(120_000);
  let stateDir: string;
  let certificateFile: string;
  before(async () => {
    stateDir = temporaryFolder('https');
    const local = await startLocalOrgs({ https: true, stateDir });
    await local.close();
    certificateFile = join(stateDir, 'https.crt');
  });

  const runChild = (environment: NodeJS.ProcessEnv): Promise<Finished> =>
    run(process.execPath, ['--import', 'tsx', child], {
      env: {
        ...process.env,
        HOME: temporaryFolder('https-home'),
        SF_USE_GENERIC_UNIX_KEYCHAIN: 'true',
        SF_DISABLE_LOG_FILE: 'true',
        HTTPS_STATE_DIR: stateDir,
        ...environment,
      },
    });

  it('log in, query, set up a connection between two orgs and verify it, with NODE_EXTRA_CA_CERTS', async () => {
    const { code, stdout, stderr } = await runChild({ NODE_EXTRA_CA_CERTS: certificateFile });
    expect(code, stderr).to.equal(0);
    const { login, setup } = JSON.parse(stdout) as { login: unknown; setup: { verified: boolean; checks: string[] } };
    expect(login).to.deep.equal({ scheme: 'https:', isSameOrg: true });
    // The key is in the client org alone: that a token was issued says that one org has called the other.
    expect(setup.checks).to.include.members(['token-issued passed', 'token-works passed', 'user-and-org passed']);
    expect(setup.verified).to.equal(true);
  });

  it('refuse without it', async () => {
    const { code, stderr } = await runChild({});
    expect(code).to.equal(1);
    expect(stderr).to.match(/self-signed certificate|DEPTH_ZERO_SELF_SIGNED_CERT/);
  });
});
