import { expect } from 'chai';
import { openMetadataOrg, manifestOf, zipOf, type MetadataOrg } from './metadata-org.js';
import { permissionSetFile } from './sample-files.js';

const path = '/services/data/v67.0/metadata/deployRequest';

describe('local-org/metadata: REST deploy', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const zip = zipOf({ 'package.xml': manifestOf(permissionSetFile), ...permissionSetFile });

  async function post(parts: Readonly<Record<string, string | Uint8Array>>) {
    const form = new FormData();
    for (const [name, content] of Object.entries(parts)) {
      if (typeof content === 'string') form.append(name, content);
      else form.append(name, new Blob([Buffer.from(content)], { type: 'application/zip' }), 'deploy.zip');
    }
    const request = new Request('http://localhost', { method: 'POST', body: form });
    const headers = { 'content-type': request.headers.get('content-type') ?? '' };
    return local.rest('POST', path, Buffer.from(await request.arrayBuffer()), headers);
  }

  for (const name of ['json', 'entity_content']) {
    it(`takes the options in a part named ${name}`, async () => {
      const answer = await post({
        [name]: JSON.stringify({ deployOptions: { singlePackage: true, checkOnly: true } }),
        file: zip,
      });
      expect(answer.status).to.equal(201);
      const { id } = JSON.parse(answer.text) as { id: string };
      const status = JSON.parse((await local.rest('GET', `${path}/${id}?includeDetails=true`)).text) as Record<
        string,
        object
      >;
      expect(status['deployResult']).to.include({ id, status: 'Succeeded', checkOnly: true });
      expect(status['deployResult']).to.have.property('details');
      const brief = JSON.parse((await local.rest('GET', `${path}/${id.slice(0, 15)}`)).text) as Record<string, object>;
      expect(brief['deployResult']).to.include({ status: 'Succeeded' }).and.not.to.have.property('details');
    });
  }

  const bad: readonly (readonly [string, Readonly<Record<string, string | Uint8Array>>, number, string])[] = [
    ['no file', { json: '{}' }, 400, 'no part named file'],
    ['options that are no JSON', { json: '{', file: zip }, 400, 'JSON_PARSER_ERROR'],
    ['options that are no object', { json: '{"deployOptions":[]}', file: zip }, 400, 'deployOptions must be an object'],
    ['a test level that is none', { json: '{"deployOptions":{"testLevel":"All"}}', file: zip }, 400, 'TestLevel'],
    [
      'a test level that is no text',
      { json: '{"deployOptions":{"testLevel":{}}}', file: zip },
      400,
      'testLevel must be a string',
    ],
    ['a flag that is 1', { json: '{"deployOptions":{"checkOnly":1}}', file: zip }, 400, 'checkOnly must be true or'],
    ['a flag that is a text', { json: '{"deployOptions":{"checkOnly":"true"}}', file: zip }, 400, 'true or false'],
    ['an unknown option', { json: '{"deployOptions":{"checkonly":true}}', file: zip }, 400, 'option: checkonly'],
    ['tests that are one text', { json: '{"deployOptions":{"runTests":"A"}}', file: zip }, 400, 'array of strings'],
    ['tests that are no texts', { json: '{"deployOptions":{"runTests":[1]}}', file: zip }, 400, 'array of strings'],
  ];
  for (const [what, parts, status, text] of bad) {
    it(`refuses ${what}`, async () => {
      const answer = await post(parts);
      expect(answer.status).to.equal(status);
      expect(answer.text).to.include(text);
      expect(local.org.components.types()).to.deep.equal([]);
    });
  }

  it('takes null for what a client leaves open', async () => {
    const options = { singlePackage: true, checkOnly: null, runTests: null, testLevel: null };
    expect((await post({ json: JSON.stringify({ deployOptions: options }), file: zip })).status).to.equal(201);
    expect(local.org.components.get('PermissionSet', 'Crm_Access')).to.be.an('object');
  });

  const bodies: readonly (readonly [string, string, string, number])[] = [
    ['multipart without a boundary', 'multipart/form-data', 'x', 400],
    [
      'multipart that breaks off',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"\r\n\r\nabc',
      400,
    ],
    [
      'multipart that breaks off inside a file',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="x.zip"\r\nContent-Type: application/zip\r\n\r\nabc',
      400,
    ],
    ['multipart of nothing', 'multipart/form-data; boundary=b', '', 400],
    ['JSON that is none', 'application/json', '{', 400],
    ['JSON without an id', 'application/json', '{}', 400],
    ['another content type', 'text/plain', 'x', 415],
  ];
  for (const [what, type, body, status] of bodies) {
    it(`refuses ${what} without hanging`, async () => {
      const answer = await local.rest('POST', path, Buffer.from(body), { 'content-type': type });
      expect(answer.status).to.equal(status);
      const [refusal] = JSON.parse(answer.text) as readonly { readonly errorCode: string; readonly message: string }[];
      expect(refusal).to.have.property('errorCode');
      // Nothing of what the parser says.
      if (refusal?.errorCode === 'INVALID_MULTIPART_REQUEST')
        expect(refusal.message).to.match(
          /^Malformed multipart request$|^The multipart request has no part named file$/,
        );
      if (refusal?.errorCode === 'JSON_PARSER_ERROR')
        expect(refusal.message).to.match(/^Unexpected end-of-input.*\[line:1, column:\d+\]$/);
    });
  }

  it('refuses unknown ids, versions and changes', async () => {
    expect((await local.rest('GET', `${path}/0Af000000000001AAA`)).text).to.include('invalid cross reference id');
    expect((await local.rest('GET', `${path}/junk`)).text).to.include('INVALID_ID_FIELD');
    expect((await local.rest('GET', '/services/data/v99.0/metadata/deployRequest/0Af000000000001AAA')).status).to.equal(
      404,
    );
    for (const version of ['66.5', '30.0'])
      expect((await local.rest('GET', path.replace('67.0', version) + '/x')).text).to.include('NOT_FOUND');
    const patch = (body: string) => local.rest('PATCH', `${path}/0Af000000000001AAA`, Buffer.from(body));
    expect((await patch('{"deployResult":{"status":"Canceling"}}')).text).to.include('invalid cross reference id');
    expect((await patch('{"deployResult":{"status":"Succeeded"}}')).status).to.equal(400);
  });
});
