import { maxHeaderSize, STATUS_CODES, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import { restError, type LocalResponse } from './http.js';
import type { LocalOrg } from './model.js';

/** Sends an answer. What waits in the connection of a request that was not read to its end cannot be read as the next one. */
export function send(org: LocalOrg, request: IncomingMessage, response: ServerResponse, result: LocalResponse): void {
  if (result.delivery === 'reset') {
    reset(request.socket);
    return;
  }
  const body = Buffer.from(result.body);
  response.writeHead(result.status, {
    ...result.headers,
    // The org's clock, which tests may move: clients measure their skew by it.
    date: new Date(org.now()).toUTCString(),
    ...(result.status === 204 ? {} : { 'content-length': body.length }),
    ...(request.complete ? {} : { connection: 'close' }),
  });
  if (result.delivery === 'truncated') {
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => request.socket.destroy());
    return;
  }
  response.end(request.method === 'HEAD' || result.status === 204 ? undefined : body);
}

/** Through TLS there is no reset; to a client it is the same, an answer that never comes. */
function reset(socket: Socket): void {
  if (socket instanceof TLSSocket) socket.destroy();
  else socket.resetAndDestroy();
}

type ClientError = Error & { readonly code?: string; readonly rawPacket?: Buffer };

/**
 * Answers what is no HTTP request, or one that never ends, and hangs up. A REST request may have 16,384 bytes of address and
 * headers (REST API Developer Guide, status codes 414 and 431), which is also Node's limit.
 */
export function refuseUnreadable(error: ClientError, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, body = '', headers = {} } = refusalOf(error);
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' });
  const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${head}\r\n${String(body)}`);
}

function refusalOf({ code, rawPacket }: ClientError): LocalResponse {
  if (code === 'HPE_HEADER_OVERFLOW') {
    const lineEnd = rawPacket?.indexOf('\n') ?? -1;
    const isAddress = rawPacket?.includes('HTTP/1') !== true || lineEnd > maxHeaderSize;
    return isAddress
      ? restError(414, 'URI_TOO_LONG', `The length of the URI exceeds the ${maxHeaderSize}-byte limit.`)
      : restError(
          431,
          'REQUEST_HEADER_FIELDS_TOO_LARGE',
          `The combined length of the URI and headers exceeds the ${maxHeaderSize}-byte limit.`,
        );
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { status: 408, body: '' };
  return { status: 400, body: '' };
}
