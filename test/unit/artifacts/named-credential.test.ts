import { expect } from 'chai';
import {
  credentialsOf,
  legacyClient,
  orgGrant,
  parameterOf,
  rootOf,
  securedClient,
  serverGrant,
} from './named-credential-fixture.js';

const secured = credentialsOf(securedClient, orgGrant);

describe('a Named Credential with an External Credential', () => {
  it('is three components, each in the folder and with the suffix of its type', () => {
    expect([...secured.values()].map(({ side, path }) => `${side}/${path}`)).to.deep.equal([
      'client/externalCredentials/Erp_Api.externalCredential-meta.xml',
      'client/namedCredentials/Erp_Api.namedCredential-meta.xml',
      'client/permissionsets/Erp_Api_Callouts.permissionset-meta.xml',
    ]);
  });

  it('has the parameters that orgs return, in their order, and no others', () => {
    const group = { parameterGroup: 'DefaultGroup' };
    const body = { ...group, parameterType: 'JwtBodyClaim' };
    const header = { ...group, parameterType: 'JwtHeaderClaim' };
    const seconds = (more: string): string =>
      `{!Text(FLOOR((NOW() - DATETIMEVALUE( "1970-01-01 00:00:00" )) * 86400${more}))}`;
    expect(rootOf(secured.get('ExternalCredential'))).to.deep.equal({
      authenticationProtocol: 'Oauth',
      externalCredentialParameters: [
        { ...group, parameterName: 'Oauth', parameterType: 'AuthProtocolVariant', parameterValue: 'JwtBearer' },
        {
          ...group,
          parameterName: 'AuthProviderUrl',
          parameterType: 'AuthProviderUrl',
          parameterValue: 'https://acme.my.salesforce.com/services/oauth2/token',
        },
        { ...group, certificate: 'erp_jwt', parameterName: 'SigningCertificate', parameterType: 'SigningCertificate' },
        { ...body, description: 'Issuer', parameterName: 'iss', parameterValue: '3MVG9example_consumer.key' },
        { ...body, description: 'Subject', parameterName: 'sub', parameterValue: 'integration@acme.com' },
        { ...body, description: 'Audience', parameterName: 'aud', parameterValue: '"https://acme.my.salesforce.com"' },
        { ...body, description: 'Expiration Time', parameterName: 'exp', parameterValue: seconds(' + 120') },
        { ...header, description: 'Algorithm', parameterName: 'alg', parameterValue: 'RS256' },
        { ...header, description: 'Type', parameterName: 'typ', parameterValue: 'JWT' },
        { ...body, description: 'Issued At', parameterName: 'iat', parameterValue: seconds('') },
        { ...body, description: 'Not Before', parameterName: 'nbf', parameterValue: seconds('') },
        { ...header, description: 'Key ID', parameterName: 'kid', parameterValue: 'erp_jwt' },
        {
          parameterGroup: 'Integration',
          parameterName: 'Integration',
          parameterType: 'NamedPrincipal',
          sequenceNumber: '1',
        },
      ],
      label: 'Erp Api',
    });
  });

  it('calls the API through the External Credential, with the token and without merge fields', () => {
    expect(rootOf(secured.get('NamedCredential'))).to.deep.equal({
      allowMergeFieldsInBody: 'false',
      allowMergeFieldsInHeader: 'false',
      calloutStatus: 'Enabled',
      generateAuthorizationHeader: 'true',
      label: 'Erp Api',
      namedCredentialParameters: [
        { parameterName: 'Url', parameterType: 'Url', parameterValue: 'https://acme.my.salesforce.com' },
        { externalCredential: 'Erp_Api', parameterName: 'ExternalCredential', parameterType: 'Authentication' },
      ],
      namedCredentialType: 'SecuredEndpoint',
    });
  });

  it('sends the scope with the request, and further claims in the assertion', () => {
    const root = rootOf(credentialsOf(securedClient, serverGrant).get('ExternalCredential'));
    expect(parameterOf(root, 'AuthParameter', 'Scope')).to.equal('orders.read orders.write');
    expect(['tenant', 'level', 'test'].map((name) => parameterOf(root, 'JwtBodyClaim', name))).to.deep.equal([
      'acme',
      '3',
      'true',
    ]);
    expect(parameterOf(rootOf(secured.get('ExternalCredential')), 'AuthParameter', 'Scope')).to.equal(undefined);
  });

  for (const [value, written] of [
    ['signature impersonation', 'signature impersonation'],
    ['3', '"3"'],
    ['true', '"true"'],
    ['null', '"null"'],
    ['[1]', '"[1]"'],
    ['"quoted"', '"\\"quoted\\""'],
    ['back\\slash', '"back\\\\slash"'],
    [-1.5, '-1.5'],
    [false, 'false'],
  ] as const) {
    it(`writes the claim ${JSON.stringify(value)} as ${written}, which is no other value`, () => {
      const grant = { ...serverGrant, claims: { x: value } };
      const root = rootOf(credentialsOf(securedClient, grant).get('ExternalCredential'));
      expect(parameterOf(root, 'JwtBodyClaim', 'x')).to.equal(written);
    });
  }
});

