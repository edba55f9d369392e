import type { LocalOrg } from '../../../src/local-org/model.js';
import { putComponent } from './hosted-org.js';

export type CredentialOptions = {
  readonly tokenEndpoint: string;
  readonly url: string;
  /** Claims by name, as the XML has them before escaping. */
  readonly claims?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly certificate?: string;
  readonly variant?: string;
  readonly scope?: string;
  readonly calloutStatus?: string;
  readonly sendsToken?: boolean;
  readonly name?: string;
};

/** Seconds since 1970 as Salesforce writes them into claims. */
export const secondsFormula = (offset = ''): string =>
  `{!Text(FLOOR((NOW() - DATETIMEVALUE( "1970-01-01 00:00:00" )) * 86400${offset}))}`;

/** A Named Credential, its External Credential with the principal `Integration`, as orgs return them. */
export function putSecuredEndpoint(org: LocalOrg, options: CredentialOptions): void {
  const { name = 'My_Erp', claims = {}, headers = {} } = options;
  const parameters = [
    parameter('Oauth', 'AuthProtocolVariant', options.variant ?? 'JwtBearer'),
    parameter('AuthProviderUrl', 'AuthProviderUrl', options.tokenEndpoint),
    `<externalCredentialParameters><certificate>${options.certificate ?? 'crm'}</certificate><parameterGroup>DefaultGroup</parameterGroup><parameterName>SigningCertificate</parameterName><parameterType>SigningCertificate</parameterType></externalCredentialParameters>`,
    ...Object.entries(claims).map(([claim, value]) => parameter(claim, 'JwtBodyClaim', value)),
    ...Object.entries(headers).map(([claim, value]) => parameter(claim, 'JwtHeaderClaim', value)),
    ...(options.scope === undefined ? [] : [parameter('Scope', 'AuthParameter', options.scope)]),
    '<externalCredentialParameters><parameterGroup>Integration</parameterGroup><parameterName>Integration</parameterName><parameterType>NamedPrincipal</parameterType><sequenceNumber>1</sequenceNumber></externalCredentialParameters>',
  ];
  putComponent(
    org,
    'ExternalCredential',
    name,
    `externalCredentials/${name}.externalCredential`,
    `<authenticationProtocol>Oauth</authenticationProtocol>${parameters.join('')}<label>Erp</label>`,
  );
  putComponent(
    org,
    'NamedCredential',
    name,
    `namedCredentials/${name}.namedCredential`,
    `<calloutStatus>${options.calloutStatus ?? 'Enabled'}</calloutStatus>` +
      `<generateAuthorizationHeader>${String(options.sendsToken ?? true)}</generateAuthorizationHeader><label>Erp</label>` +
      `<namedCredentialParameters><parameterName>Url</parameterName><parameterType>Url</parameterType><parameterValue>${options.url}</parameterValue></namedCredentialParameters>` +
      `<namedCredentialParameters><externalCredential>${name}</externalCredential><parameterName>ExternalCredential</parameterName><parameterType>Authentication</parameterType></namedCredentialParameters>` +
      '<namedCredentialType>SecuredEndpoint</namedCredentialType>',
  );
}

/** A legacy Named Credential; without `fields`, one of the protocol JwtExchange. */
export function putLegacyCredential(org: LocalOrg, fields: Readonly<Record<string, string>>): void {
  const inner = Object.entries(fields).map(([name, value]) => `<${name}>${escaped(value)}</${name}>`);
  putComponent(
    org,
    'NamedCredential',
    'Old_Erp',
    'namedCredentials/Old_Erp.namedCredential',
    `<label>Erp</label>${inner.join('')}<namedCredentialType>Legacy</namedCredentialType>`,
  );
}

/** A deployed permission set that gives access to a principal. */
export function putPrincipalAccess(org: LocalOrg, permissionSet: string, principal: string, enabled = true): void {
  putComponent(
    org,
    'PermissionSet',
    permissionSet,
    `permissionsets/${permissionSet}.permissionset`,
    `<externalCredentialPrincipalAccesses><enabled>${String(enabled)}</enabled><externalCredentialPrincipal>${principal}</externalCredentialPrincipal></externalCredentialPrincipalAccesses><label>Callouts</label>`,
  );
}

function parameter(name: string, type: string, value: string): string {
  return `<externalCredentialParameters><parameterGroup>DefaultGroup</parameterGroup><parameterName>${name}</parameterName><parameterType>${type}</parameterType><parameterValue>${escaped(value)}</parameterValue></externalCredentialParameters>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
