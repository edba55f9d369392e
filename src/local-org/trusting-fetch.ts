type Fetch = typeof globalThis.fetch;

/** A fetch for the callouts of local orgs that trusts their certificate, and those of NODE_EXTRA_CA_CERTS. */
export function trustingFetch(certificatePem: string): Fetch {
  let trusting: Promise<Fetch> | undefined;
  return async (input, init) => {
    trusting ??= load(certificatePem);
    return (await trusting)(input, init);
  };
}

/** Node's own fetch takes no certificate; that of undici does, and is loaded for the first callout. */
async function load(certificatePem: string): Promise<Fetch> {
  const [{ Agent, fetch }, { getCACertificates }] = await Promise.all([import('undici'), import('node:tls')]);
  const dispatcher = new Agent({ connect: { ca: [certificatePem, ...getCACertificates('extra')] } });
  // The types of the two are the same in different packages.
  const send: unknown = (input: string | URL, init: object) => fetch(input, { ...init, dispatcher });
  return send as Fetch;
}
