import { expect } from 'chai';
import { manifestOf, openMetadataOrg, zipOf, type MetadataOrg } from './metadata-org.js';
import { permissionSetFile } from './sample-files.js';

describe('local-org/metadata: SOAP deploy', () => {
  let local: MetadataOrg;
  beforeEach(() => void (local = openMetadataOrg()));

  const fault = (text: string) => ({
    code: /<faultcode>(.*)<\/faultcode>/.exec(text)?.[1],
    message: /<faultstring>(.*)<\/faultstring>/s.exec(text)?.[1] ?? '',
  });

  for (const filler of [' ', '\n', 'A', '=', '&#32;']) {
    it(`refuses a megabyte of ${JSON.stringify(filler)} in a broken zip at once`, async () => {
      const zip = `A${filler.repeat(1024 * 1024)}!`;
      const answer = await local.soap('deploy', `<ZipFile>${zip}</ZipFile>`);
      expect(fault(answer.text)).to.deep.equal({
        code: 'soapenv:Client',
        message: 'ZipFile is not valid for the type xsd:base64Binary',
      });
    });
  }

  for (const [options, message] of [
    ['<checkOnly>maybe</checkOnly>', "'maybe' is not valid for the type xsd:boolean"],
    ['<checkOnly>TRUE</checkOnly>', "'TRUE' is not valid for the type xsd:boolean"],
    ['<checkOnly/>', "'' is not valid for the type xsd:boolean"],
    [
      '<checkonly>true</checkonly>',
      'Element {http://soap.sforce.com/2006/04/metadata}checkonly invalid at this location in type DeployOptions',
    ],
    [
      '<checkOnly>true</checkOnly><checkOnly>false</checkOnly>',
      'Element checkOnly is duplicated at this location in type DeployOptions',
    ],
  ] as const) {
    it(`deploys nothing with the options ${options}`, async () => {
      const zip = Buffer.from(zipOf({ 'package.xml': manifestOf(permissionSetFile), ...permissionSetFile }));
      const inner = `<ZipFile>${zip.toString('base64')}</ZipFile><DeployOptions><singlePackage>true</singlePackage>${options}</DeployOptions>`;
      const answer = await local.soap('deploy', inner);
      expect(fault(answer.text)).to.deep.equal({
        code: 'sf:INVALID_OPERATION',
        message: `INVALID_OPERATION: ${message.replaceAll("'", '&apos;')}`,
      });
      expect(local.org.components.types()).to.deep.equal([]);
    });
  }

  it('takes all options that there are, nil ones too', async () => {
    const names = ['allowMissingFiles', 'autoUpdatePackage', 'ignoreWarnings', 'performRetrieve', 'purgeOnDelete'];
    const all = Object.fromEntries(names.map((name) => [name, '0']));
    const { status, checkOnly } = await local.deploy(permissionSetFile, { options: { ...all, checkOnly: '1' } });
    expect([status, checkOnly]).to.deep.equal(['Succeeded', true]);
    const nil = '<ZipFile>eA==</ZipFile><DeployOptions><checkOnly xsi:nil="true"/></DeployOptions>';
    expect((await local.soap('deploy', nil)).status).to.equal(200);
  });
});
