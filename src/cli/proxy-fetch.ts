import { isLoopback } from '../org/loopback.js';

const variables = ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY'];

/** The fetch of undici takes a dispatcher; its types and those of the global one are the same in different packages. */
type Fetch = typeof globalThis.fetch;

/**
 * A fetch that goes through the proxy that the environment names, as the CLI's own requests do, with `NO_PROXY` as the
 * exception. Node's fetch of version 22 does not look at these variables. A local org is reached directly.
 */
export function proxyFetch(environment: NodeJS.ProcessEnv = process.env, direct: Fetch = globalThis.fetch): Fetch {
  if (!variables.some((name) => environment[name])) return direct;
  let proxied: Promise<Fetch> | undefined;
  return async (input, init) => {
    if (isLoopback(String(input instanceof Request ? input.url : input))) return direct(input, init);
    proxied ??= throughProxy(environment);
    return (await proxied)(input, init);
  };
}

/** Loaded only where there is a proxy. */
async function throughProxy(environment: NodeJS.ProcessEnv): Promise<Fetch> {
  const { EnvHttpProxyAgent, fetch } = await import('undici');
  const either = (name: string) => environment[name] || environment[name.toUpperCase()] || undefined;
  const httpProxy = either('http_proxy');
  const dispatcher = new EnvHttpProxyAgent({
    httpProxy,
    httpsProxy: either('https_proxy') ?? httpProxy,
    noProxy: either('no_proxy') ?? '',
  });
  const send: unknown = (input: string, init: object) => fetch(input, { ...init, dispatcher });
  return send as Fetch;
}
