import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { loginCommand } from '../../../src/org/login-command.js';
import type { OrgGateway } from '../../../src/org/gateway.js';
import { createGateway } from '../../../src/org/salesforce.js';
import { troubleIn } from '../../../src/org/trouble.js';
import { refusalOf } from '../../helpers/refusal.js';

describe('what keeps an org from answering', () => {
  /** Words of orgs, of jsforce and of `@salesforce/core`, as they were seen. */
  const words = [
    ['orgUnavailable', 'SERVER_UNAVAILABLE: Server too busy'],
    ['orgUnavailable', 'ERROR_HTTP_503: We are down for maintenance.'],
    ['orgUnavailable', 'HTTP response contains html content. HTTP status code: 503.'],
    ['orgUnavailable', 'Unable to refresh session due to: Service Unavailable'],
    ['requestLimitReached', 'REQUEST_LIMIT_EXCEEDED: TotalRequests Limit exceeded.'],
    ['requestLimitReached', 'sf:REQUEST_LIMIT_EXCEEDED: ConcurrentRequests (Concurrent API Requests) Limit exceeded.'],
    ['recordLocked', 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record'],
    ['recordLocked', 'unable to obtain exclusive access to this record or 1 records: 0PS000000000001AAA'],
    ['loginRateReached', 'Unable to refresh session due to: JWT: number of logins exceeded'],
    ['loginEnded', 'INVALID_SESSION_ID: Session expired or invalid'],
    ['loginEnded', 'sf:INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session'],
    ['loginEnded', 'Unable to refresh session due to: expired access/refresh token'],
    [undefined, "MALFORMED_QUERY: unexpected token: 'x'"],
    [undefined, 'INSUFFICIENT_ACCESS: insufficient access rights on object id'],
  ] as const;

  for (const [trouble, text] of words) {
    it(`is ${trouble ?? 'none of it'} by "${text}"`, () => {
      expect(troubleIn(text)).to.equal(trouble);
    });
  }
});

describe('the command that repeats a login', () => {
  const org = { username: 'admin@acme.com', instanceUrl: 'https://acme.my.salesforce.com', alias: 'acme' };

  it('is one in the browser, for the same org under the same alias', () => {
    const command = 'sf org login web --instance-url https://acme.my.salesforce.com --alias acme';
    expect(loginCommand({ ...org, refreshToken: 'kept' })).to.equal(command);
    expect(loginCommand(org)).to.equal(command);
    expect(loginCommand({ ...org, alias: null })).to.equal(command.replace(' --alias acme', ''));
  });

  it('is one with the key file where that was the login', () => {
    const login = { ...org, clientId: '3MVG9', privateKey: '/home/a b/server.key', alias: "it's" };
    expect(loginCommand(login)).to.equal(
      "sf org login jwt --username admin@acme.com --client-id 3MVG9 --jwt-key-file '/home/a b/server.key' " +
        String.raw`--instance-url https://acme.my.salesforce.com --alias 'it'\''s'`,
    );
    expect(loginCommand({ ...login, refreshToken: 'kept' })).to.match(/^sf org login web /);
  });

  it('is the start of the local orgs for one of them', () => {
    expect(loginCommand({ ...org, instanceUrl: 'http://localhost:8910' })).to.equal('sf jwt local start');
  });
});

describe('an org that is busy', () => {
  /** An org that refuses so many SOAP calls and so many records before it takes one. */
  const busy = (refusals: number, errorCode: string) => {
    const asked: string[] = [];
    const waited: number[] = [];
    const answer = <T>(what: string, value: T): Promise<T> => {
      asked.push(what);
      const refuses = asked.length <= refusals;
      return refuses ? Promise.reject(Object.assign(new Error('no'), { errorCode })) : Promise.resolve(value);
    };
    const connection = {
      instanceUrl: 'https://acme.my.salesforce.com',
      getUsername: () => 'admin@acme.com',
      getApiVersion: () => '67.0',
      query: () => Promise.resolve({ records: [{ Id: '00D000000000001AAA' }] }),
      sobject: () => ({ create: () => answer('create', {}) }),
      metadata: { list: () => answer('list', [{ type: 'PermissionSet', fullName: 'A' }]) },
    } as unknown as Connection;
    const wait = (milliseconds: number): Promise<number> => Promise.resolve(waited.push(milliseconds));
    return { gateway: createGateway(connection, () => new Date(0), wait), asked, waited };
  };
  const component = { type: 'PermissionSet', fullName: 'A' };
  const look = async (gateway: Promise<OrgGateway>) => (await gateway).existing([component]);
  const assign = async (gateway: Promise<OrgGateway>) => (await gateway).assignPermissionSet('005', 'A');

  it('is asked twice more for what only reads, with longer and longer pauses', async () => {
    const { gateway, asked, waited } = busy(2, 'SERVER_UNAVAILABLE');
    expect(await look(gateway)).to.deep.equal([component]);
    expect([asked.length, waited]).to.deep.equal([3, [1000, 4000]]);
  });

  it('is left alone after that, and the error says what to do', async () => {
    const { gateway, asked } = busy(9, 'SERVER_UNAVAILABLE');
    const error = await refusalOf(() => look(gateway));
    expect([error.key, error.exitCode, asked.length]).to.deep.equal(['orgUnavailable', 3, 3]);
    expect(error.tokens).to.deep.equal(['admin@acme.com', 'SERVER_UNAVAILABLE: no']);
  });

  it('is not asked again to make a record that it may have made', async () => {
    const { gateway, asked } = busy(1, 'SERVER_UNAVAILABLE');
    expect((await refusalOf(() => assign(gateway))).key).to.equal('orgUnavailable');
    expect(asked).to.deep.equal(['create']);
  });

  it('is asked again to make a record that it certainly did not make', async () => {
    const { gateway, asked, waited } = busy(1, 'UNABLE_TO_LOCK_ROW');
    await assign(gateway);
    expect([asked.length, waited]).to.deep.equal([2, [1000]]);
    expect((await refusalOf(() => assign(busy(9, 'UNABLE_TO_LOCK_ROW').gateway))).key).to.equal('recordLocked');
  });

  it('is not asked again for what no wait will change', async () => {
    const { gateway, asked } = busy(1, 'REQUEST_LIMIT_EXCEEDED');
    const error = await refusalOf(() => look(gateway));
    expect([error.key, asked.length, error.tokens[2]]).to.deep.equal(['requestLimitReached', 1, 'admin@acme.com']);
  });
});
