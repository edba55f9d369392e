import { expect } from 'chai';
import { sampleFacts } from '../../golden/cases.js';
import { strangeExchanges } from '../../helpers/apex-run.js';
import { apexVariants } from './apex-fixture.js';
import { connectionOf, orgs, runTestsOf, sourcesOf, variants } from './apex-worlds.js';

const { toOrg, inlineToOrg, cached } = variants;
const tokenEndpoint = `${sampleFacts.instanceUrl}/services/oauth2/token`;

describe('the tests that are generated', () => {
  for (const [index, { name }] of apexVariants.entries()) {
    for (const [having, orgOf] of Object.entries(orgs)) {
      it(`of ${name} pass in an org that has ${having}, and reach 90 % of the lines of each class`, () => {
        const classes = sourcesOf(index);
        const org = orgOf(connectionOf(index));
        for (const suffix of [...classes.keys()].filter((one) => !one.endsWith('Test'))) {
          const { failures, tests, coverage, uncovered } = runTestsOf(suffix, classes, org);
          expect(failures, suffix).to.deep.equal([]);
          expect(tests, suffix).to.be.greaterThan(2);
          expect(coverage, `${suffix} without ${uncovered.join()}`).to.be.at.least(0.9);
        }
      });
    }
  }

  for (const [index, { name, connection }] of apexVariants.entries()) {
    if (connection.client.type !== 'apex') continue;
    it(`of ${name} reach every line of the token provider in an org that has all that was deployed`, () => {
      const org = orgs['all that was deployed']!(connection);
      const { uncovered } = runTestsOf('TokenProvider', sourcesOf(index), org);
      const source = (sourcesOf(index).get('TokenProvider') ?? '').split('\n');
      expect(uncovered.map((line) => source[line - 1]?.trim())).to.deep.equal([]);
    });
  }

  it('send the assertion to the token endpoint with the exchange of the platform, and nothing elsewhere', () => {
    for (const variant of [toOrg, inlineToOrg]) {
      const org = orgs['all that was deployed']!(connectionOf(variant));
      const { askedAt } = runTestsOf('TokenProvider', sourcesOf(variant), org);
      expect(askedAt).to.deep.equal([variant === toOrg ? 'https://auth.example.com/token' : tokenEndpoint]);
    }
  });

  it('send nothing that the org has no certificate to sign with', () => {
    const org = { ...orgs['all that was deployed']!(connectionOf(toOrg)), certificate: 'other' };
    expect(runTestsOf('TokenProvider', sourcesOf(toOrg), org).askedAt).to.deep.equal([]);
  });

  it('use the cache of the org where it has the partition, and only there', () => {
    const org = orgs['all that was deployed']!(connectionOf(cached));
    const { usesCache } = runTestsOf('TokenProvider', sourcesOf(cached), org);
    expect(usesCache).to.deep.equal(['get', 'put', 'remove']);
    const without = runTestsOf('TokenProvider', sourcesOf(cached), { ...org, partitions: ['local.Other'] });
    expect(without.usesCache).to.deep.equal([]);
  });

  for (const exchange of strangeExchanges) {
    it(`block no deploy to an org whose exchange ${exchange}`, () => {
      const org = { ...orgs['all that was deployed']!(connectionOf(toOrg)), exchange };
      expect(runTestsOf('TokenProvider', sourcesOf(toOrg), org).failures).to.deep.equal([]);
    });
  }
});
