import { expect } from 'chai';
import { resumeSide, waitCommand } from '../../../src/apply/resume-side.js';
import type { DeployOutcome } from '../../../src/org/gateway.js';
import { apexConnection } from '../../helpers/connections.js';
import type { FakeOrg } from '../../helpers/fake-org.js';
import { Provisioning } from '../../helpers/provisioning.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('waiting for a deploy by its id', () => {
  let on: Provisioning;
  let orgs: { server: FakeOrg; client: FakeOrg };
  beforeEach(() => {
    on = new Provisioning('');
    orgs = { server: on.serverOrg(), client: on.clientOrg() };
  });

  const endingWith = (verdict: Partial<DeployOutcome>) => {
    orgs.client.verdict = () => verdict;
    const input = { connection: apexConnection(), projectRoot: on.root, orgs, waitMinutes: 5 };
    return resumeSide('client', '0Af7', input, { onProgress: () => {} });
  };

  it('asks the org of that side alone, and deploys nothing', async () => {
    const warnings = ['Not executed: a local org does not run Apex.'];
    expect(await endingWith({ success: true, testsRun: 3, warnings })).to.deep.equal({
      ...{ side: 'client', username: orgs.client.identity.username, deployId: '0Af7', state: 'deployed' },
      ...{ files: [], kept: [], tests: [], testsRun: 3, warnings },
    });
    expect([orgs.client.log, orgs.server.log]).to.deep.equal([['resume 0Af7', 'ends well'], []]);
  });

  it('asks with the time that there is, and with the command that waits on', async () => {
    let asked: unknown;
    orgs.client.verdict = (request) => {
      asked = request;
      return { success: true };
    };
    const input = { connection: apexConnection(), projectRoot: on.root, orgs, waitMinutes: 5 };
    await resumeSide('client', '0Af7', input, { onProgress: () => {} });
    expect(asked).to.include({ resumeId: '0Af7', waitMinutes: 5, waitCommand: waitCommand('erp', 'client') });
    expect(waitCommand('erp', 'client')).to.equal('sf jwt deploy --connection erp --side client --job-id');
  });

  for (const [verdict, key] of [
    [{ unfinished: 'forgotten' }, 'deployUnknown'],
    [{ unfinished: 'cancelled' }, 'deployCancelled'],
    [{ problems: [{ message: 'no' }] }, 'deployRefused'],
  ] as const) {
    it(`ends with ${key} where the org says so`, async () => {
      expect((await refusalOf(() => endingWith(verdict))).key).to.equal(key);
    });
  }
});
