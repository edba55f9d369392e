import { expect } from 'chai';
import type { VerifyProgress } from '../../../src/verify/check-run.js';
import { fillingNames, fillNames } from '../../../src/verify/fill-names.js';

const names = {
  MY_CONNECTION: 'erp',
  MY_CLIENT_ORG: 'crm prod',
  MY_CLIENT_USER: "o'brien@example.com",
  'MY_CERTIFICATE.crt': '.sf/jwt/erp/erp_jwt.crt',
} as const;
const checkWith = (...actions: readonly string[]) =>
  ({ name: 'token-issued', status: 'failed', detail: 'MY_CONNECTION', actions }) as const;

describe('fillNames', () => {
  it('puts names into next steps, quoted for a shell', () => {
    const { actions } = fillNames(
      checkWith(
        'Set up: sf jwt setup --connection MY_CONNECTION',
        'Assign: sf org assign permset --target-org MY_CLIENT_ORG --on-behalf-of MY_CLIENT_USER.',
        'Look: MY_CERTIFICATE.crt (and MY_CONNECTION), then MY_CERTIFICATE.crt.',
      ),
      names,
    );

    expect(actions).to.deep.equal([
      'Set up: sf jwt setup --connection erp',
      String.raw`Assign: sf org assign permset --target-org 'crm prod' --on-behalf-of 'o'\''brien@example.com'.`,
      'Look: .sf/jwt/erp/erp_jwt.crt (and erp), then .sf/jwt/erp/erp_jwt.crt.',
    ]);
  });

  it('leaves out steps about what the connection does not have', () => {
    const { actions } = fillNames(
      checkWith('Look into MY_ORG.', 'Set up MY_CONNECTION', 'Compare MY_CERTIFICATE.crt with MY_KEY.key.'),
      names,
    );

    expect(actions).to.deep.equal(['Set up erp']);
  });

  it('leaves words that are not ours, parts of other words, and what was seen', () => {
    const check = checkWith('Do MY_THING, https://MY_CONNECTION.my.salesforce.com and MY_CONNECTIONS, x-MY_CONNECTION');

    expect(fillNames(check, names)).to.deep.equal(check);
    expect(fillNames({ name: 'scopes', status: 'passed', detail: '' }, names)).to.deep.equal({
      name: 'scopes',
      status: 'passed',
      detail: '',
    });
  });

  it('does so for checks that are shown while they run, and passes other events on', () => {
    const events: VerifyProgress[] = [];
    const show = fillingNames(names, (event) => events.push(event));
    show({ kind: 'started', name: 'token-issued' });
    show({ kind: 'finished', check: checkWith('Run MY_CONNECTION') });

    expect(events).to.deep.equal([
      { kind: 'started', name: 'token-issued' },
      { kind: 'finished', check: checkWith('Run erp') },
    ]);
  });
});
