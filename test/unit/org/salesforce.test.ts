import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { createGateway } from '../../../src/org/salesforce.js';
import { refusalOf } from '../../helpers/refusal.js';

const now = new Date('2026-11-23T12:00:00.000Z');

/** An org that answers queries by the object that they are for. */
function orgWith(rows: Readonly<Record<string, readonly object[]>>) {
  const queries: string[] = [];
  const created: object[] = [];
  const connection = {
    instanceUrl: 'https://acme.my.salesforce.com',
    getUsername: () => 'admin@acme.com',
    query: (query: string) => {
      queries.push(query);
      const name = / FROM (\w+)/.exec(query)?.[1] ?? '';
      if (name === 'User') return Promise.reject(new Error('\nSELECT Id\n       ^\nERROR at Row:1'));
      return Promise.resolve({
        records: name === 'Organization' ? [{ Id: '00D000000000001AAA' }] : (rows[name] ?? []),
      });
    },
    sobject: () => ({ create: (row: object) => Promise.resolve(created.push(row)) }),
  } as unknown as Connection;
  return { gateway: createGateway(connection, () => now), queries, created };
}

describe('permission sets of an org', () => {
  const has = async (...assignments: (string | null)[]): Promise<boolean> => {
    const rows = assignments.map((ExpirationDate) => ({ Id: '0Pa', ExpirationDate }));
    const { gateway } = orgWith({ PermissionSetAssignment: rows });
    return (await gateway).hasPermissionSet('005', 'Erp_Access');
  };

  it('count as assigned for good or until later, not after they expired', async () => {
    expect(await has(null)).to.equal(true);
    expect(await has('2026-11-23T12:00:01.000+0000')).to.equal(true);
    expect(await has('2026-11-23T11:59:59.000+0000')).to.equal(false);
    expect(await has('2026-01-01T00:00:00.000+0000', null)).to.equal(true);
    expect(await has()).to.equal(false);
  });

  it('are those of the org, not those of a package', async () => {
    const { gateway, queries, created } = orgWith({ PermissionSet: [{ Id: '0PS1' }] });
    await (await gateway).hasPermissionSet('005', 'Erp_Access');
    await (await gateway).assignPermissionSet('005', 'Erp_Access');
    expect(queries.slice(1).map((query) => query.split(' AND ').at(-1))).to.deep.equal([
      'PermissionSet.NamespacePrefix = null',
      'NamespacePrefix = null',
    ]);
    expect(created).to.deep.equal([{ AssigneeId: '005', PermissionSetId: '0PS1' }]);
  });
});

describe('what an org refuses', () => {
  it('is told in one line, with the name of the user', async () => {
    const { gateway } = orgWith({});
    const error = await refusalOf(async () => (await gateway).findUser('a@b.co'));
    expect([error.key, error.tokens]).to.deep.equal([
      'orgRequestFailed',
      ['admin@acme.com', 'SELECT Id ^ ERROR at Row:1'],
    ]);
  });
});
