import { expect } from 'chai';
import { allowedEffects, pickScenarios, readOptions, UsageError } from '../../../conformance/options.js';
import type { OrgUnderTest } from '../../../conformance/org-under-test.js';
import type { Scenario } from '../../../conformance/scenario.js';

const scenario = (name: string): Scenario => ({ name, effect: 'reads', probes: [], observe: async () => undefined });
const org = (more: Partial<OrgUnderTest>): OrgUnderTest =>
  ({ label: 'acme', isLocal: false, isForTrying: false, ...more }) as OrgUnderTest;

describe('conformance options', () => {
  const everything = ['reads', 'validates', 'changes'];

  it('let a real org be read only, unless changes are allowed', () => {
    expect(allowedEffects(org({ isForTrying: true }), readOptions([]))).to.deep.equal(['reads']);
    expect(allowedEffects(org({ isForTrying: true }), readOptions(['--allow-changes']))).to.deep.equal(everything);
  });

  it('refuse changes of a production org, unless that is said as well', () => {
    const careful = (): unknown => allowedEffects(org({}), readOptions(['--allow-changes']));
    const both = readOptions(['--allow-changes', '--allow-production']);

    expect(careful).to.throw(UsageError, 'acme is a production org.');
    expect(allowedEffects(org({}), both)).to.deep.equal(everything);
    expect(allowedEffects(org({}), readOptions(['--allow-production']))).to.deep.equal(['reads']);
  });

  it('let a local org be asked everything', () => {
    expect(allowedEffects(org({ isLocal: true }), readOptions([]))).to.deep.equal(everything);
  });

  it('pick scenarios by name, or by the beginning of a name', () => {
    const all = ['grant-one', 'grant-two', 'soql-one'].map(scenario);
    const picked = (...filters: string[]): readonly string[] => pickScenarios(all, filters).map(({ name }) => name);

    expect(picked()).to.have.lengthOf(3);
    expect(picked('grant-*')).to.deep.equal(['grant-one', 'grant-two']);
    expect(picked('soql-one', 'grant-two')).to.deep.equal(['grant-two', 'soql-one']);
    expect(() => picked('grant')).to.throw(UsageError, 'There is no scenario grant.');
  });

  it('refuse flags that there are not', () => {
    expect(() => readOptions(['--target', 'acme'])).to.throw(UsageError, '--target');
  });
});
