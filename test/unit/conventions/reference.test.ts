import { expect } from 'chai';
import { polishReference } from '../../../scripts/polish-reference.mjs';
import { read } from '../../helpers/source-files.js';

const codes = {
  header: 'EXIT CODES',
  body: [
    { name: '0', description: 'Done.' },
    { name: '2', description: 'Wrong use.' },
  ],
};

const section = (example: string): string => `# Commands

## \`sf jwt key create\`

Create.

\`\`\`
USAGE
  $ sf jwt key create

EXAMPLES
  Create a key:

${example}
\`\`\`
<!-- commandsstop -->
`;

const polished = (example: string): string =>
  polishReference(section(example), { 'jwt:key:create': { errorCodes: codes } });

describe('the reference of the commands', () => {
  it('breaks an example before a quoted value and never in it', () => {
    const wrapped = `    $ sf jwt key create --output-dir ./keys --name crm_integration --key-size 4096 --subject "CN=Crm \\
      Integration,O=Acme,C=US" --password-file 'my password.txt' --json`;
    expect(polished(wrapped)).to.contain(`
    $ sf jwt key create --output-dir ./keys --name crm_integration --key-size 4096 --subject \\
      "CN=Crm Integration,O=Acme,C=US" --password-file 'my password.txt' --json
`);
  });

  it('leaves an example that fits as it is', () => {
    expect(polished('    $ sf jwt key create --name a')).to.contain('\n    $ sf jwt key create --name a\n');
  });

  it('ends each command with its exit codes, as the help does', () => {
    expect(polished('    $ sf jwt key create')).to.match(
      /key create\n\nEXIT CODES\n {2}0 {2}Done\.\n {2}2 {2}Wrong use\.\n```\n<!-- commandsstop -->\n$/,
    );
  });

  it('has both in the file that is committed', () => {
    const commands = read('docs/commands.md')
      .split(/^(?=## `)/m)
      .slice(1);
    expect(commands).not.to.be.empty;
    for (const text of commands) {
      expect(text).to.contain('\nEXIT CODES\n  0');
      for (const line of text.split('\n').filter((one) => one.endsWith(' \\'))) {
        expect((line.match(/"/g)?.length ?? 0) % 2, line).to.equal(0);
      }
    }
  });
});
