import { expect } from 'chai';
import { envelope, openMetadataOrg, type MetadataOrg } from './metadata-org.js';
import { startAdminSession } from '../../../../src/local-org/seed.js';
import { allFiles, permissionSetFile } from './sample-files.js';

describe('local-org/metadata: SOAP', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const fault = (text: string) => ({
    code: /<faultcode>(.*)<\/faultcode>/.exec(text)?.[1],
    message: /<faultstring>(.*)<\/faultstring>/s.exec(text)?.[1] ?? '',
  });

  for (const session of ['', 'nobody', '00D000000000001!AQ']) {
    it(`refuses the session "${session}" so that clients log in again`, async () => {
      const answer = await local.soap('describeMetadata', '', session);
      expect(answer.status).to.equal(500);
      expect(fault(answer.text).code).to.equal('sf:INVALID_SESSION_ID');
    });
  }

  it('refuses a session that has ended', async () => {
    local.clock += 3 * 60 * 60 * 1000;
    expect(fault((await local.soap('describeMetadata')).text).code).to.equal('sf:INVALID_SESSION_ID');
  });

  const malformed: readonly (readonly [string, string])[] = [
    ['nothing', ''],
    ['no XML', 'hello'],
    ['half an envelope', envelope('describeMetadata', '', 'x').slice(0, 200)],
    ['another document', '<html/>'],
    ['an empty body', envelope('x', '', 'x').replace(/<x>.*<\/x>/, '')],
    ['no body', '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"/>'],
    [
      'entities',
      `<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]>${envelope('x', '&e;', 'x').replace(/^.*?\?>/, '')}`,
    ],
  ];
  for (const [what, body] of malformed) {
    it(`answers ${what} with a fault of the client`, async () => {
      const answer = await local.raw(body);
      expect([answer.status, fault(answer.text).code]).to.deep.equal([500, 'soapenv:Client']);
    });
  }

  it('refuses operations and versions that it does not know', async () => {
    const unknown = fault((await local.soap('renameMetadata')).text);
    expect(unknown.message).to.equal(
      'No operation available for request {http://soap.sforce.com/2006/04/metadata}renameMetadata',
    );
    for (const version of ['12.0', '66.5', '99.0']) {
      const old = await local.raw(envelope('describeMetadata', '', 'x'), `/services/Soap/m/${version}`);
      expect(fault(old.text).code).to.equal('sf:UNSUPPORTED_API_VERSION');
    }
    const call = envelope('listMetadata', '', startAdminSession(local.org));
    const foreign = await local.raw(call.replace('<listMetadata>', '<listMetadata xmlns="urn:wrong">'));
    expect(fault(foreign.text)).to.deep.equal({
      code: 'soapenv:Client',
      message: 'No operation available for request {urn:wrong}listMetadata',
    });
  });

  it('refuses to retrieve in a version that there is not, and takes one without .0', async () => {
    const retrieve = async (apiVersion: string, version: string) =>
      fault(
        (
          await local.soap(
            'retrieve',
            `<retrieveRequest><apiVersion>${apiVersion}</apiVersion><unpackaged><version>${version}</version></unpackaged></retrieveRequest>`,
          )
        ).text,
      ).message;
    expect(await retrieve('abc', '67.0')).to.equal('INVALID_OPERATION: Invalid version specified:abc');
    expect(await retrieve('67.0', '99.0')).to.equal('INVALID_OPERATION: Invalid version specified:99.0');
    expect(await retrieve('67', '60.0')).to.equal('');
  });

  const refused: readonly (readonly [string, string, string, string])[] = [
    [
      'checkDeployStatus',
      '<asyncProcessId>0Af000000000001AAA</asyncProcessId>',
      'sf:INVALID_CROSS_REFERENCE_KEY',
      'invalid cross reference id',
    ],
    ['checkDeployStatus', '<asyncProcessId>x&lt;y</asyncProcessId>', 'sf:INVALID_ID_FIELD', 'bad id x&lt;y'],
    ['checkDeployStatus', '', 'sf:REQUIRED_FIELD_MISSING', 'asyncProcessId'],
    ['cancelDeploy', '<id>0Af000000000001AAA</id>', 'sf:INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id'],
    [
      'deployRecentValidation',
      '<validationId>0Af000000000001AAA</validationId>',
      'sf:INVALID_CROSS_REFERENCE_KEY',
      'invalid',
    ],
    [
      'checkRetrieveStatus',
      '<asyncProcessId>09S000000000001AAA</asyncProcessId>',
      'sf:INVALID_CROSS_REFERENCE_KEY',
      'invalid',
    ],
    ['retrieve', '<request/>', 'sf:INVALID_CROSS_REFERENCE_KEY', 'No packages or unpackaged specified'],
    ['deploy', '', 'sf:INVALID_OPERATION', 'No zip file content passed in'],
    [
      'deploy',
      '<ZipFile>eA==</ZipFile><DeployOptions><testLevel>All</testLevel></DeployOptions>',
      'sf:INVALID_OPERATION',
      'TestLevel',
    ],
    [
      'deploy',
      '<ZipFile>eA==</ZipFile><DeployOptions><testLevel>RunSpecifiedTests</testLevel></DeployOptions>',
      'sf:INVALID_OPERATION',
      'runTests',
    ],
    [
      'listMetadata',
      '<queries><type>Nothing</type></queries>',
      'sf:INVALID_TYPE',
      'INVALID_TYPE: Unknown type:Nothing',
    ],
    ['listMetadata', '<queries><type>ApexClass</type></queries>'.repeat(4), 'sf:LIMIT_EXCEEDED', '3'],
    ['readMetadata', '<type>Nothing</type><fullNames>A</fullNames>', 'sf:INVALID_TYPE', 'Unknown type:Nothing'],
    ['readMetadata', `<type>ApexClass</type>${'<fullNames>A</fullNames>'.repeat(11)}`, 'sf:EXCEEDED_ID_LIMIT', '10'],
  ];
  for (const [operation, inner, code, message] of refused) {
    it(`refuses ${operation} ${inner.slice(0, 40)} with ${code}`, async () => {
      const answer = await local.soap(operation, inner);
      expect([answer.status, fault(answer.text).code]).to.deep.equal([500, code]);
      expect(fault(answer.text).message).to.include(message);
    });
  }

  it('returns nil for a component that is not there, between those that are', async () => {
    await local.deploy(permissionSetFile);
    const names = ['Nobody', 'Crm_Access'].map((name) => `<fullNames>${name}</fullNames>`).join('');
    const { text } = await local.soap('readMetadata', `<type>PermissionSet</type>${names}`);
    expect(text).to.include(
      '<records xsi:nil="true"/><records xsi:type="PermissionSet"><fullName>Crm_Access</fullName>',
    );
    expect(text).to.include('<label>Crm &amp; Co</label>');
  });

  it('lists components with what a client needs to retrieve them', async () => {
    await local.deploy(allFiles());
    const { text } = await local.soap(
      'listMetadata',
      '<queries><type>Certificate</type></queries><queries><type>Settings</type></queries>',
    );
    expect(text).to.include('<fileName>certs/crm.crt</fileName><fullName>crm</fullName><id>0P1');
    expect(text).to.include('<fullName>IdentityProvider</fullName>');
  });

  describe('create, update, upsert, delete', () => {
    const label = (text: string, fullName = 'Crm_Access') =>
      `<metadata xsi:type="PermissionSet"><fullName>${fullName}</fullName><label>${text}</label></metadata>`;
    const labelOf = () => local.org.records.all('PermissionSet').find(({ Name }) => Name === 'Crm_Access')?.['Label'];

    it('create makes a component once', async () => {
      expect((await local.soap('createMetadata', label('One'))).text).to.include('<success>true</success>');
      expect(labelOf()).to.equal('One');
      const again = await local.soap('createMetadata', label('Two'));
      expect(again.text)
        .to.include('<statusCode>DUPLICATE_DEVELOPER_NAME</statusCode>')
        .and.include('<success>false</success>');
      expect(labelOf()).to.equal('One');
    });

    it('update wants a component, upsert does not care', async () => {
      expect((await local.soap('updateMetadata', label('One'))).text).to.include('INVALID_CROSS_REFERENCE_KEY');
      expect((await local.soap('upsertMetadata', label('One'))).text).to.include('<created>true</created>');
      expect((await local.soap('upsertMetadata', label('Two'))).text).to.include('<created>false</created>');
      expect((await local.soap('updateMetadata', label('Three'))).text).to.include('<success>true</success>');
      expect(labelOf()).to.equal('Three');
    });

    it('saves each component for itself', async () => {
      const { text } = await local.soap('createMetadata', label('One') + label('Two', 'Bad__Name'));
      expect(text.match(/<success>\w+<\/success>/g)).to.deep.equal([
        '<success>true</success>',
        '<success>false</success>',
      ]);
    });

    it('names what is missing or unknown', async () => {
      const create = async (inner: string) => (await local.soap('createMetadata', inner)).text;
      expect(await create('<metadata xsi:type="PermissionSet"><fullName>A</fullName></metadata>')).to.include(
        'Required field is missing: label',
      );
      expect(await create('<metadata xsi:type="PermissionSet"><label>A</label></metadata>')).to.include(
        'REQUIRED_FIELD_MISSING',
      );
      expect(await create('<metadata xsi:type="Nothing"><fullName>A</fullName></metadata>')).to.include('INVALID_TYPE');
    });

    it('makes a certificate of the org, and settings by their own type', async () => {
      const certificate =
        '<metadata xsi:type="Certificate"><fullName>crm</fullName><caSigned>false</caSigned><masterLabel>crm</masterLabel></metadata>';
      expect((await local.soap('createMetadata', certificate)).text).to.include('<success>true</success>');
      expect(local.org.keyPairs.has('crm')).to.equal(true);
      const settings =
        '<metadata xsi:type="IdentityProviderSettings"><fullName>IdentityProvider</fullName><certificateName>crm</certificateName><enableIdentityProvider>true</enableIdentityProvider></metadata>';
      expect((await local.soap('upsertMetadata', settings)).text).to.include('<success>true</success>');
      const read = await local.soap(
        'readMetadata',
        '<type>IdentityProviderSettings</type><fullNames>IdentityProvider</fullNames>',
      );
      expect(read.text)
        .to.include('xsi:type="IdentityProviderSettings"')
        .and.include('<certificateName>crm</certificateName>');
    });

    it('deletes, and says what was not there', async () => {
      await local.soap('createMetadata', label('One'));
      const { text } = await local.soap(
        'deleteMetadata',
        '<type>PermissionSet</type><fullNames>Crm_Access</fullNames><fullNames>Nobody</fullNames>',
      );
      expect(text).to.include('no PermissionSet named Nobody found');
      expect(labelOf()).to.equal(undefined);
    });
  });
});
