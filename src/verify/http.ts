import { isSafeForSecrets } from './server-url.js';
import { classifyFault, type NetworkFault } from './network-fault.js';

/** What came back, as a plain value that can be judged without a network. */
export type HttpAnswer = {
  readonly kind: 'answer';
  readonly status: number;
  readonly headers: AnswerHeaders;
  /** May hold an access token: judge it, never show it. */
  readonly body: string;
};

export type AnswerHeaders = {
  readonly date?: string;
  readonly contentType?: string;
  readonly location?: string;
};

export type HttpDeps = {
  readonly fetch: typeof globalThis.fetch;
  /** A new signal for each request; it ends the request when it takes too long. */
  readonly timeoutSignal?: () => AbortSignal;
};

export type HttpRequest = {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: URLSearchParams;
};

const timeoutMilliseconds = 30_000;
const maxBodyBytes = 1_000_000;
const userAgent = 'sf-plugin-jwt';

/**
 * Sends one request and reads the answer. Redirects are not followed: they would carry a secret to another host. Never
 * throws for what a network can do; a fault is a value too.
 */
export async function send(url: string, request: HttpRequest, deps: HttpDeps): Promise<HttpAnswer | NetworkFault> {
  if (!isSafeForSecrets(url)) return { kind: 'fault', fault: 'insecure' };
  try {
    const response = await deps.fetch(url, {
      method: request.method,
      headers: { accept: 'application/json', 'user-agent': userAgent, ...request.headers },
      ...(request.body === undefined ? {} : { body: request.body }),
      redirect: 'manual',
      signal: deps.timeoutSignal?.() ?? AbortSignal.timeout(timeoutMilliseconds),
    });
    const body = await readBody(response);
    if (body === undefined) return { kind: 'fault', fault: 'too-large' };
    return { kind: 'answer', status: response.status, headers: pickHeaders(response.headers), body };
  } catch (error) {
    return classifyFault(error);
  }
}

async function readBody(response: Response): Promise<string | undefined> {
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  if (response.body === null) return text;
  const chunks: AsyncIterable<Uint8Array> = response.body;
  for await (const chunk of chunks) {
    size += chunk.byteLength;
    if (size > maxBodyBytes) return undefined;
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

function pickHeaders(headers: Headers): AnswerHeaders {
  return {
    ...named('date', headers.get('date')),
    ...named('contentType', headers.get('content-type')),
    ...named('location', headers.get('location')),
  };
}

const named = (name: keyof AnswerHeaders, value: string | null): AnswerHeaders =>
  value === null ? {} : { [name]: value };
