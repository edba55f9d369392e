import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import type { OrgGateway } from '../../../src/org/gateway.js';
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
      ['admin@acme.com', 'SELECT Id ^ ERROR at Row:1', 'admin@acme.com'],
    ]);
  });
});

describe('a user without the permission', () => {
  /** An org whose every answer is one refusal. */
  const refusing = (errorCode: string, message: string) => {
    const refuse = (): Promise<never> =>
      Promise.reject(Object.assign(new Error(message), { errorCode, name: errorCode }));
    const connection = {
      instanceUrl: 'https://acme.my.salesforce.com',
      getUsername: () => 'clerk@acme.com',
      getApiVersion: () => '67.0',
      query: (query: string) => {
        if (query.includes(' FROM Organization')) return Promise.resolve({ records: [{ Id: '00D000000000001AAA' }] });
        return query.includes(' FROM PermissionSet ') ? Promise.resolve({ records: [{ Id: '0PS1' }] }) : refuse();
      },
      sobject: () => ({ create: refuse }),
      metadata: { list: refuse, retrieve: refuse, read: refuse, checkDeployStatus: refuse },
      tooling: { executeAnonymous: refuse, query: refuse },
      retrieveMaxApiVersion: refuse,
    } as unknown as Connection;
    return createGateway(connection, () => now);
  };
  const metadataApi = [
    'sf:INSUFFICIENT_ACCESS',
    'INSUFFICIENT_ACCESS: use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions',
  ] as const;
  const deploy = { paths: [], apiVersion: '67.0', resumeId: '0Af1' };

  const cases = [
    [
      'a deploy',
      metadataApi,
      (org: OrgGateway) => org.deploy(deploy),
      'Modify Metadata Through Metadata API Functions',
    ],
    [
      'looking for components',
      metadataApi,
      (org: OrgGateway) => org.existing([{ type: 'PermissionSet', fullName: 'A' }]),
      'Modify Metadata Through Metadata API Functions',
    ],
    [
      'an assignment',
      ['INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id'],
      (org: OrgGateway) => org.assignPermissionSet('005', 'Erp_Access'),
      'Assign Permission Sets',
    ],
    [
      'a query',
      ['INVALID_TYPE', "sObject type 'PermissionSetAssignment' is not supported."],
      (org: OrgGateway) => org.hasPermissionSet('005', 'Erp_Access'),
      'View Setup and Configuration',
    ],
    [
      'any request of a user without API',
      ['API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.'],
      (org: OrgGateway) => org.findUser('a@b.co'),
      'API Enabled',
    ],
    [
      'anonymous Apex',
      ['INSUFFICIENT_ACCESS', 'insufficient access rights'],
      (org: OrgGateway) => org.executeAnonymous('x();'),
      'Author Apex',
    ],
  ] as const;
  for (const [what, [code, message], request, permission] of cases) {
    it(`is told which one ${what} needs`, async () => {
      const error = await refusalOf(async () => request(await refusing(code, message)));
      expect([error.key, error.exitCode, error.tokens[0]]).to.deep.equal(['permissionMissing', 3, 'clerk@acme.com']);
      expect(error.tokens[1]).to.contain(message);
      expect(error.tokens[2]).to.contain(permission);
      expect(error.data).to.deep.equal({ permission: error.tokens[2] });
    });
  }
});
