import { expect } from 'chai';
import { stagesBeside } from '../../../src/cli/setup-stages.js';

const stages = ['key', 'app', 'import', 'client', 'verify'];

describe('the stages of a setup', () => {
  it('are shown all together where nobody has to do anything', () => {
    expect(stagesBeside(undefined, stages, 'key')).to.deep.equal(stages);
    expect(stagesBeside('import', ['key', 'verify'], 'key')).to.deep.equal(['key', 'verify']);
  });

  it('leave the screen to the person who imports a keystore', () => {
    expect(stagesBeside('import', stages, 'app')).to.deep.equal(['key', 'app']);
    expect(stagesBeside('import', stages, 'verify')).to.deep.equal(['client', 'verify']);
    expect(stagesBeside('import', stages.slice(2), 'client')).to.deep.equal(['client', 'verify']);
  });
});