describe('the permission set of a client org', () => {
  it('grants the principal, what its tokens need, and nothing else', () => {
    expect(rootOf(secured.get('PermissionSet'))).to.deep.equal({
      description: 'Grants callouts to Erp_Api as Integration and their rights to User External Credentials.',
      externalCredentialPrincipalAccesses: { enabled: 'true', externalCredentialPrincipal: 'Erp_Api-Integration' },
      hasActivationRequired: 'false',
      label: 'Erp Api Callouts',
      objectPermissions: [
        {
          allowCreate: 'false',
          allowDelete: 'true',
          allowEdit: 'true',
          allowRead: 'true',
          modifyAllRecords: 'true',
          object: 'UserExternalCredential',
          viewAllRecords: 'true',
        },
      ],
    });
  });

  it('grants the classes where a transaction can begin, and says so', () => {
    const client = { ...securedClient, invocable: true, queueable: true };
    const { classAccesses, description } = rootOf(credentialsOf(client, orgGrant).get('PermissionSet'));
    expect(classAccesses).to.deep.equal([
      { apexClass: 'ErpFlowAction', enabled: 'true' },
      { apexClass: 'ErpJob', enabled: 'true' },
    ]);
    expect(description).to.match(/User External Credentials, and their Apex\.$/);
  });

  it('has a description that fits, however long the names are', () => {
    const long = 'A'.repeat(80);
    const client = { ...securedClient, queueable: true, namedCredential: long, principal: long, permissionSet: long };
    const { description, label } = rootOf(credentialsOf(client, orgGrant).get('PermissionSet'));
    expect(description).to.have.length.within(200, 255);
    expect(label).to.have.length(80);
  });
});

describe('a legacy Named Credential', () => {
  const one = credentialsOf(legacyClient, orgGrant);

  it('is one component with the protocol JWT Token Exchange', () => {
    expect([...one.keys()]).to.deep.equal(['NamedCredential']);
    expect(rootOf(one.get('NamedCredential'))).to.deep.equal({
      allowMergeFieldsInBody: 'false',
      allowMergeFieldsInHeader: 'false',
      authTokenEndpointUrl: 'https://acme.my.salesforce.com/services/oauth2/token',
      endpoint: 'https://acme.my.salesforce.com',
      generateAuthorizationHeader: 'true',
      jwtAudience: '"https://acme.my.salesforce.com"',
      jwtIssuer: '3MVG9example_consumer.key',
      jwtSigningCertificate: 'erp_jwt',
      jwtTextSubject: 'integration@acme.com',
      jwtValidityPeriodSeconds: '120',
      label: 'Erp Api',
      namedCredentialType: 'Legacy',
      principalType: 'NamedUser',
      protocol: 'JwtExchange',
    });
  });

  it('asks another server for a scope, and has its texts without quotes', () => {
    const grant = { ...serverGrant, claims: {}, subject: '42' };
    const root = rootOf(credentialsOf(legacyClient, grant).get('NamedCredential'));
    expect(root['oauthScope']).to.equal('orders.read orders.write');
    expect(root['jwtTextSubject']).to.equal('42');
  });
});
