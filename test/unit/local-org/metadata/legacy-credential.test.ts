import { expect } from 'chai';
import { legacyCredentialFile } from './client-files.js';
import { openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { certificateFiles } from './sample-files.js';

const scheme = 'must be a URL that starts with https:// (a local org also takes http:// on this machine)';
const noUrl = `${scheme}, without user and fragment`;
const noAddress = `${scheme}, without user, query and fragment`;
const noJson = 'jwtAudience: must be JSON, a text in double quotes or an array of such texts';

describe('local-org/metadata: legacy Named Credentials', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  type Changes = Parameters<typeof legacyCredentialFile>[0];
  const problemsOf = (changes: Changes) => local.problems({ ...certificateFiles, ...legacyCredentialFile(changes) });

  const good: readonly (readonly [string, Changes])[] = [
    ['a JWT token exchange', {}],
    ['several audiences', { jwtAudience: '["https://a.b", "https://c.d"]' }],
    ['no validity', { jwtValidityPeriodSeconds: undefined }],
    ['no type, as before API 56', { namedCredentialType: undefined }],
    [
      'a subject for each user',
      { jwtFormulaSubject: '$User.Username', jwtTextSubject: undefined, principalType: 'PerUser' },
    ],
    ['the JWT itself as the token', { authTokenEndpointUrl: undefined, protocol: 'Jwt' }],
    ['endpoints of this machine', { authTokenEndpointUrl: 'http://127.0.0.1:8/t', endpoint: 'http://localhost:8' }],
    [
      'another protocol',
      { jwtAudience: undefined, jwtIssuer: undefined, jwtSigningCertificate: undefined, protocol: 'NoAuthentication' },
    ],
  ];
  for (const [what, changes] of good) {
    it(`takes ${what}`, async () => {
      expect(await problemsOf(changes)).to.deep.equal([]);
    });
  }

  for (const name of [
    'endpoint',
    'authTokenEndpointUrl',
    'jwtAudience',
    'jwtIssuer',
    'jwtSigningCertificate',
    'jwtTextSubject',
  ]) {
    it(`names a missing ${name}`, async () => {
      expect(await problemsOf({ [name]: undefined })).to.deep.equal([`Required field is missing: ${name}`]);
    });
  }

  const bad: readonly (readonly [string, Changes, string])[] = [
    [
      'a certificate that is not there',
      { jwtSigningCertificate: 'gone' },
      'In field: jwtSigningCertificate - no Certificate named gone found',
    ],
    [
      'an auth provider that is not there',
      { authProvider: 'Gone' },
      'In field: authProvider - no AuthProvider named Gone found',
    ],
    ['a bare audience', { jwtAudience: 'https://a.b' }, noJson],
    ['an audience that is a number', { jwtAudience: '1' }, noJson],
    ['an empty audience', { jwtAudience: '""' }, noJson],
    ['no audience at all', { jwtAudience: '[]' }, noJson],
    ['a subject for nobody', { principalType: 'Anonymous' }, 'A JWT needs the principalType NamedUser or PerUser'],
    ['a formula that is missing', { principalType: 'PerUser' }, 'Required field is missing: jwtFormulaSubject'],
    [
      'a validity of nothing',
      { jwtValidityPeriodSeconds: '0' },
      'jwtValidityPeriodSeconds: must be a whole number of seconds',
    ],
    [
      'half a second',
      { jwtValidityPeriodSeconds: '0.5' },
      'jwtValidityPeriodSeconds: must be a whole number of seconds',
    ],
    ['an issuer of 256 characters', { jwtIssuer: 'x'.repeat(256) }, 'jwtIssuer: data value too large (max length=255)'],
    [
      'a subject of 256 characters',
      { jwtTextSubject: 'x'.repeat(256) },
      'jwtTextSubject: data value too large (max length=255)',
    ],
    [
      'an audience of 1,001 characters',
      { jwtAudience: `"${'x'.repeat(999)}"` },
      'jwtAudience: data value too large (max length=1000)',
    ],
    ['an endpoint on another machine without encryption', { endpoint: 'http://acme.com' }, `endpoint: ${noAddress}`],
    ['an endpoint with a query', { endpoint: 'https://acme.com?a=b' }, `endpoint: ${noAddress}`],
    ['a token endpoint that is no URL', { authTokenEndpointUrl: 'acme.com' }, `authTokenEndpointUrl: ${noUrl}`],
    ['a label that is too long', { label: 'x'.repeat(81) }, 'Label: data value too large (max length=80)'],
  ];
  for (const [what, changes, problem] of bad) {
    it(`refuses ${what}`, async () => {
      expect(await problemsOf(changes)).to.deep.equal([problem]);
    });
  }
});
