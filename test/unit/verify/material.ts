import type { X509Certificate } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createKeyMaterial } from '../../../src/keys/create.js';
import type { KeyMaterial } from '../../../src/keys/key-material.js';
import type { HttpAnswer } from '../../../src/verify/http.js';
import type { VerifyDeps } from '../../../src/verify/token-stages.js';

export const startOfTest = new Date('2026-11-23T10:00:00Z');

const made = new Map<string, Promise<KeyMaterial>>();

/** Key and certificate, made once for each name; valid for a year from the start of the test. */
export function keyMaterial(name = 'first', validDays = 365): Promise<KeyMaterial> {
  const id = `${name} ${validDays}`;
  const material =
    made.get(id) ?? createKeyMaterial({ keySize: 2048, subject: { CN: name }, validDays, now: startOfTest });
  made.set(id, material);
  return material;
}

export const pemOf = (certificate: X509Certificate): string => certificate.toString();

export function answer(status: number, body: unknown, headers: HttpAnswer['headers'] = {}): HttpAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const contentType = typeof body === 'string' ? 'text/html' : 'application/json';
  return { kind: 'answer', status, headers: { contentType, ...headers }, body: text };
}

export type Sent = {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly form: URLSearchParams;
};

export type World = VerifyDeps & {
  readonly sent: Sent[];
  readonly slept: number[];
  /** Moves the clock. */
  readonly advance: (seconds: number) => void;
};

/** A network that answers from a function, and a clock that only sleeping moves. */
export function fakeWorld(respond: (request: Sent, count: number) => Response): World {
  let now = startOfTest.getTime();
  const sent: Sent[] = [];
  const slept: number[] = [];
  return {
    sent,
    slept,
    now: () => new Date(now),
    advance: (seconds) => {
      now += seconds * 1000;
    },
    sleep: (seconds) => {
      slept.push(seconds);
      now += seconds * 1000;
      return Promise.resolve();
    },
    fetch: (input, init) => {
      const request = {
        method: init?.method ?? 'GET',
        url: input instanceof Request ? input.url : input.toString(),
        headers: new Headers(init?.headers),
        form: new URLSearchParams(init?.body instanceof URLSearchParams ? init.body : ''),
      };
      sent.push(request);
      return Promise.resolve().then(() => respond(request, sent.length));
    },
  };
}

export const jsonResponse = (status: number, body: unknown, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

/** Serves on a free port of 127.0.0.1 while `use` runs. */
export async function withServer<T>(listener: RequestListener, use: (origin: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
