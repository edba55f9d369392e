import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { allFindings, findingsBelow } from '../helpers/recorder.js';
import { registerPassword, type SecretKind } from '../helpers/secrets.js';

// Put together here, so that this file holds no secret, either.
const planted: Readonly<Record<SecretKind, string>> = {
  'private key': `-----BEGIN ${'PRIVATE'} KEY-----`,
  'signed JWT': `eyJhbGciOiJSUzI1NiJ9.${'eyJpc3MiOiJhIn0'}.${'c2lnbmF0dXJlLXNpZ25hdHVyZQ'}`,
  'access token': `00D000000000001${'!'}AQ.token.token.token`,
  password: ['planted', 'store', 'password'].join(' '),
};

/** Last of all spec files: looks at what every test before it printed and wrote. */
describe('what the suite printed and wrote', () => {
  it('holds no private key, JWT, access token or password outside private files', () => {
    const golden = findingsBelow(fileURLToPath(new URL('../golden', import.meta.url)));
    expect([...golden, ...allFindings()]).to.deep.equal([]);
  });

  describe('would have been found to hold', () => {
    const print = `process.stdout.write(process.argv[1])`;

    /** How often a finding of this kind is there. */
    const seen = (kind: SecretKind) => allFindings().filter((finding) => finding.kind === kind).length;

    for (const [kind, secret] of Object.entries(planted) as [SecretKind, string][]) {
      it(`${kind}: printed by any kind of child process`, async () => {
        registerPassword(planted.password);
        const before = seen(kind);
        spawnSync(process.execPath, ['-e', print, `x ${secret}`]);
        execFileSync(process.execPath, ['-e', print, `x ${secret}`]);
        await once(spawn(process.execPath, ['-e', print, `x ${secret}`]), 'close');
        expect(seen(kind)).to.equal(before + 3);
      });

      it(`${kind}: in a file that is left, or was removed before`, async () => {
        registerPassword(planted.password);
        const before = seen(kind);
        const removals = [() => undefined, rmSync, rm] as ((path: string, options: object) => void | Promise<void>)[];
        for (const remove of removals) {
          const folder = mkdtempSync(join(tmpdir(), 'planted-'));
          writeFileSync(join(folder, 'planted.txt'), `x ${secret} y`);
          await remove(folder, { recursive: true });
        }
        expect(seen(kind)).to.equal(before + 3);
      });
    }

    it('no private key when only its owner can read the file', () => {
      const before = seen('private key');
      const folder = mkdtempSync(join(tmpdir(), 'private-'));
      writeFileSync(join(folder, 'own.key'), planted['private key'], { mode: 0o600 });
      expect(seen('private key')).to.equal(before);
    });
  });
});
