import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { start, type Running } from './process.js';

const index = new URL('../../src/local-org/index.ts', import.meta.url).href;

/** A process with local orgs that keep their state, to be killed. */
export type OrgChild = Running & {
  readonly instanceUrl: string;
  /** The administrator's, of the first start. */
  readonly token: string;
  /** As the administrator. Undefined where there was no whole answer. */
  send(
    method: string,
    path: string,
    body?: unknown,
  ): Promise<{ readonly status: number; readonly body: any } | undefined>; // eslint-disable-line @typescript-eslint/no-explicit-any -- answers are looked into as each test needs
};

/** @param mostBlocks Largest size of a file in blocks of the shell's `ulimit -f`, as a disk that is full would have it */
export async function startOrgChild(stateDir: string, { settings = {}, mostBlocks = 0 } = {}): Promise<OrgChild> {
  const script = `const { startLocalOrgs } = await import(${JSON.stringify(index)});
    const { orgs } = await startLocalOrgs(${JSON.stringify({ stateDir, settings, orgs: [{ alias: 'jwt-server' }] })});
    console.log(orgs[0].instanceUrl);`;
  const args = ['--import', 'tsx', '--input-type=module', '-e', script];
  // A process that ignores the signal of that limit gets an error from write(2) instead.
  const limited = `trap '' XFSZ; ulimit -f ${mostBlocks}; exec "$@"`;
  const running = await (mostBlocks > 0
    ? start('sh', ['-c', limited, 'sh', process.execPath, ...args])
    : start(process.execPath, args));
  const instanceUrl = running.firstLine;
  const token = adminToken(stateDir);
  return {
    ...running,
    instanceUrl,
    token,
    async send(method, path, body) {
      try {
        const form = body instanceof FormData ? body : body === undefined ? undefined : JSON.stringify(body);
        const headers: Record<string, string> = { authorization: `Bearer ${token}` };
        if (typeof form === 'string') headers['content-type'] = 'application/json';
        const response = await fetch(instanceUrl + path, { method, headers, body: form });
        const text = await response.text();
        return { status: response.status, body: text === '' ? undefined : (JSON.parse(text) as unknown) };
      } catch {
        return undefined;
      }
    },
  };
}

/** The child prints no token: it is taken from the state that only this user may read. */
function adminToken(stateDir: string): string {
  const [, ...lines] = readFileSync(join(stateDir, 'jwt-server.jsonl'), 'utf8').trimEnd().split('\n');
  const changes = lines.flatMap((line) => JSON.parse(line.slice(line.indexOf(' '))) as readonly (readonly string[])[]);
  return changes.find(([kind]) => kind === 'session')![1]!;
}
