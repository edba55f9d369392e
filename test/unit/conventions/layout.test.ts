import { expect } from 'chai';
import { filesIn, importsOf, read, reachableFrom } from '../../helpers/source-files.js';

const sources = filesIn('src', '.ts');
const cliPackages = /^(@salesforce|@oclif|@inquirer)\//;
const edge = /^src\/(commands|cli)\/|^src\/org\/salesforce/;

describe('the layout of the source', () => {
  it('lets only commands, cli and org/salesforce* know the sf CLI', () => {
    const wrong = sources
      .filter((file) => !edge.test(file))
      .flatMap((file) => importsOf(file).map((imported) => ({ file, imported })))
      .filter(({ imported }) => cliPackages.test(imported) || /^src\/(commands|cli)\//.test(imported));
    expect(wrong).to.deep.equal([]);
  });

  for (const stage of ['config', 'keys', 'artifacts', 'plan', 'verify', 'local-org']) {
    it(`keeps ${stage} free of the org adapter, also at one remove`, () => {
      const wrong = sources
        .filter((file) => file.startsWith(`src/${stage}/`))
        .flatMap((file) => [...reachableFrom(file)].map((reached) => ({ file, reached })))
        .filter(({ reached }) => cliPackages.test(reached) || edge.test(reached));
      expect(wrong).to.deep.equal([]);
    });
  }

  it('keeps every command out of what another command does', () => {
    const wrong = sources
      .filter((file) => file.startsWith('src/commands/'))
      .filter((file) => importsOf(file).some((imported) => imported.startsWith('src/commands/')));
    expect(wrong).to.deep.equal([]);
  });

  it('has no file over 250 lines', () => {
    const files = ['src', 'test', 'bench', 'scripts'].flatMap((folder) =>
      ['.ts', '.mjs', '.hbs'].flatMap((ending) => filesIn(folder, ending)),
    );
    const long = files.filter((file) => read(file).trimEnd().split('\n').length > 250);
    expect(long).to.deep.equal([]);
  });

  it('names files in kebab-case, and none of them for what it is not about', () => {
    const wrong = sources.filter(
      (file) =>
        !/^src(\/[a-z0-9]+(-[a-z0-9]+)*)+\.ts$/.test(file) || /\/(utils?|common|helpers?|misc)(\/|\.ts$)/.test(file),
    );
    expect(wrong).to.deep.equal([]);
  });

  it('exports by name, except for command classes', () => {
    const wrong = sources.filter((file) => /^export default /m.test(read(file)) !== file.startsWith('src/commands/'));
    expect(wrong).to.deep.equal([]);
  });
});
