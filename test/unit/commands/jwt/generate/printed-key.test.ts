import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect } from 'chai';
import GenerateApex from '../../../../../src/commands/jwt/generate/apex.js';
import JwtKeyCreate from '../../../../../src/commands/jwt/key/create.js';
import JwtSetup from '../../../../../src/commands/jwt/setup.js';
import { registerPassword } from '../../../../helpers/secrets.js';
import { commandsIn } from './commands-in.js';
import { enterProject, runCommand } from './run-command.js';

/** As it is, but for its output. */
class Setup extends JwtSetup {
  public override logJson(): void {}
}

const server = ['--consumer-key', '3MVG9example', '--instance-url', 'https://acme.my.salesforce.com'];
const flags = ['--connection', 'erp', '--certificate-source', 'generate'];

describe('the key that a generated calling side says how to make', () => {
  const home = process.cwd();
  let project: string;

  beforeEach(() => {
    project = enterProject();
    execFileSync('git', ['init', '--quiet'], { cwd: project });
    writeFileSync('my_password.txt', registerPassword('a pässword of the steps'), { mode: 0o600 });
  });

  afterEach(() => {
    process.chdir(home);
    process.exitCode = undefined;
    rmSync(project, { recursive: true, force: true });
  });

  /** The words of a command as a shell reads them. */
  const wordsOf = (line: string): readonly string[] =>
    execFileSync('sh', ['-c', `printf '%s\\n' ${line}`], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');

  const ignored = (path: string): string => execFileSync('git', ['check-ignore', path], { encoding: 'utf8' }).trim();

  async function createAsPrinted(more: readonly string[] = []): Promise<void> {
    const { printed } = await runCommand(GenerateApex, [...flags, ...more, '--username', 'a@b.co', ...server]);
    const [line = ''] = commandsIn(printed).filter((command) => command.startsWith('sf jwt key create '));
    await runCommand(JwtKeyCreate, wordsOf(line).slice(4));
  }

  it('is out of git, also where somebody makes it in another clone of the project', async () => {
    await createAsPrinted();
    for (const suffix of ['key', 'jks', 'p12']) {
      expect(ignored(`.sf/jwt/erp/erp_jwt.${suffix}`)).to.equal(`.sf/jwt/erp/erp_jwt.${suffix}`);
    }
    rmSync('.sf', { recursive: true });
    await runCommand(JwtKeyCreate, ['--output-dir', '.sf/jwt/erp', '--name', 'erp_jwt']);
    expect(ignored('.sf/jwt/erp/erp_jwt.key')).not.to.equal('');
  });

  it('leaves other folders without an ignore file, and has one before openssl puts a key there', async () => {
    await runCommand(JwtKeyCreate, ['--output-dir', 'keys', '--name', 'erp_jwt']);
    expect(existsSync('keys/.gitignore') || existsSync('.gitignore') || existsSync('.sf')).to.equal(false);
    const existing = ['--connection', 'sap', '--certificate-source', 'existing', '--username', 'a@b.co'];
    await runCommand(GenerateApex, [...existing, ...server]);
    expect(ignored('.sf/jwt/sap/sap_jwt.p12')).not.to.equal('');
  });

  for (const size of ['2048', '4096']) {
    it(`is taken by setup as it is, at ${size} bits`, async () => {
      await createAsPrinted(['--key-size', size]);
      const made = readFileSync('.sf/jwt/erp/erp_jwt.crt', 'utf8');
      const again = [...flags, '--key-size', size, '--password-file', 'my_password.txt', '--force', '--json'];
      const result = await Setup.run(['--local', ...again]);
      if (!('verified' in result)) throw new TypeError('It was no dry run.');
      expect(result.verified).to.equal(true);
      expect(result.changed.map(({ subject }) => subject).join()).not.to.include('Private key');
      expect(readFileSync('.sf/jwt/erp/erp_jwt.crt', 'utf8')).to.equal(made);
    });
  }
});
