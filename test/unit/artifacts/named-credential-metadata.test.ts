import { expect } from 'chai';
import { metadataProblems } from '../../helpers/metadata-types.js';
import { credentialsOf, legacyClient, orgGrant, securedClient, serverGrant } from './named-credential-fixture.js';

const secured = credentialsOf(securedClient, orgGrant);
const made = [
  ...secured.values(),
  ...credentialsOf({ ...securedClient, invocable: true, queueable: true }, serverGrant).values(),
  ...credentialsOf(legacyClient, { ...serverGrant, claims: {} }).values(),
];

describe('the metadata of Named Credentials', () => {
  made.forEach(({ path, content }, index) => {
    it(`${path} (${index}) is what the Metadata API's types demand`, () => {
      expect(metadataProblems(content)).to.deep.equal([]);
      expect(content).to.match(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n[^]*>\n$/);
    });
  });

  const legacyXml = credentialsOf(legacyClient, orgGrant).get('NamedCredential')?.content ?? '';
  const xmlOf = (type: string): string => (type === 'legacy' ? legacyXml : (secured.get(type)?.content ?? ''));

  for (const [what, type, pattern, replacement, problem] of [
    ['a protocol as the Connect API spells it', 'ExternalCredential', '>Oauth</auth', '>OAuth</auth', 'OAuth is no'],
    [
      'a missing protocol',
      'ExternalCredential',
      /<authenticationProtocol>.*\n/,
      '\n',
      'authenticationProtocol is missing',
    ],
    ['a missing label', 'ExternalCredential', /<label>.*<\/label>/, '', 'ExternalCredential.label is missing'],
    [
      'a made-up type of parameter',
      'ExternalCredential',
      'AuthProviderUrl</parameterType>',
      'TokenUrl</parameterType>',
      'TokenUrl is no ExternalCredentialParamType',
    ],
    [
      'principals of their own',
      'ExternalCredential',
      '<label>',
      '<principals>x</principals><label>',
      'principals is unknown',
    ],
    [
      'a parameter without a name',
      'ExternalCredential',
      '<parameterName>iss</parameterName>',
      '',
      'parameterName is missing',
    ],
    [
      'a sequence number that is none',
      'ExternalCredential',
      '<sequenceNumber>1',
      '<sequenceNumber>first',
      'first is no number',
    ],
    [
      'a URL beside the parameters',
      'NamedCredential',
      '<namedCredentialType>',
      '<url>x</url><namedCredentialType>',
      'url is unknown',
    ],
    ['a made-up kind', 'NamedCredential', 'SecuredEndpoint', 'Secured', 'Secured is no NamedCredentialType'],
    ['a made-up status', 'NamedCredential', '>Enabled<', '>On<', 'On is no CalloutStatus'],
    [
      'a parameter without a type',
      'NamedCredential',
      '<parameterType>Url</parameterType>',
      '',
      'parameterType is missing',
    ],
    ['a protocol that is none', 'legacy', 'JwtExchange', 'JwtBearer', 'JwtBearer is no AuthenticationProtocol'],
    [
      'a kind of principal that is none',
      'legacy',
      'NamedUser',
      'NamedPrincipal',
      'NamedPrincipal is no ExternalPrincipalType',
    ],
    ['a validity that is no number', 'legacy', '>120<', '>120s<', '120s is no number'],
    [
      'fields out of order',
      'legacy',
      /( *<endpoint>.*\n)([^]*)(<\/NamedCredential>)/,
      '$2$1$3',
      'elements are not in order',
    ],
    [
      'two subjects',
      'legacy',
      '<label>',
      '<jwtTextSubject>x</jwtTextSubject><label>',
      'jwtTextSubject stands more than once',
    ],
    [
      'a principal in two elements',
      'PermissionSet',
      '<externalCredentialPrincipal>',
      '<principal>x</principal><externalCredentialPrincipal>',
      'principal is unknown',
    ],
    [
      'a right that is not said',
      'PermissionSet',
      '<modifyAllRecords>true</modifyAllRecords>',
      '',
      'modifyAllRecords is missing',
    ],
    [
      'a class without access',
      'PermissionSet',
      '<description>',
      '<classAccesses><apexClass>A</apexClass></classAccesses><description>',
      'enabled is missing',
    ],
  ] as const) {
    it(`are checked in a way that finds ${what}`, () => {
      const broken = xmlOf(type).replace(pattern, replacement);
      expect(broken).not.to.equal(xmlOf(type));
      expect(metadataProblems(broken).join('; ')).to.include(problem);
    });
  }

  it('is the same bytes for the same input', () => {
    const again = credentialsOf(securedClient, structuredClone(orgGrant));
    expect([...again.values()]).to.deep.equal([...secured.values()]);
  });
});
