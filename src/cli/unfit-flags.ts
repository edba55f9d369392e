import type { Connection } from '../config/connection.js';
import { JwtError } from '../errors.js';
import { connectionFlags, type ConnectionFlags } from './connection-flags.js';

type FlagName = keyof typeof connectionFlags;

export type TypedFlags = readonly FlagName[];

/** What decides whether a flag is of any use, and the values with which it is. */
type Fit = { readonly kind: 'server type' | 'client type' | 'certificate source'; readonly values: readonly string[] };

const org: Fit = { kind: 'server type', values: ['salesforce'] };
const otherServer: Fit = { kind: 'server type', values: ['oauth2'] };
const clientOrg: Fit = { kind: 'client type', values: ['apex', 'named-credential', 'legacy-named-credential'] };
const apex: Fit = { kind: 'client type', values: ['apex'] };
const anyNamedCredential: Fit = { kind: 'client type', values: ['named-credential', 'legacy-named-credential'] };
const namedCredential: Fit = { kind: 'client type', values: ['named-credential'] };
const ownCertificate: Fit = { kind: 'certificate source', values: ['generate'] };
const newKey: Fit = { kind: 'certificate source', values: ['generate', 'platform'] };

/** A flag that is not here fits every connection, or is refused elsewhere. */
const fits: Readonly<Partial<Record<FlagName, Fit>>> = {
  'target-org': org,
  'app-type': org,
  'app-name': org,
  'app-label': org,
  'contact-email': org,
  scope: org,
  'permission-set': org,
  'token-endpoint': otherServer,
  issuer: otherServer,
  audience: otherServer,
  'base-url': otherServer,
  'token-scope': otherServer,
  claim: otherServer,
  'client-org': clientOrg,
  'class-prefix': clientOrg,
  invocable: clientOrg,
  queueable: clientOrg,
  'inline-settings': apex,
  'cache-partition': apex,
  'named-credential': anyNamedCredential,
  principal: namedCredential,
  'callout-permission-set': namedCredential,
  'client-username': namedCredential,
  'key-size': newKey,
  'valid-days': ownCertificate,
  subject: ownCertificate,
};

/** The flags of a command line. The environment speaks to every command, and means none of them in particular. */
export const typedFlags = (flags: Partial<ConnectionFlags>, environment: NodeJS.ProcessEnv = process.env): TypedFlags =>
  (Object.keys(fits) as FlagName[]).filter((name) => {
    const { env } = connectionFlags[name];
    return flags[name] !== undefined && (env === undefined || environment[env] !== flags[name]);
  });

/**
 * Refuses flags that would be dropped without a word. What the connection file says besides stays as it is, for whoever
 * switches back.
 *
 * @throws JwtError `flagsUnfit`
 */
export function refuseUnfitFlags(typed: TypedFlags, { name, server, client, certificate }: Connection): void {
  const actual = { 'server type': server.type, 'client type': client.type, 'certificate source': certificate.source };
  const unfit = typed.flatMap((flag) => {
    const fit = fits[flag];
    return fit && !fit.values.includes(actual[fit.kind]) ? [{ flag: `--${flag}`, ...fit }] : [];
  });
  if (unfit.length === 0) return;
  const reasons = unfit.map(
    ({ flag, kind, values }) => `${flag} is for the ${kind} ${anyOf(values)}, and this one is ${actual[kind]}`,
  );
  throw new JwtError('flagsUnfit', [name, reasons.join('; ')], { data: { flags: unfit.map(({ flag }) => flag) } });
}

/** `a`, `a or b`, `a, b or c`. */
const anyOf = (values: readonly string[]): string =>
  [values.slice(0, -1).join(', '), values.at(-1)].filter(Boolean).join(' or ');
