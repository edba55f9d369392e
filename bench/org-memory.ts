import type { OrgClient } from './org-client.js';
import type { Row } from './org-report.js';
import { requestMix } from './request-mix.js';

export type Watched = {
  readonly client: OrgClient;
  readonly forms: () => readonly string[];
  readonly sign: () => void;
  readonly memory: () => Promise<NodeJS.MemoryUsage>;
  readonly requests: number;
  readonly clients: number;
};

const samples = 10;
const megabyte = 1024 * 1024;

/** Sends a mix of requests and looks at the memory after each tenth of them, once the garbage is collected. */
export async function measureMemory(watched: Watched): Promise<Pick<Row, 'best' | 'median' | 'details'>> {
  const { client, forms, sign, memory, requests, clients } = watched;
  const step = requestMix(forms);
  const heap: number[] = [];
  const rss: number[] = [];
  let sent = 0;
  let serial = 0;
  for (let sample = 1; sample <= samples; sample += 1) {
    sign();
    const upTo = (requests * sample) / samples;
    await Promise.all(
      Array.from({ length: clients }, async () => {
        while (sent < upTo) {
          const count = await step(client, serial++);
          sent += count;
        }
      }),
    );
    const usage = await memory();
    heap.push(usage.heapUsed / megabyte);
    rss.push(usage.rss / megabyte);
  }
  // The second sample is the first that has the compiler and the caches warm.
  const growth = heap.at(-1)! - heap[1]!;
  const list = (values: readonly number[]): string => values.map((value) => value.toFixed(0)).join(' ');
  const details = `after each ${requests / samples} requests heap ${list(heap)} MB, RSS ${list(rss)} MB`;
  return { best: growth, median: growth, details };
}
