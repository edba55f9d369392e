import busboy from 'busboy';
import type { IncomingHttpHeaders } from 'node:http';

/** The parts of a multipart request by name: fields and files alike. */
export type Multipart =
  | { readonly kind: 'parts'; readonly parts: ReadonlyMap<string, Buffer> }
  | { readonly kind: 'fault'; readonly message: string };

const maxParts = 10;

/** Reads a multipart body that is in memory already. */
export async function readMultipart(headers: IncomingHttpHeaders, body: Buffer): Promise<Multipart> {
  return new Promise((resolve) => {
    // The words of the parser are not those of an org.
    const fail = (): void => resolve({ kind: 'fault', message: 'Malformed multipart request' });
    const parts = new Map<string, Buffer>();
    try {
      const reader = busboy({ headers, limits: { parts: maxParts, fieldSize: 1024 * 1024 } });
      reader.on('field', (name, value) => void parts.set(name, Buffer.from(value)));
      reader.on('file', (name, stream) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => void chunks.push(chunk));
        stream.on('end', () => void parts.set(name, Buffer.concat(chunks)));
        stream.on('error', fail);
      });
      reader.on('partsLimit', () => resolve({ kind: 'fault', message: 'Too many parts in the multipart request' }));
      reader.on('error', fail);
      reader.on('close', () => resolve({ kind: 'parts', parts }));
      reader.end(body);
    } catch {
      fail();
    }
  });
}
