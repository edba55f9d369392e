import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { askForNew, askToOpen, passwordFlags, readGivenPassword } from '../../../src/cli/password.js';
import type { HiddenPrompt } from '../../../src/cli/password.js';
import { refusalOf } from '../../helpers/refusal.js';
import { registerPassword } from '../../helpers/secrets.js';

describe('password of the stores', () => {
  const password = registerPassword('pässwörd for tests €');
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'password-'));
  });

  afterEach(async () => rm(directory, { recursive: true, force: true }));

  async function file(content: string | Uint8Array): Promise<string> {
    const path = join(directory, 'password');
    await writeFile(path, content, { mode: 0o600 });
    return path;
  }

  for (const [what, content] of [
    ['without a newline', password],
    ['with a newline', `${password}\n`],
    ['with CRLF and a second line', `${password}\r\nnot this\r\n`],
    ['with a byte order mark', `\uFEFF${password}\n`],
  ] as const) {
    it(`is the first line of a file ${what}`, async () => {
      const given = await readGivenPassword({ 'password-file': await file(content) }, {});
      expect(given === password).to.equal(true);
    });
  }

  it('keeps spaces at both ends', async () => {
    const given = await readGivenPassword({ 'password-file': await file('  a b  \n') }, {});
    expect(given === '  a b  ').to.equal(true);
  });

  it('comes from the environment without a file, and the file wins', async () => {
    const environment = { SF_JWT_STORE_PASSWORD: 'from environment' };
    expect((await readGivenPassword({}, environment)) === 'from environment').to.equal(true);
    const given = await readGivenPassword({ 'password-file': await file(password) }, environment);
    expect(given === password).to.equal(true);
  });

  it('is none without file and environment: there is no default', async () => {
    expect(await readGivenPassword({}, {})).to.equal(undefined);
    expect(await readGivenPassword({}, { SF_JWT_STORE_PASSWORD: '' })).to.equal(undefined);
  });

  it('has no flag that takes it as an argument', () => {
    expect(Object.keys(passwordFlags)).to.deep.equal(['password-file']);
  });

  const refused: ReadonlyArray<readonly [string, () => Promise<string>, RegExp]> = [
    ['an empty file', () => file(''), /first line is empty/],
    ['an empty first line', () => file('\nsecond'), /first line is empty/],
    ['bytes that are no text', () => file(Buffer.from('ff00fe', 'hex')), /not UTF-8/],
    ['a missing file', async () => Promise.resolve(join(directory, 'no')), /no such file/],
    ['a directory', async () => Promise.resolve(directory), /it is a directory/],
  ];
  for (const [what, make, reason] of refused) {
    it(`is refused from ${what}`, async () => {
      const path = await make();
      const error = await refusalOf(() => readGivenPassword({ 'password-file': path }, {}));
      expect([error.key, error.tokens[0]]).to.deep.equal(['passwordFileUnreadable', path]);
      expect(error.tokens[1]).to.match(reason);
    });
  }

  /** Answers one prompt after the other, and keeps what the prompts said of them. */
  function answering(...answers: readonly string[]): {
    readonly prompt: HiddenPrompt;
    readonly judged: (true | string)[];
  } {
    const judged: (true | string)[] = [];
    const left = [...answers];
    const prompt: HiddenPrompt = async (_message, validate) => {
      const answer = left.shift() ?? '';
      judged.push(validate?.(answer) ?? true);
      return Promise.resolve(answer);
    };
    return { prompt, judged };
  }

  it('is asked for twice when stores are made', async () => {
    const { prompt, judged } = answering('secret word', 'secret word');
    expect((await askForNew(prompt)) === 'secret word').to.equal(true);
    expect(judged).to.deep.equal([true, true]);
  });

  it('is none after an empty answer, which is not asked for again', async () => {
    const { prompt, judged } = answering('');
    expect(await askForNew(prompt)).to.equal(undefined);
    expect(judged).to.deep.equal([true]);
  });

  it('is judged while it is typed', async () => {
    const { prompt, judged } = answering('short', 'other');
    await askForNew(prompt);
    expect(judged).to.deep.equal([
      'it has fewer than 6 characters, and keytool demands as many',
      'The two passwords differ.',
    ]);
  });

  it('is asked for by the name of the file, without escapes for the terminal', async () => {
    let asked = '';
    await askToOpen('a\u001b[2J.jks', async (message) => {
      asked = message;
      return Promise.resolve('x');
    });
    expect(asked).to.equal(String.raw`Password of a\u{1b}[2J.jks:`);
  });
});
