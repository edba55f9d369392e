import { openStored } from '../metadata/package/candidate.js';
import { childrenNamed, textOf, type XmlElement } from '../metadata/xml/xml-element.js';
import type { LocalOrg } from '../model.js';
import { CalloutFault } from './callout-fault.js';
import { claimValue } from './claim-value.js';
import type { Authentication } from './named-credential.js';
import { hasPrincipalAccess } from './principal-access.js';
import type { AssertionContents } from './sign-assertion.js';

/** Salesforce Help (JWT claims of External Credentials): two minutes where nothing else is said, and RS256 or RS512. */
const defaultValiditySeconds = 120;
const algorithms = ['RS256', 'RS512'];

const principalTypes = ['NamedPrincipal', 'PerUserPrincipal'];

/**
 * How an External Credential of OAuth 2.0 with JWT bearer has calls authenticated, on behalf of a user. Assumption: access is
 * looked at before the protocol.
 *
 * @throws CalloutFault where there is none, where the user has no access to a principal of it, or for another protocol
 */
export function readExternalCredential(org: LocalOrg, name: string, userId: string): Authentication {
  const stored = org.components.get('ExternalCredential', name);
  if (!stored) throw noAccess(name);
  const { root } = openStored(stored);
  const parameters = childrenNamed(root, 'externalCredentialParameters').map(readParameter);
  const principal = principalFor(parameters, (candidate) => hasPrincipalAccess(org, userId, name, candidate));
  if (principal === undefined) throw noAccess(name);
  const variant = parameters.find(({ type }) => type === 'AuthProtocolVariant')?.value;
  if (textOf(root, 'authenticationProtocol') !== 'Oauth' || variant !== 'JwtBearer') {
    throw new CalloutFault(`A local org makes no callouts with external credentials other than OAuth 2.0 JWT bearer.`);
  }
  const certificate = parameters.find(({ type }) => type === 'SigningCertificate')?.certificate ?? '';
  return {
    tokenEndpoint: parameters.find(({ type }) => type === 'AuthProviderUrl')?.value ?? '',
    certificate,
    scope: scopeOf(parameters, principal),
    contents: () => contentsOf(parameters, certificate, org.now()),
  };
}

/** Seen in the field: Salesforce Stack Exchange 399168 and several public projects quote it. */
function noAccess(name: string): CalloutFault {
  return new CalloutFault(
    `We couldn't access the credential(s). You might not have the required permissions, or the external credential "${name}" might not exist.`,
  );
}

type Parameter = {
  readonly name: string;
  readonly type: string;
  readonly value: string;
  readonly group: string;
  readonly certificate: string | undefined;
  readonly sequenceNumber: number;
};

function readParameter(element: XmlElement): Parameter {
  return {
    name: textOf(element, 'parameterName') ?? '',
    type: textOf(element, 'parameterType') ?? '',
    value: textOf(element, 'parameterValue') ?? '',
    group: textOf(element, 'parameterGroup') ?? '',
    certificate: textOf(element, 'certificate'),
    sequenceNumber: Number(textOf(element, 'sequenceNumber') ?? Infinity),
  };
}

/** The first principal, by sequence number, that the user has access to. */
function principalFor(parameters: readonly Parameter[], hasAccess: (name: string) => boolean): string | undefined {
  return parameters
    .filter(({ type }) => principalTypes.includes(type))
    .toSorted((left, right) => left.sequenceNumber - right.sequenceNumber)
    .map(({ name }) => name)
    .find(hasAccess);
}

/** A principal may have a scope of its own (Connect API: external credential principals). */
function scopeOf(parameters: readonly Parameter[], principal: string): string | undefined {
  const scopes = parameters.filter(({ type, name }) => type === 'AuthParameter' && name.toLowerCase() === 'scope');
  return (scopes.find(({ group }) => group === principal) ?? scopes.find(({ group }) => !isPrincipal(group)))?.value;

  function isPrincipal(group: string): boolean {
    return parameters.some(({ type, name }) => principalTypes.includes(type) && name === group);
  }
}

/** Claims that the credential does not give are added by the platform (Salesforce Help: JWT claims). */
function contentsOf(parameters: readonly Parameter[], certificate: string, now: number): AssertionContents {
  const seconds = Math.floor(now / 1000);
  const given = (wanted: string): Readonly<Record<string, unknown>> =>
    Object.fromEntries(
      parameters
        .filter(({ type }) => type === wanted)
        .map(({ name, value }) => [name, claimValue(name, value, now)] as const),
    );
  const header = { alg: 'RS256', typ: 'JWT', kid: certificate, ...given('JwtHeaderClaim') };
  if (!algorithms.includes(header.alg)) throw new CalloutFault(`Not an algorithm for JWT claims: ${header.alg}`);
  const times = { iat: seconds, nbf: seconds, exp: seconds + defaultValiditySeconds };
  return { header, claims: { ...times, ...given('JwtBodyClaim') } };
}
