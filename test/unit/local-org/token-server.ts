import { createVerify } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  readonly method: string;
  readonly path: string;
  readonly authorization: string | undefined;
  readonly form: URLSearchParams;
};

export type Reply = { readonly status?: number; readonly body?: unknown };

/** A token endpoint with an API behind it that is no Salesforce: answers as it is told, and remembers what it was asked. */
export type TokenServer = {
  readonly origin: string;
  readonly received: Received[];
  /** Header and claims of the assertion of each token request. */
  readonly assertions: () => readonly Assertion[];
  answer: (request: Received, count: number) => Reply;
  close(): Promise<void>;
};

export type Assertion = {
  readonly header: Readonly<Record<string, unknown>>;
  readonly claims: Readonly<Record<string, unknown>>;
  isSignedBy(publicKeyPem: string): boolean;
};

export async function startTokenServer(): Promise<TokenServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { method = '', url = '', headers } = request;
      const entry = { method, path: url, authorization: headers.authorization, form: new URLSearchParams(body) };
      received.push(entry);
      const { status = 200, body: reply = {} } = tokenServer.answer(entry, received.length);
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(reply));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tokenServer: TokenServer = {
    origin: `http://localhost:${(server.address() as AddressInfo).port}`,
    received,
    assertions: () => received.flatMap(({ form }) => form.get('assertion') ?? []).map(open),
    answer: (_, count) => ({ body: { access_token: `token-${count}` } }),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return tokenServer;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** Takes a JWT apart with node alone, so that jose does not vouch for itself. */
function open(compact: string): Assertion {
  const [header = '', claims = '', signature = ''] = compact.split('.');
  const decode = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Assertion['claims'];
  return {
    header: decode(header),
    claims: decode(claims),
    isSignedBy: (publicKeyPem) =>
      createVerify(decode(header)['alg'] === 'RS512' ? 'RSA-SHA512' : 'RSA-SHA256')
        .update(`${header}.${claims}`)
        .verify(publicKeyPem, signature, 'base64url'),
  };
}
