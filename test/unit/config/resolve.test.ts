import { expect } from 'chai';
import { isToSalesforce, type ClientType, type Connection } from '../../../src/config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../../../src/config/draft.js';
import { resolveConnection } from '../../../src/config/resolve.js';
import { impliesConnection, toDraft } from '../../../src/config/saved-connection.js';
import { validateConnection } from '../../../src/config/validate.js';
import { apexConnection, externalConnection } from '../../helpers/connections.js';
import { refusalOf } from '../../helpers/refusal.js';

function complete(name: string, draft: ConnectionDraft): Connection {
  const resolution = resolveConnection(name, draft);
  if (resolution.kind === 'incomplete') throw new TypeError(`missing: ${resolution.missing.join(', ')}`);
  return resolution.connection;
}

describe('resolveConnection', () => {
  it('fills everything up that has a default', () => {
    expect(apexConnection()).to.deep.equal({
      name: 'erp',
      apiVersion: '67.0',
      server: {
        type: 'salesforce',
        org: 'erp-prod',
        username: 'integration@acme.com',
        app: {
          type: 'external-client-app',
          name: 'Erp_Integration',
          label: 'Erp Integration',
          contactEmail: 'ops@acme.com',
          scopes: ['Api', 'Web', 'RefreshToken'],
          permissionSet: 'Erp_Integration_Access',
        },
      },
      client: {
        type: 'apex',
        org: 'crm-prod',
        classPrefix: 'Erp',
        invocable: false,
        queueable: false,
        settings: 'custom-metadata',
      },
      certificate: {
        source: 'platform',
        name: 'erp_jwt',
        keySize: 2048,
        validDays: 365,
        subject: { CN: 'Erp Integration' },
      },
    });
  });

  it('makes a key here by default for a caller outside Salesforce', () => {
    expect(externalConnection().certificate.source).to.equal('generate');
  });

  it('names every field that nobody said and that no default knows', () => {
    expect(resolveConnection('erp', {})).to.deep.equal({
      kind: 'incomplete',
      missing: ['target-org', 'username', 'client-type', 'contact-email'],
    });
  });

  it('misses the client org only where there is one', () => {
    const draft: ConnectionDraft = {
      server: { org: 'a', username: 'b@c.de', app: { contactEmail: 'b@c.de' } },
      client: { type: 'apex' },
    };
    expect(resolveConnection('erp', draft)).to.deep.equal({ kind: 'incomplete', missing: ['client-org'] });
  });

  it('makes names that Salesforce takes out of a name with dashes', () => {
    const server = { org: 'a', username: 'b@c.de', app: { contactEmail: 'b@c.de' } };
    const fresh = complete('my-erp_2', { server, client: { type: 'named-credential', org: 'c' } });
    if (!isToSalesforce(fresh)) throw new TypeError('the server is no org');
    expect(fresh.server.app.name).to.equal('My_Erp_2_Integration');
    expect(fresh.certificate.name).to.equal('my_erp_2_jwt');
    expect(fresh.client).to.deep.equal({
      type: 'named-credential',
      org: 'c',
      classPrefix: 'MyErp2',
      invocable: false,
      queueable: false,
      namedCredential: 'My_Erp_2',
      principal: 'Integration',
      permissionSet: 'My_Erp_2_Callouts',
    });
    expect(validateConnection(fresh)).to.equal(fresh);
  });

  it('keeps the names that somebody gave, whatever the connection is called', () => {
    const saved = toDraft(apexConnection({ client: { type: 'apex', org: 'c', classPrefix: 'Sap' } }));
    const renamed = complete('other', saved);
    expect(renamed.client).to.include({ classPrefix: 'Sap' });
    expect(isToSalesforce(renamed) && renamed.server.app.name).to.equal('Erp_Integration');
  });

  it('names the permission set after the Named Credential', () => {
    const { client } = apexConnection({ client: { type: 'named-credential', org: 'c', namedCredential: 'Sap_Api' } });
    expect(client).to.include({ namedCredential: 'Sap_Api', permissionSet: 'Sap_Api_Callouts' });
    expect(client).not.to.have.property('username');
  });

  it('keeps of each client type what it has, and nothing of the others', () => {
    const all: ConnectionDraft['client'] = {
      org: 'c',
      classPrefix: 'Sap',
      invocable: true,
      queueable: true,
      settings: 'inline',
      cachePartition: 'local.Tokens',
      namedCredential: 'Sap',
      principal: 'Robot',
      permissionSet: 'Sap_Users',
      username: 'agent@acme.com',
    };
    const clientOf = (type: ClientType) => apexConnection({ client: { ...all, type } }).client;
    const common = { org: 'c', classPrefix: 'Sap', invocable: true, queueable: true };
    expect(clientOf('external')).to.deep.equal({ type: 'external' });
    expect(clientOf('apex')).to.deep.equal({
      type: 'apex',
      ...common,
      settings: 'inline',
      cachePartition: 'local.Tokens',
    });
    expect(clientOf('named-credential')).to.deep.equal({
      type: 'named-credential',
      ...common,
      namedCredential: 'Sap',
      principal: 'Robot',
      permissionSet: 'Sap_Users',
      username: 'agent@acme.com',
    });
    expect(clientOf('legacy-named-credential')).to.deep.equal({
      type: 'legacy-named-credential',
      ...common,
      namedCredential: 'Sap',
    });
  });
});

