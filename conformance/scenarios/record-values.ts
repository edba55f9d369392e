import { answered, rest } from '../observe.js';
import type { Scenario } from '../scenario.js';

/** A contact that an org refuses for a value, or that is removed again where it does not. */
const refusedContact = (name: string, probe: string, values: Readonly<Record<string, unknown>>): Scenario => ({
  name,
  effect: 'changes',
  probes: [probe],
  observe: async (org, { runId }) => {
    const answer = await rest(org, 'POST', '/sobjects/Contact', { json: { LastName: `JwtConf_${runId}`, ...values } });
    const { id } = JSON.parse(answer.text) as { readonly id?: string };
    if (id !== undefined) await rest(org, 'DELETE', `/sobjects/Contact/${id}`);
    return answer.status === 201 ? { status: 201 } : answered(answer);
  },
});

/** What an org makes of the values of a record, and of one that is gone. */
export const recordValueScenarios: readonly Scenario[] = [
  refusedContact('record-text-too-long', 'Refuses a text that is longer than its field', { FirstName: 'x'.repeat(41) }),
  refusedContact('record-email-is-none', 'Refuses an email that is no address', { Email: 'nope' }),
  refusedContact('record-reference-is-no-id', 'Refuses a reference that is no id', { AccountId: 'nope' }),
  refusedContact('record-reference-to-another-object', 'Refuses a reference that is no id', {
    AccountId: '005000000000000AAA',
  }),
  {
    name: 'record-number-for-text',
    effect: 'changes',
    probes: [
      'Keeps a number or a boolean that was sent for a text',
      'Refuses to change or delete a record that was deleted',
    ],
    observe: async (org, { runId }) => {
      const made = await rest(org, 'POST', '/sobjects/Account', { json: { Name: `JwtConf_${runId}`, Phone: 5 } });
      const { id } = JSON.parse(made.text) as { readonly id?: string };
      if (id === undefined) return answered(made);
      const read = JSON.parse((await rest(org, 'GET', `/sobjects/Account/${id}?fields=Phone`)).text) as {
        readonly Phone?: unknown;
      };
      const removed = await rest(org, 'DELETE', `/sobjects/Account/${id}`);
      const again = await rest(org, 'DELETE', `/sobjects/Account/${id}`);
      return { phone: read.Phone, removed: removed.status, again: answered(again) };
    },
  },
  {
    name: 'records-without-id',
    effect: 'validates',
    probes: ['Refuses records of such a request with codes of `StatusCode`'],
    observe: async (org) => {
      const attributes = { type: 'Account' };
      const records = [
        { attributes, Phone: '1' },
        { attributes, Id: '001000000000000AAA', Phone: '1' },
      ];
      return answered(await rest(org, 'PATCH', '/composite/sobjects', { json: { records } }));
    },
  },
];
