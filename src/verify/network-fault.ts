/** Why no answer came. */
export type FaultKind =
  | 'dns'
  | 'refused'
  | 'unreachable'
  | 'reset'
  | 'tls-untrusted'
  | 'tls'
  | 'timeout'
  | 'insecure'
  | 'too-large'
  | 'other';

export type NetworkFault = {
  readonly kind: 'fault';
  readonly fault: FaultKind;
  /** Code of Node or OpenSSL, like `ECONNREFUSED`; undefined where there is none. */
  readonly code?: string;
};

type FaultRow = { readonly fault: FaultKind; readonly codes: RegExp };

/** Codes of `node:dns`, `node:net`, `node:tls` (OpenSSL's verification results) and undici, first match wins. */
const faultRows: readonly FaultRow[] = [
  { fault: 'dns', codes: /^(ENOTFOUND|EAI_)/ },
  { fault: 'refused', codes: /^ECONNREFUSED$/ },
  { fault: 'unreachable', codes: /^(ENETUNREACH|EHOSTUNREACH|EADDRNOTAVAIL|ENETDOWN|EHOSTDOWN)$/ },
  { fault: 'timeout', codes: /^(ETIMEDOUT|UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|TimeoutError|AbortError)$/ },
  { fault: 'reset', codes: /^(ECONNRESET|EPIPE|ECONNABORTED|UND_ERR_SOCKET|UND_ERR_CLOSED|HPE_)/ },
  {
    fault: 'tls-untrusted',
    codes: /^(DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|UNABLE_TO_|CERT_UNTRUSTED|CERT_CHAIN_TOO_LONG)/,
  },
  { fault: 'tls', codes: /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|INVALID_CA|HOSTNAME_MISMATCH)/ },
];

/** What `fetch` threw, as one of the kinds above. Looks through `cause` and through the attempts of an `AggregateError`. */
export function classifyFault(thrown: unknown): NetworkFault {
  const codes = [...codesOf(thrown, 0)];
  for (const { fault, codes: pattern } of faultRows) {
    const code = codes.find((each) => pattern.test(each));
    if (code !== undefined) return { kind: 'fault', fault, code };
  }
  const code = codes.find((each) => /^[A-Z][A-Z0-9_]+$/.test(each));
  return { kind: 'fault', fault: 'other', ...(code === undefined ? {} : { code }) };
}

function* codesOf(thrown: unknown, depth: number): Generator<string> {
  if (typeof thrown !== 'object' || thrown === null || depth > 5) return;
  yield* ['code', 'name'].map((name) => member(thrown, name)).filter((each) => typeof each === 'string');
  const attempts = member(thrown, 'errors');
  for (const inner of Array.isArray(attempts) ? attempts : []) yield* codesOf(inner, depth + 1);
  yield* codesOf(member(thrown, 'cause'), depth + 1);
}

const member = (object: object, name: string): unknown => Reflect.get(object, name);
