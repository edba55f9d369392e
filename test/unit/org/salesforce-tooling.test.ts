import type { Connection } from '@salesforce/core';
import { expect } from 'chai';
import { findCachePartition, findCertificate, hasCertificates } from '../../../src/org/salesforce-tooling.js';

/** An org whose Tooling API answers with these rows, or refuses. */
function orgWith(answer: readonly object[] | Error) {
  const queries: string[] = [];
  const query = (text: string) => {
    queries.push(text);
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ records: answer });
  };
  return { connection: { tooling: { query } } as unknown as Connection, queries };
}

const refusal = (errorCode: string): Error => Object.assign(new Error('refused'), { errorCode });

describe('the Tooling API', () => {
  it('is asked for the newest certificate of a name, since deleted ones may come back', async () => {
    const { connection, queries } = orgWith([{ Id: '0P1000000000001AAA' }]);
    expect(await findCertificate(connection, "o'brien")).to.deep.equal({ id: '0P1000000000001AAA' });
    expect(queries).to.deep.equal([
      String.raw`SELECT Id FROM Certificate WHERE DeveloperName = 'o\'brien' ORDER BY CreatedDate DESC LIMIT 1`,
    ]);
    expect(await findCertificate(orgWith([]).connection, 'erp_jwt')).to.equal(undefined);
  });

  it('tells whether there is any certificate', async () => {
    expect(await hasCertificates(orgWith([{ Id: '0P1' }]).connection)).to.equal(true);
    expect(await hasCertificates(orgWith([]).connection)).to.equal(false);
  });

  it('tells a cache partition that is not there from an org without Platform Cache', async () => {
    expect(await findCachePartition(orgWith([{ Id: '0Er' }]).connection, 'Tokens')).to.equal('present');
    expect(await findCachePartition(orgWith([]).connection, 'Tokens')).to.equal('missing');
    expect(await findCachePartition(orgWith(refusal('INVALID_TYPE')).connection, 'Tokens')).to.equal('unavailable');
    const broken = orgWith(refusal('REQUEST_LIMIT_EXCEEDED')).connection;
    const error: unknown = await findCachePartition(broken, 'Tokens').catch((reason: unknown) => reason);
    expect(error).to.have.property('errorCode', 'REQUEST_LIMIT_EXCEEDED');
  });
});
