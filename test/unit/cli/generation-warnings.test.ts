import { expect } from 'chai';
import { generationWarnings } from '../../../src/cli/generation-warnings.js';
import {
  apexConnection,
  legacyNamedCredentialConnection,
  namedCredentialConnection,
} from '../../helpers/connections.js';

describe('the warnings about what was generated', () => {
  it('are none for a version that this release knows', () => {
    for (const apiVersion of ['61.0', '67.0', '68.0']) {
      expect(generationWarnings(apexConnection({ apiVersion })), apiVersion).to.deep.equal([]);
    }
  });

  it('say that Salesforce has deprecated legacy Named Credentials, and what to take in their place', () => {
    const [text = '', ...more] = generationWarnings(legacyNamedCredentialConnection());
    expect(more).to.deep.equal([]);
    expect(text).to.include('deprecated legacy Named Credentials').and.include('client type named-credential');
    expect(generationWarnings(namedCredentialConnection())).to.deep.equal([]);
  });

  it('name a version that may not be there yet, and the newest that is known', () => {
    for (const apiVersion of ['69.0', '99.0', '100.0']) {
      const [text = ''] = generationWarnings(apexConnection({ apiVersion }));
      expect(text, apiVersion).to.include(`API version ${apiVersion} is newer than 68.0`).and.include('sf org display');
    }
  });
});
