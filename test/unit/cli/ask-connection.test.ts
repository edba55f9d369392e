import { expect } from 'chai';
import { askForMissing, type Prompts } from '../../../src/cli/ask-connection.js';
import type { ClientType } from '../../../src/config/connection.js';

type Round = { readonly message: string; readonly refusals: readonly string[]; readonly choices?: readonly string[] };

/** A person who gives these answers one after the other, and tries the next one where an answer is refused. */
function person(answers: readonly string[]): { readonly prompts: Prompts; readonly rounds: Round[] } {
  const left = [...answers];
  const rounds: Round[] = [];
  const answer = (): string => {
    const next = left.shift();
    if (next === undefined) throw new Error('asked more than there are answers');
    return next;
  };
  return {
    rounds,
    prompts: {
      knowsOrg: (org) => Promise.resolve(org.endsWith('-prod')),
      text: async (message, validate) => {
        const refusals: string[] = [];
        let said = answer();
        for (let verdict = await validate(said); verdict !== true; verdict = await validate(said)) {
          refusals.push(verdict);
          said = answer();
        }
        rounds.push({ message, refusals });
        return said;
      },
      choice: (message, choices) => {
        rounds.push({ message, refusals: [], choices: choices.map(({ value }) => value) });
        return Promise.resolve(answer() as ClientType);
      },
    },
  };
}

describe('the questions for what is missing', () => {
  it('are those of another server where a flag said that it is one, and no org is asked for but that which calls', async () => {
    const { prompts, rounds } = person([
      ...['orders', ' https://auth.example.com/token?tenant=1 ', 'crm', 'https://api.example.com/v1', 'svc-crm'],
      ...['apex', 'crm-prod'],
    ]);
    const asked = await askForMissing({ name: undefined, draft: { server: { type: 'oauth2' } } }, prompts);
    expect(asked.name).to.equal('orders');
    expect(asked.draft.server).to.deep.include({
      type: 'oauth2',
      tokenEndpoint: 'https://auth.example.com/token?tenant=1',
      issuer: 'crm',
      baseUrl: 'https://api.example.com/v1',
      username: 'svc-crm',
    });
    expect(asked.draft.client).to.deep.equal({ type: 'apex', org: 'crm-prod' });
    expect(rounds).to.have.length(7);
    expect(rounds[5]?.choices).to.deep.equal(['apex', 'named-credential', 'legacy-named-credential']);
  });

  it('refuse an answer by its rule, and ask again', async () => {
    const server = { type: 'oauth2', issuer: 'crm' } as const;
    const { prompts, rounds } = person([
      ...['auth.example.com', 'https://auth.example.com/token'],
      ...['https://api.example.com/v1?key=1', 'https://api.example.com/v1'],
      ...['', 'svc-crm'],
    ]);
    const draft = { server, client: { type: 'named-credential', org: 'crm-prod' } } as const;
    const asked = await askForMissing({ name: 'orders', draft }, prompts);
    expect(asked.draft.server).to.include({ baseUrl: 'https://api.example.com/v1', username: 'svc-crm' });
    expect(rounds.map(({ refusals }) => refusals.length)).to.deep.equal([1, 1, 1]);
    expect(rounds[1]?.refusals[0]).to.include('no query');
  });

  it('are of an org and its user else, and leave the contact email to the org', async () => {
    const { prompts, rounds } = person(['erp-prod', 'svc-crm', 'integration@acme.com', 'external']);
    const asked = await askForMissing({ name: 'erp', draft: {} }, prompts);
    expect(asked.draft.server).to.deep.include({ org: 'erp-prod', username: 'integration@acme.com' });
    expect(rounds.map(({ refusals }) => refusals.length)).to.deep.equal([0, 1, 0]);
    expect(rounds[2]?.choices).to.include('external');
  });

  for (const type of ['apex', 'named-credential', 'legacy-named-credential'] as const) {
    it(`are of both orgs, in the order of the flow, for ${type}`, async () => {
      const { prompts, rounds } = person(['erp', 'erp-prod', 'integration@acme.com', type, '', 'crm-prd', 'crm-prod']);
      const asked = await askForMissing({ name: undefined, draft: {} }, prompts);
      expect(asked.draft.client).to.deep.equal({ type, org: 'crm-prod' });
      expect(asked.draft.server).to.deep.include({ org: 'erp-prod', username: 'integration@acme.com' });
      expect(rounds.map(({ message }) => message)).to.deep.equal([
        'Name of the connection (like erp):',
        'Alias or username of the server org, the org that is called:',
        'User in whose name the server is called (sub):',
        'Who calls?',
        'Alias or username of the client org, the org that calls:',
      ]);
      expect(rounds[4]?.refusals).to.deep.equal([
        'Not possible: an answer is needed',
        'Not possible: the Salesforce CLI is not logged in to an org crm-prd (see: sf org list)',
      ]);
    });
  }

  it('offer no caller outside Salesforce to whoever has named the org that calls', async () => {
    const { prompts, rounds } = person(['named-credential']);
    const server = { org: 'erp-prod', username: 'integration@acme.com' };
    const asked = await askForMissing({ name: 'erp', draft: { server, client: { org: 'crm-prod' } } }, prompts);
    expect(rounds[0]?.choices).to.deep.equal(['apex', 'named-credential', 'legacy-named-credential']);
    expect(asked.draft.client).to.deep.equal({ type: 'named-credential', org: 'crm-prod' });
  });

  it('are none for what is saved under the name that is given', async () => {
    const saved = { server: { org: 'erp-prod', username: 'a@b.co' }, client: { type: 'external' } } as const;
    const { prompts, rounds } = person(['erp']);
    const asked = await askForMissing({ name: undefined, draft: {}, draftOf: () => saved }, prompts);
    expect(asked).to.deep.equal({ name: 'erp', draft: saved });
    expect(rounds).to.have.length(1);
  });
});
