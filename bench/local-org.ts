import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { measureAll } from './org-measurements.js';
import { report } from './org-report.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '2' },
    requests: { type: 'string', default: '100000' },
    only: { type: 'string', default: '' },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});

// What is not measured is named in the table; what breaks ends the benchmark with an exit code.
const rows = await measureAll({
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  requests: Number(values.requests),
  only: values.only,
  profileDir: values.profile,
});
const machine = `Node.js ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}`;
console.log(
  values.json ? JSON.stringify({ machine, ...values, rows }, null, 2) : report(machine, Number(values.rounds), rows),
);
