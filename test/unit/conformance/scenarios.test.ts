import { expect } from 'chai';
import { rowsOf } from '../../../conformance/ledger-rows.js';
import { allScenarios } from '../../../conformance/scenarios/index.js';

describe('conformance scenarios', () => {
  it('are many, each with a name of its own', () => {
    const names = allScenarios.map(({ name }) => name);

    expect(names.length).to.be.at.least(30);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).to.deep.equal([]);
    expect(names.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name))).to.deep.equal([]);
  });

  it('name what they probe by parts of exactly one row of the ledger each', () => {
    const odd = allScenarios.flatMap(({ name, probes }) =>
      probes.filter((probe) => rowsOf(probe).length !== 1).map((probe) => `${name}: ${probe}: ${rowsOf(probe).length}`),
    );

    expect(odd).to.deep.equal([]);
    expect(allScenarios.filter(({ probes }) => probes.length === 0)).to.deep.equal([]);
  });
});
