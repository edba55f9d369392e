import { expect } from 'chai';
import { refusalOfConflicts } from '../../../src/apply/conflicts.js';
import type { Conflict } from '../../../src/plan/step.js';
import { apexConnection, namedCredentialConnection } from '../../helpers/connections.js';

const component = (place: 'server' | 'client', name: string): Conflict => ({
  kind: 'component-not-ours',
  place,
  component: name,
});
const file = (path: string): Conflict => ({ kind: 'file-not-ours', path: `jwt/erp/${path}` });

describe('the refusal to replace what others made', () => {
  const advice = (conflicts: readonly Conflict[], connection = apexConnection()): string | undefined =>
    refusalOfConflicts(connection, conflicts, []).tokens[2];

  for (const [what, conflict, flag] of [
    ['an app', component('server', 'ExternalClientApplication Erp_Integration'), '--app-name'],
    ['the policy of an app', component('server', 'ExtlClntAppOauthConfigurablePolicies Erp'), '--app-name'],
    ['a permission set of the server org', component('server', 'PermissionSet Erp'), '--permission-set'],
    ['a permission set of the client org', component('client', 'PermissionSet Erp'), '--callout-permission-set'],
    ['a class', component('client', 'ApexClass ErpClient'), '--class-prefix'],
    ['a remote site', component('client', 'RemoteSiteSetting ErpApi'), '--class-prefix'],
    ['a Named Credential', component('client', 'NamedCredential Erp'), '--named-credential'],
    ['the file of a class', file('client/main/default/classes/ErpClient.cls'), '--class-prefix'],
    ['the file of an app', file('server/main/default/externalClientApps/Erp_Integration.eca-meta.xml'), '--app-name'],
  ] as const) {
    it(`names ${flag} for ${what}, and no other flag`, () => {
      expect(advice([conflict])).to.equal(`, with ${flag}`);
    });
  }

  it('names each flag once, and none for a name that no flag gives', () => {
    const all = ['ApexClass ErpClient', 'ApexClass ErpJob', 'NamedCredential Erp'];
    expect(
      advice(
        all.map((name) => component('client', name)),
        namedCredentialConnection(),
      ),
    ).to.equal(', with --class-prefix and --named-credential');
    expect(advice([file('client/notes.txt')])).to.equal('');
  });

  it('gives what we deployed no other name where others changed it', () => {
    const changed: Conflict = { kind: 'component-changed', place: 'client', component: 'ApexClass ErpClient' };
    const error = refusalOfConflicts(apexConnection(), [component('server', 'ConnectedApp Erp'), changed], []);
    expect([error.key, ...error.tokens.slice(2)]).to.deep.equal(['severalInTheWay', 'erp', ', with --app-name']);
  });
});
