import { expect } from 'chai';
import { startOrgChild, type OrgChild } from '../helpers/org-child.js';
import { temporaryFolder } from '../helpers/home.js';

const data = '/services/data/v67.0';

describe('local org: a disk that is full', function () {
  this.timeout(60_000);
  before(function () {
    if (process.platform === 'win32') this.skip();
  });

  const children: OrgChild[] = [];
  afterEach(async () => {
    for (const child of children.splice(0)) await child.stop('SIGKILL');
  });

  const startHere = async (...args: Parameters<typeof startOrgChild>): Promise<OrgChild> => {
    const child = await startOrgChild(...args);
    children.push(child);
    return child;
  };

  it('acknowledges nothing while the disk is full, and has the rest afterwards', async () => {
    const stateDir = temporaryFolder('state');
    const full = await startHere(stateDir, { mostBlocks: 200 });
    const acknowledged: string[] = [];
    let refused: Awaited<ReturnType<OrgChild['send']>>;
    for (let index = 0; index < 50 && !refused; index += 1) {
      const name = `account-${index}`;
      const fields = { Name: name, Description: 'x'.repeat(20_000) };
      const answer = await full.send('POST', `${data}/sobjects/Account`, fields);
      if (answer?.status === 201) acknowledged.push(name);
      else refused = answer;
    }
    expect(acknowledged.length).to.be.above(1);
    expect(refused).to.deep.equal({
      status: 500,
      body: [
        {
          errorCode: 'UNKNOWN_EXCEPTION',
          message: 'A local org could not write its state (EFBIG): what was changed last may be lost.',
        },
      ],
    });
    const again = await full.send('POST', `${data}/sobjects/Account`, { Name: 'small' });
    expect(again?.status, 'a small one after it').to.equal(500);
    await full.stop('SIGKILL');
    const after = await startHere(stateDir);
    const answer = await after.send('GET', `${data}/query?q=SELECT+Name+FROM+Account`);
    const names = (answer!.body.records as { readonly Name: string }[]).map(({ Name }) => Name);
    expect(names).to.include.members(acknowledged);
    expect(names).not.to.include('small');
  });
});
