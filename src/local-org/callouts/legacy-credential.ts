import { textOf, type XmlElement } from '../metadata/xml/xml-element.js';
import type { LocalOrg } from '../model.js';
import { CalloutFault } from './callout-fault.js';
import { claimValue } from './claim-value.js';
import type { Authentication } from './named-credential.js';

/** Assumption: what is said of External Credentials holds for legacy Named Credentials too. */
const defaultValiditySeconds = 120;

/**
 * How a legacy Named Credential of the protocol JwtExchange has its calls authenticated. That it puts no more than these four
 * claims into the assertion, and its scope into the token request, are assumptions.
 *
 * @throws CalloutFault for any other protocol
 */
export function readLegacyCredential(org: LocalOrg, root: XmlElement): Authentication {
  const protocol = textOf(root, 'protocol') ?? 'NoAuthentication';
  if (protocol !== 'JwtExchange') {
    throw new CalloutFault(`A local org makes no callouts with the protocol ${protocol}, but with JwtExchange.`);
  }
  const validitySeconds = Number(textOf(root, 'jwtValidityPeriodSeconds') ?? defaultValiditySeconds);
  return {
    tokenEndpoint: textOf(root, 'authTokenEndpointUrl') ?? '',
    certificate: textOf(root, 'jwtSigningCertificate') ?? '',
    scope: textOf(root, 'oauthScope'),
    contents: () => ({
      header: { alg: 'RS256' },
      claims: {
        iss: textOf(root, 'jwtIssuer'),
        sub: subjectOf(root),
        aud: claimValue('aud', textOf(root, 'jwtAudience') ?? '', org.now()),
        exp: Math.floor(org.now() / 1000) + validitySeconds,
      },
    }),
  };
}

function subjectOf(root: XmlElement): string | undefined {
  if (textOf(root, 'jwtFormulaSubject') !== undefined) {
    throw new CalloutFault('A local org cannot evaluate the formula of the subject: give it as text, with NamedUser.');
  }
  return textOf(root, 'jwtTextSubject');
}
