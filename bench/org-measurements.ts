import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKeyMaterial } from '../src/keys/create.js';
import type { KeyMaterial } from '../src/keys/key-material.js';
import type { RunningOrg } from '../src/local-org/index.js';
import { classFiles, multipartOf, smallFiles, zipOfFiles } from './deploy-bodies.js';
import { rateOf } from './load.js';
import { median } from './measure.js';
import { appFiles, consumerKey, setUpUsers, tokenForm } from './org-app.js';
import { OrgClient, rest } from './org-client.js';
import { measureMemory } from './org-memory.js';
import { startOrgProcess, type FirstToken, type OrgProcess } from './org-process.js';
import type { Row } from './org-report.js';

export type Options = {
  readonly rounds: number;
  readonly seconds: number;
  /** How many the memory is watched over. */
  readonly requests: number;
  /** Measures only rows whose name has this in it. */
  readonly only: string;
  readonly profileDir: string | undefined;
};

const clients = 8;
/** With 3,600 logins for each in an hour, more than are measured. */
const userCount = 60;
const formCount = 400;

/** Measures row after row, each in a process of its own. @throws Error where an answer is not the one that is wanted */
export async function measureAll(options: Options): Promise<readonly Row[]> {
  const subject = { CN: 'bench' };
  const keys = await createKeyMaterial({ keySize: 2048, subject, validDays: 30, now: new Date() });
  const folder = await mkdtemp(join(tmpdir(), 'sf-jwt-bench-'));
  try {
    const wanted = [...startRows(keys, folder), ...rateRows(keys, folder), ...memoryRows(keys)].filter(({ name }) =>
      name.includes(options.only),
    );
    const rows: Row[] = [];
    for (const { measure, ...row } of wanted) rows.push({ ...row, ...(await measure(options)) });
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Planned = Pick<Row, 'name' | 'unit' | 'target'> & {
  readonly measure: (options: Options) => Promise<Pick<Row, 'best' | 'median' | 'details'>>;
};

function startRows(keys: KeyMaterial, folder: string): readonly Planned[] {
  const saved = join(folder, 'saved');
  const privateKeyPem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const zip = multipartOf(zipOfFiles(appFiles(keys))).toString('base64');
  return [
    {
      name: 'start to first token, app in the state folder',
      unit: 'ms',
      target: 300,
      async measure({ rounds, profileDir }) {
        const make = startOrgProcess();
        await make.firstToken({ stateDir: saved, zip, privateKeyPem, consumerKey });
        await make.stop();
        return firstTokens(rounds, profileDir, async (round) => {
          const stateDir = join(folder, `cold-${round}`);
          await cp(saved, stateDir, { recursive: true });
          return { stateDir, privateKeyPem, consumerKey };
        });
      },
    },
    {
      name: 'start to first token, app deployed on the way',
      unit: 'ms',
      target: 300,
      measure: ({ rounds, profileDir }) =>
        firstTokens(rounds, profileDir, () => Promise.resolve({ zip, privateKeyPem, consumerKey })),
    },
  ];
}

type Request = Parameters<OrgProcess['firstToken']>[0];

/** Cold: a new process for each round. */
async function firstTokens(
  rounds: number,
  profileDir: string | undefined,
  requestOf: (round: number) => Promise<Request>,
): Promise<Pick<Row, 'best' | 'median' | 'details'>> {
  const times: FirstToken[] = [];
  // Round 0 warms the file cache and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const org = startOrgProcess(profileDir);
    const time = await org.firstToken(await requestOf(round));
    await org.stop();
    if (round > 0) times.push(time);
  }
  const totals = times.map(({ load, start, deploy, token }) => load + start + deploy + token);
  const part = (name: keyof FirstToken): string => `${name} ${median(times.map((time) => time[name])).toFixed(0)}`;
  const details = `${(['load', 'start', 'deploy', 'token'] as const).map(part).join(', ')} ms (medians)`;
  return { best: Math.min(...totals), median: median(totals), details };
}

/** What a rate is measured with: a served org that has users, and clients of it. */
type Served = { readonly client: OrgClient; readonly forms: () => readonly string[]; readonly sign: () => void };

type RatePlan = {
  readonly name: string;
  readonly target?: number;
  readonly freshConnections?: boolean;
  readonly stateDir?: string;
  readonly job: (served: Served) => (serial: number) => Promise<unknown>;
};

const grant: RatePlan['job'] =
  ({ client, forms }) =>
  (serial) =>
    client.token(forms()[serial % formCount] ?? '');

function rateRows(keys: KeyMaterial, folder: string): readonly Planned[] {
  const zips = Array.from({ length: 50 }, (_, serial) => zipOfFiles(smallFiles(serial)));
  const base64 = zips.map((zip) => zip.toString('base64'));
  const bodies = zips.map(multipartOf);
  const classes = Array.from({ length: 50 }, (_, serial) => multipartOf(zipOfFiles(classFiles(serial))));
  const search = new URLSearchParams({ q: 'SELECT Id, Name, Profile.Name FROM User WHERE IsActive = true LIMIT 5' });
  const deployRest =
    (list: readonly Buffer[]): RatePlan['job'] =>
    ({ client }) =>
    (serial) =>
      client.deployRest(list[serial % list.length]!);
  const plans: readonly RatePlan[] = [
    { name: 'token grants, connections kept', target: 1000, job: grant },
    { name: 'token grants, a connection for each', target: 1000, freshConnections: true, job: grant },
    { name: 'token grants, with a state folder', stateDir: join(folder, 'state'), job: grant },
    {
      name: 'small deploys through SOAP',
      target: 50,
      job:
        ({ client }) =>
        (serial) =>
          client.deploySoap(base64[serial % base64.length]!),
    },
    { name: 'small deploys through REST', target: 50, job: deployRest(bodies) },
    {
      name: 'small deploys through REST, with a state folder',
      target: 50,
      stateDir: join(folder, 'deploy-state'),
      job: deployRest(bodies),
    },
    { name: 'deploys of an Apex class through REST', job: deployRest(classes) },
    {
      name: 'REST queries',
      job:
        ({ client }) =>
        () =>
          client.send('GET', `${rest}/query?${search.toString()}`),
    },
  ];
  return plans.map((plan) => ({
    name: plan.name,
    unit: 'a second',
    target: plan.target,
    measure: ({ rounds, seconds, profileDir }) =>
      withOrg(keys, plan, profileDir, (served) =>
        rateOf(plan.job(served), { clients, rounds, seconds, prepare: served.sign }),
      ),
  }));
}

function memoryRows(keys: KeyMaterial): readonly Planned[] {
  return [
    {
      name: 'heap growth over all requests but the first fifth',
      unit: 'MB',
      // Room for what the compiler and caches still add; a leak of 100 bytes a request is more than that.
      target: 5,
      measure: ({ requests, profileDir }) =>
        withOrg(keys, {}, profileDir, ({ client, forms, sign }, org) =>
          measureMemory({ client, forms, sign, memory: () => org.memory(), requests, clients }),
        ),
    },
  ];
}

async function withOrg<T>(
  keys: KeyMaterial,
  { freshConnections, stateDir }: Pick<RatePlan, 'freshConnections' | 'stateDir'>,
  profileDir: string | undefined,
  use: (served: Served, org: OrgProcess) => Promise<T>,
): Promise<T> {
  const org = startOrgProcess(profileDir);
  try {
    const [running] = (await org.serve(stateDir)) as readonly [RunningOrg];
    const client = new OrgClient(running, { connections: clients, freshConnections });
    const usernames = await setUpUsers(client, keys, userCount);
    let forms: readonly string[] = [];
    const formOf = (serial: number): string =>
      tokenForm(keys, running.instanceUrl, usernames[serial % usernames.length] ?? '', serial);
    // Anew for each round: assertions do not live long.
    const sign = (): void => void (forms = Array.from({ length: formCount }, (_, serial) => formOf(serial)));
    const result = await use({ client, forms: () => forms, sign }, org);
    await client.close();
    return result;
  } finally {
    await org.stop();
  }
}
