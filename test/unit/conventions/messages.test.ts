import { expect } from 'chai';
import ts from 'typescript';
import { errorExitCodes } from '../../../src/errors.js';
import { filesIn, parse, read } from '../../helpers/source-files.js';

const bundles = filesIn('messages', '.md').map((path) => ({
  name: path.slice('messages/'.length, -'.md'.length),
  path,
}));

function keysOf(path: string): readonly string[] {
  return [...read(path).matchAll(/^# (\S.*)$/gm)].map(([, key]) => String(key));
}

/** What a source file asks its bundles for: keys as they stand, patterns where a part of the key is computed. */
type Asked = {
  readonly bundles: readonly string[];
  readonly keys: readonly string[];
  readonly patterns: readonly RegExp[];
};

function askedBy(file: string): Asked {
  const asked = { bundles: [] as string[], keys: [] as string[], patterns: [] as RegExp[] };
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node)) readCall(node, asked);
    ts.forEachChild(node, visit);
  };
  visit(parse(file));
  return asked;
}

function readCall(call: ts.CallExpression, asked: { bundles: string[]; keys: string[]; patterns: RegExp[] }): void {
  const callee = ts.isPropertyAccessExpression(call.expression) ? call.expression.name.text : '';
  const last = call.arguments.at(-1);
  if (callee === 'loadMessages' && last && ts.isStringLiteral(last)) asked.bundles.push(last.text);
  const first = call.arguments[0];
  if (/^(getMessages?|createError|createWarning|createInfo)$/.test(callee) && first) readKey(first, asked);
}

function readKey(key: ts.Expression, asked: { keys: string[]; patterns: RegExp[] }): void {
  if (ts.isStringLiteralLike(key)) asked.keys.push(key.text);
  else if (ts.isConditionalExpression(key)) [key.whenTrue, key.whenFalse].forEach((one) => readKey(one, asked));
  else if (ts.isTemplateExpression(key)) {
    const texts = [key.head.text, ...key.templateSpans.map((span) => span.literal.text)];
    asked.patterns.push(new RegExp(`^${texts.map((text) => text.replaceAll('.', '\\.')).join('.+')}$`));
  }
}

/** Some functions hand a key on as an argument: then it stands somewhere in the source as a text of its own. */
const literals = new Set(
  filesIn('src', '.ts').flatMap((file) => [...read(file).matchAll(/['"`]([\w.-]+)['"`]/g)].map(([, text]) => text)),
);
const asked = filesIn('src', '.ts').map(askedBy);

describe('messages', () => {
  for (const { name, path } of bundles.filter((bundle) => bundle.name !== 'errors')) {
    const users = asked.filter((one) => one.bundles.includes(name));

    it(`${name}: every text is used`, () => {
      const isUsed = (key: string) =>
        users.some((one) => one.keys.includes(key) || one.patterns.some((pattern) => pattern.test(key))) ||
        literals.has(key);
      // createError takes `<key>.actions` by itself.
      const unused = keysOf(path).filter((key) => !isUsed(key) && !isUsed(key.replace(/\.actions$/, '')));
      expect(unused).to.deep.equal([]);
    });

    it(`${name}: every text that is asked for is there`, () => {
      const mine = users.filter((one) => one.bundles.length === 1).flatMap((one) => one.keys);
      const missing = mine.filter((key) => !keysOf(path).includes(key));
      expect(missing).to.deep.equal([]);
    });
  }

  it('has no text twice in one bundle', () => {
    const twice = bundles.flatMap(({ path }) => {
      const keys = keysOf(path);
      return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${path}: ${key}`);
    });
    expect(twice).to.deep.equal([]);
  });

  it('loads only bundles that are there', () => {
    const names = bundles.map(({ name }) => name);
    expect(asked.flatMap((one) => one.bundles).filter((name) => !names.includes(name))).to.deep.equal([]);
  });
});

describe('errors', () => {
  const sections = new Map(
    read('messages/errors.md')
      .split(/^# /m)
      .slice(1)
      .map((section) => {
        const [key, ...text] = section.split('\n');
        return [String(key).trim(), text.join('\n').trim()] as const;
      }),
  );
  const wanted = Object.keys(errorExitCodes).flatMap((key) => [`error.${key}`, `error.${key}.actions`]);

  it('have a text and actions each, and there is no text of an error that is gone', () => {
    expect([...sections.keys()].sort()).to.deep.equal([...wanted].sort());
  });

  for (const key of Object.keys(errorExitCodes)) {
    it(`${key}: says what happened in sentences, then what to do`, () => {
      expect(sections.get(`error.${key}`)).to.match(/^[A-Z%"'][^]*([.:]|%s)$/);
      const actions = sections.get(`error.${key}.actions`)?.split('\n').filter(Boolean) ?? [];
      expect(actions).not.to.be.empty;
      // A list item each, and each starts with a verb: a capital letter, no "You" and no "The".
      for (const action of actions) expect(action).to.match(/^- (?!You |The |It |Your |This )[A-Z]\w+|^ {2,}\S/);
    });
  }

  it('are each thrown somewhere', () => {
    const source = filesIn('src', '.ts')
      .filter((file) => file !== 'src/errors.ts')
      .map(read)
      .join('\n');
    const unused = Object.keys(errorExitCodes).filter((key) => !new RegExp(`['"\`]${key}['"\`]`).test(source));
    expect(unused).to.deep.equal([]);
  });
});
