import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { JwtError } from '../../src/errors.js';
import { lockFolder } from '../../src/folder-lock.js';
import { temporaryFolder } from '../helpers/home.js';
import { refusalOf } from '../helpers/refusal.js';

const held = (holder: string): JwtError => new JwtError('setupAlreadyRunning', ['erp', holder]);

describe('lockFolder', () => {
  let folder: string;
  let waits: number;
  beforeEach(() => {
    folder = temporaryFolder('lock');
    waits = 0;
  });

  const lock = (pause?: () => void) =>
    lockFolder(folder, held, {
      pause: () => {
        waits += 1;
        pause?.();
        return Promise.resolve();
      },
    });
  const claimOf = (pid: number): void =>
    writeFileSync(join(folder, 'lock'), JSON.stringify({ pid, claim: 'of another' }));

  it('refuses what this very process holds, and gives it out again once it let go', async () => {
    const first = await lock();
    const error = await refusalOf(() => lock());
    expect([error.key, error.tokens[1]]).to.deep.equal(['setupAlreadyRunning', `process ${process.pid}`]);
    await first.release();
    await (await lock()).release();
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('takes over from an earlier process that had the id of this one, as after a restart of a container', async () => {
    claimOf(process.pid);
    const own = await lock();
    expect(waits).to.equal(0);
    expect(readFileSync(join(folder, 'lock'), 'utf8')).not.to.contain('of another');
    await own.release();
  });

  it('takes over where another process has got the id of the holder', async function () {
    if (process.platform !== 'linux') {
      console.log('skipped: only Linux tells when a process was started in /proc');
      return this.skip();
    }
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    const started = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]);
    const claimStarted = (at: number): void =>
      writeFileSync(
        join(folder, 'lock'),
        JSON.stringify({ pid: process.ppid, started: String(at), claim: 'of another' }),
      );
    claimStarted(started);
    expect((await refusalOf(() => lock())).tokens[1]).to.equal(`process ${process.ppid}`);
    claimStarted(started - 1);
    waits = 0;
    await (await lock()).release();
    expect(waits).to.equal(0);
  });

  it('waits two seconds for a holder to let go, and not longer', async () => {
    claimOf(process.ppid);
    const error = await refusalOf(() => lock());
    expect(error.tokens[1]).to.equal(`process ${process.ppid}`);
    expect(waits).to.equal(41);
  });

  it('goes on as soon as the holder lets go', async () => {
    claimOf(process.ppid);
    await lock(() => {
      if (waits === 3) rmSync(join(folder, 'lock'));
    });
    expect(waits).to.equal(3);
  });

  it('does not wait for a process that has ended and that nobody asked about', async function () {
    if (process.platform !== 'linux') {
      console.log('skipped: only Linux tells the state of a process in /proc');
      return this.skip();
    }
    // The shell becomes a sleep, which never asks how its child ended. Only then may the child end.
    const parent = spawn('sh', ['-c', 'exec 3<&0; cat <&3 & echo $!; exec sleep 60 3<&-'], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    const untilProc = async (pid: number, file: string, text: string): Promise<void> => {
      while (!readFileSync(`/proc/${pid}/${file}`, 'utf8').includes(text)) await new Promise(setImmediate);
    };
    try {
      const zombie = await new Promise<number>((resolve) =>
        parent.stdout.once('data', (data: Buffer) => resolve(Number(data.toString()))),
      );
      await untilProc(Number(parent.pid), 'comm', 'sleep');
      parent.stdin.end();
      await untilProc(zombie, 'stat', ') Z');
      claimOf(zombie);
      await (await lock()).release();
      expect(waits).to.equal(0);
    } finally {
      parent.kill('SIGKILL');
    }
  });
});
