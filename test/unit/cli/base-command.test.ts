import { expect } from 'chai';
import { Config, Errors } from '@oclif/core';
import { JwtCommand } from '../../../src/cli/base-command.js';
import { JwtError } from '../../../src/errors.js';
import { repository } from '../../helpers/sf-cli.js';

/** A command that fails as it is told. */
class Failing extends JwtCommand<void> {
  public static override readonly summary = 'Fail.';
  public static failure: Error;

  public async run(): Promise<void> {
    await this.parse(Failing);
    throw Failing.failure;
  }
}

async function shown(failure: Error): Promise<Record<string, unknown>> {
  Failing.failure = failure;
  try {
    await new Failing(['--json'], await Config.load(repository)).run();
  } catch {
    const command = new Failing(['--json'], await Config.load(repository));
    const printed: unknown[] = [];
    command.logJson = (json) => printed.push(json);
    await Reflect.apply(Reflect.get(command, '_run') as () => Promise<void>, command, []).catch(() => undefined);
    return printed[0] as Record<string, unknown>;
  }
  throw new Error('the command did not fail');
}

describe('JwtCommand', () => {
  let exitCode: typeof process.exitCode;
  beforeEach(() => {
    exitCode = process.exitCode;
  });
  afterEach(() => {
    process.exitCode = exitCode;
  });

  it('turns an error into words, a name, an exit code and next steps', async () => {
    const error = await shown(new JwtError('orgUnknown', ['"my-org"'], { data: { org: 'my-org' } }));
    expect(error).to.include({
      name: 'OrgUnknownError',
      message: 'The Salesforce CLI knows no org "my-org".',
      exitCode: 2,
    });
    expect(error['actions']).to.include('See which orgs it knows: sf org list');
    expect(error['data']).to.deep.equal({ org: 'my-org' });
  });

  it('gives the message its tokens and the actions the ones after them', async () => {
    const error = await shown(new JwtError('trialOfSavedConnection', ['erp', 'erp-trial']));
    expect(error['message']).to.match(/^Connection erp is one/);
    expect(error['actions']).to.deep.equal([
      'Choose another name for the trial: sf jwt setup --local --connection erp-trial',
    ]);
  });

  it('does not take what stands in a token for a place of its own', async () => {
    const error = await shown(new JwtError('configNotJson', ['100%s.json', 'at %d']));
    expect(error['message']).to.equal('100%s.json is not JSON: at %d.');
  });

  it('keeps a line for each problem of a deploy that is explained specially, and for each difference', async () => {
    for (const key of [
      'signingCertificateMissing',
      'nameTaken',
      'permissionMissing',
      'changedInOrg',
      'editedByHand',
    ] as const) {
      const { message } = await shown(new JwtError(key, ['\n  a.cls:1: one\n  b.cls:2: two', '\n  c', 'd', 'e']));
      expect(String(message).split('\n'), key).to.include.members(['  a.cls:1: one']);
    }
  });

  it('shows no control characters of users, files or orgs, and keeps the lines of a refused deploy', async () => {
    const unknown = await shown(new JwtError('orgUnknown', ['"\u001b[31mred\u202e"'], { data: { org: '\u009b31m' } }));
    expect(unknown['message']).to.equal('The Salesforce CLI knows no org "\\u{1b}[31mred\\u{202e}".');
    expect(unknown['data']).to.deep.equal({ org: '\\u{9b}31m' });

    const problems = [{ message: '\u001bc', line: 3 }];
    const refused = await shown(
      new JwtError('deployRefused', ['server', '\n  \u001bc', '0Af1'], { data: { problems } }),
    );
    expect(refused['message']).to.equal('The deploy to the server org failed: \n  \\u{1b}c');
    expect(refused['data']).to.deep.equal({ problems: [{ message: '\\u{1b}c', line: 3 }] });
  });

  it('lets no token add a line of its own', async () => {
    const error = await shown(new JwtError('configInvalid', ['config.json', '"a\n\nDone." is not known']));
    expect(error['message']).to.equal('config.json is not a connection file: "a Done." is not known.');
  });

  it('does not warn of plain http to this machine, and does of every other', async () => {
    const command = new Failing([], await Config.load(repository));
    const warned = (host: string): boolean => {
      const before = Reflect.get(command, 'warnings') as unknown[];
      const count = before.length;
      command.jsonEnabled = () => true;
      command.warn(`Using insecure protocol: http: on url: ${host}`);
      return (Reflect.get(command, 'warnings') as unknown[]).length > count;
    };
    expect(['http://localhost:8080', 'http://127.0.0.1'].map(warned)).to.deep.equal([false, false]);
    expect(['http://acme.my.salesforce.com', 'http://localhost.acme.com'].map(warned)).to.deep.equal([true, true]);
  });

  it('says of a fault of the file system where it is and what to do', async () => {
    const fault = Object.assign(new Error('EEXIST: file already exists'), {
      code: 'EEXIST',
      syscall: 'mkdir',
      path: '/a/b',
    });
    expect(await shown(fault)).to.include({
      name: 'FileSystemRefusedError',
      message: '/a/b cannot be used: a file is there, and a folder is needed.',
      exitCode: 2,
    });
  });

  it('ends with 2 for a wrong flag, whatever the CLI around it takes for one', async () => {
    const wrongFlag = new Errors.CLIError('Expected --key-size=1024 to be one of', { exit: 1 });
    expect(await shown(wrongFlag)).to.include({ exitCode: 2 });
  });

  it('leaves errors of others as they are', async () => {
    expect(await shown(new TypeError('a mistake of ours'))).to.include({ message: 'a mistake of ours' });
  });
});