describe('the certificate of a connection', () => {
  const files = { key: 'server.key', certificate: 'server.crt' };

  it('keeps its subject when the app gets another label or name', () => {
    const app = { name: 'Other_App', label: 'ERP of Acme', contactEmail: 'a@b.co' };
    const renamed = externalConnection({ server: { org: 'o', username: 'a@b.co', app } });
    expect(renamed.certificate.subject).to.deep.equal({ CN: 'Erp Integration' });
  });

  it('is yours where files are named, and nothing else is said', () => {
    expect(externalConnection({ certificate: { files } }).certificate.source).to.equal('existing');
    expect(externalConnection({ certificate: { files, source: 'generate' } }).certificate.source).to.equal('generate');
  });

  it('cannot be made where files of a key are named', async () => {
    const made = externalConnection({ certificate: { files, source: 'generate' } });
    const error = await refusalOf(() => validateConnection(made));
    expect([error.key, error.tokens]).to.deep.equal(['certificateFilesUnfit', ['generate', 'server.key, server.crt']]);
    const own = externalConnection({ certificate: { files } });
    expect(validateConnection(own)).to.equal(own);
  });

  it('loses the files of a saved key where a new one is to be made', () => {
    const saved: ConnectionDraft = { certificate: { source: 'existing', files, validDays: 30 } };
    expect(mergeDrafts(saved, { certificate: { source: 'generate' } }).certificate).to.deep.equal({
      source: 'generate',
      validDays: 30,
    });
    expect(mergeDrafts(saved, { certificate: { source: 'existing' } }).certificate).to.deep.include({ files });
    expect(mergeDrafts(saved, {}).certificate).to.deep.include({ files });
  });
});

describe('mergeDrafts', () => {
  it('lets what lies above win field by field, and keeps the rest', () => {
    const under: ConnectionDraft = {
      apiVersion: '66.0',
      server: { org: 'a', username: 'u', app: { name: 'N', label: 'L' } },
      certificate: { keySize: 4096, subject: { CN: 'a', O: 'b' } },
    };
    const over: ConnectionDraft = {
      apiVersion: undefined,
      server: { org: 'b', username: undefined, app: { label: 'M' } },
      certificate: { subject: { CN: 'c' } },
    };
    expect(mergeDrafts(under, over)).to.deep.equal({
      apiVersion: '66.0',
      server: { org: 'b', username: 'u', app: { name: 'N', label: 'M' } },
      client: {},
      certificate: { keySize: 4096, subject: { CN: 'c' } },
    });
  });
});

describe('impliesConnection', () => {
  it('is true for the entry that a connection is saved as', () => {
    const connection = apexConnection();
    expect(impliesConnection(toDraft(connection), connection)).to.equal(true);
  });

  it('leaves out of that what the org decides about a certificate that it makes', () => {
    const connection = apexConnection({ certificate: { keySize: 4096, validDays: 30, subject: { CN: 'Other' } } });
    const saved = toDraft(connection);
    expect(saved.certificate).to.deep.equal({ source: 'platform', name: 'erp_jwt', keySize: 4096 });
    expect(impliesConnection(saved, connection)).to.equal(true);
    expect(toDraft(externalConnection()).certificate).to.include({ validDays: 365 }).and.include.keys('subject');
  });

  it('is true for an entry that leaves to defaults what the connection has by default', () => {
    const entry: ConnectionDraft = {
      server: { org: 'erp-prod', username: 'integration@acme.com' },
      client: { type: 'external' },
    };
    expect(impliesConnection(entry, externalConnection())).to.equal(true);
  });

  it('is false as soon as one field says something else', () => {
    const entry = toDraft(externalConnection({ certificate: { keySize: 4096 } }));
    expect(impliesConnection(entry, externalConnection())).to.equal(false);
  });
});
