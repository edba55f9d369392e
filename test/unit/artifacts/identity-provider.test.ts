import { expect } from 'chai';
import { identityProviderArtifacts } from '../../../src/artifacts/identity-provider.js';
import { metadataProblems } from '../../helpers/metadata-types.js';

describe('the settings of an identity provider', () => {
  for (const isEnabled of [true, false]) {
    it(`are what the Metadata API's types demand (${isEnabled ? 'enabled' : 'disabled'})`, () => {
      const files = identityProviderArtifacts(isEnabled).filter(({ path }) => path.endsWith('-meta.xml'));
      for (const { path, content } of files) expect(metadataProblems(content), path).to.deep.equal([]);
    });
  }

  it('come with a certificate of their own, which stays when they go', () => {
    const paths = (isEnabled: boolean): readonly string[] =>
      identityProviderArtifacts(isEnabled).map(({ path }) => path);
    expect(paths(true)).to.deep.equal([
      'certs/jwt_identity_provider.crt',
      'certs/jwt_identity_provider.crt-meta.xml',
      'settings/IdentityProvider.settings-meta.xml',
    ]);
    expect(paths(false)).to.deep.equal(['settings/IdentityProvider.settings-meta.xml']);
  });
});
