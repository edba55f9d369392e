import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { RunningOrg } from '../src/local-org/index.js';

const script = fileURLToPath(new URL('org-process.mjs', import.meta.url));

/** Milliseconds of each part of the way to the first token. */
export type FirstToken = {
  readonly load: number;
  readonly start: number;
  readonly deploy: number;
  readonly token: number;
};

export type FirstTokenRequest = {
  readonly stateDir?: string;
  /** Multipart body of a deploy of the app, in base64; without it the app is in the state folder. */
  readonly zip?: string;
  readonly privateKeyPem: string;
  readonly consumerKey: string;
};

/** A process of its own with local orgs from the built lib. */
export type OrgProcess = {
  /** Starts the orgs and asks for a token. To be called once, and first. */
  firstToken(request: FirstTokenRequest): Promise<FirstToken>;
  serve(stateDir?: string): Promise<readonly RunningOrg[]>;
  /** After a garbage collection, in bytes. */
  memory(): Promise<NodeJS.MemoryUsage>;
  stop(): Promise<void>;
};

/** @param profileDir Where to leave a CPU profile of the process, for DevTools or speedscope */
export function startOrgProcess(profileDir?: string): OrgProcess {
  const profile = profileDir === undefined ? [] : ['--cpu-prof', '--cpu-prof-dir', profileDir];
  const child = fork(script, { execArgv: ['--expose-gc', ...profile] });
  const ask = async (kind: string, request: object = {}): Promise<unknown> => {
    child.send({ kind, ...request });
    const { value, error } = await answerOf(child);
    if (error !== undefined) throw new Error(`The process of the local org failed: ${error}`);
    return value;
  };
  return {
    firstToken: async (request) => (await ask('firstToken', request)) as FirstToken,
    serve: async (stateDir) => ((await ask('serve', { stateDir })) as { orgs: readonly RunningOrg[] }).orgs,
    memory: async () => (await ask('memory')) as NodeJS.MemoryUsage,
    async stop() {
      if (!child.connected) return;
      const closed = once(child, 'close');
      await ask('stop');
      await closed;
    },
  };
}

type Answer = { readonly value?: unknown; readonly error?: string };

async function answerOf(child: ChildProcess): Promise<Answer> {
  const done = new AbortController();
  const { signal } = done;
  try {
    const answer = await Promise.race([
      once(child, 'message', { signal }).then(([message]) => message as Answer),
      once(child, 'exit', { signal }).then(([code]): Answer => ({ error: `it ended with ${String(code)}` })),
    ]);
    return answer;
  } finally {
    done.abort();
  }
}
