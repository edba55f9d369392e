// Runs groups of tests side by side, one process each, and sums them up: two cores are used, and what each group prints stays
// together. Every group ends with the search for secrets in all that it printed and wrote.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const groups = [['test/unit/**/*.test.ts'], ['test/golden/**/*.test.ts', 'test/interop/**/*.test.ts']];
const last = 'test/secrets/suite-output.test.ts';

const mocha = createRequire(import.meta.url).resolve('mocha/bin/mocha.js');
const folder = mkdtempSync(join(tmpdir(), 'sf-jwt-tests-'));

/** The first group prints at once, the others when the ones before them have ended. */
function run(specs, index) {
  const summaryFile = join(folder, `${index}.json`);
  const child = spawn(process.execPath, [mocha, ...specs, last], {
    env: { ...process.env, TEST_SUMMARY_FILE: summaryFile, ...colours },
    stdio: ['inherit', 'pipe', 'pipe'],
  });
  const chunks = [];
  const keep = (stream) => (chunk) => (index === 0 ? stream.write(chunk) : chunks.push([stream, chunk]));
  child.stdout.on('data', keep(process.stdout));
  child.stderr.on('data', keep(process.stderr));
  return new Promise((resolve) => {
    child.on('close', (code) =>
      resolve({ code, summaryFile, print: () => chunks.forEach(([stream, chunk]) => stream.write(chunk)) }),
    );
  });
}

// A pipe is no terminal, though what is written to it may end up in one.
const colours = process.stdout.isTTY && process.env.NO_COLOR === undefined ? { FORCE_COLOR: '1' } : {};

/** A group that ended without a summary did not get to its end. */
function summaryOf({ summaryFile, code }) {
  try {
    return JSON.parse(readFileSync(summaryFile, 'utf8'));
  } catch {
    console.error(`A group of tests ended with exit code ${code} before its end.`);
    return { passes: 0, failures: 1, pending: 0 };
  }
}

const running = groups.map(run);
const summaries = [];
for (const group of running) {
  const ended = await group;
  ended.print();
  summaries.push(summaryOf(ended));
}
rmSync(folder, { recursive: true, force: true });

const sum = (field) => summaries.reduce((total, summary) => total + summary[field], 0);
const total = { passes: sum('passes'), failures: sum('failures'), pending: sum('pending') };
if (process.env.TEST_SUMMARY_FILE) writeFileSync(process.env.TEST_SUMMARY_FILE, JSON.stringify(total));
if (total.pending) console.log(`${total.pending} skipped, each with its reason above`);
console.log(`${total.passes} passed, ${total.failures} failed`);
process.exitCode = total.failures > 0 ? 1 : 0;
