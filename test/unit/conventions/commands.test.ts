import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { JwtCommand } from '../../../src/cli/base-command.js';
import { filesIn, read, root } from '../../helpers/source-files.js';

type CommandClass = Omit<typeof JwtCommand, 'prototype'> & { readonly name: string; readonly prototype: unknown };
type SnapshotEntry = { readonly command: string; readonly flags: readonly string[] };

const commands = filesIn('src/commands', '.ts').map((path) => {
  const words = path.slice('src/commands/'.length, -'.ts'.length).split('/');
  return { path, words, id: words.join(':'), bundle: words.join('.') };
});

function json<T>(path: string): T {
  return JSON.parse(read(path)) as T;
}

describe('every command', () => {
  it('is found in src/commands', () => {
    expect(commands).not.to.be.empty;
  });

  for (const { path, words, id, bundle } of commands) {
    describe(`sf ${words.join(' ')}`, () => {
      let command: CommandClass;

      before(async () => {
        const module = (await import(pathToFileURL(join(root, path)).href)) as { readonly default: CommandClass };
        command = module.default;
      });

      it('is a JwtCommand, which words its errors, and speaks --json', () => {
        expect(Object.prototype.isPrototypeOf.call(JwtCommand, command)).to.equal(true);
        expect(command.enableJsonFlag).to.equal(true);
      });

      it('has a summary of one short imperative sentence', () => {
        expect(command.summary).to.match(/^[A-Z][^\n]*\.$/);
        expect(command.summary?.length).to.be.at.most(80);
      });

      it('has a description, two examples to copy, and the exit codes', () => {
        expect(command.description).to.be.a('string').and.not.to.equal(command.summary);
        expect(command.examples).to.have.length.of.at.least(2);
        for (const example of command.examples ?? []) expect(JSON.stringify(example)).to.contain('<%= command.id %>');
        expect(JSON.stringify(command.errorCodes)).to.contain('EXIT CODES');
      });

      it('has flags in kebab-case, each with a summary', () => {
        for (const [name, flag] of Object.entries(command.flags ?? {})) {
          expect(name).to.match(/^[a-z0-9]+(-[a-z0-9]+)*$/);
          expect(flag.summary, name).to.match(/^[A-Z][^]*\.$/);
        }
      });

      it('has a message bundle of its own', () => {
        expect(existsSync(join(root, 'messages', `${bundle}.md`))).to.equal(true);
      });

      it('is in the manifest, the snapshot and the reference', () => {
        const manifest = json<{ commands: Record<string, unknown> }>('oclif.manifest.json');
        expect(manifest.commands).to.have.property(id);
        const entry = json<SnapshotEntry[]>('command-snapshot.json').find((one) => one.command === id);
        expect(entry?.flags).to.include.members(Object.keys(command.flags ?? {}));
        expect(read('docs/commands.md')).to.contain(`## \`sf ${words.join(' ')}`);
      });

      it('has a JSON schema of its result', () => {
        const schema = json<Record<string, unknown>>(`schemas/${id.replaceAll('-', '__').replaceAll(':', '-')}.json`);
        expect(schema).to.have.property('$schema');
      });
    });
  }

  it('is the only one that the manifest, the snapshot and the schemas name', () => {
    const ids = commands.map(({ id }) => id).sort();
    const manifest = Object.keys(json<{ commands: Record<string, unknown> }>('oclif.manifest.json').commands);
    expect(manifest.sort()).to.deep.equal(ids);
    expect(
      json<SnapshotEntry[]>('command-snapshot.json')
        .map((one) => one.command)
        .sort(),
    ).to.deep.equal(ids);
    const schemas = filesIn('schemas', '.json')
      .filter((file) => !file.endsWith('.schema.json'))
      .map((file) => file.slice('schemas/'.length, -'.json'.length).replaceAll('-', ':').replaceAll('__', '-'));
    expect(schemas.sort()).to.deep.equal(ids);
  });
});
