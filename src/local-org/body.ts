import type { IncomingMessage } from 'node:http';

/** What a body may be where its route says nothing else: REST requests of a local org are small. */
export const defaultMaxBodyBytes = 1024 * 1024;

/** The whole body, or `too-large`: then the rest is not read, and the connection has to be closed. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | 'too-large'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large';
  const chunks: Buffer[] = [];
  let size = 0;
  // Breaking off a plain iteration would close the socket before the refusal is sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) return 'too-large';
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
