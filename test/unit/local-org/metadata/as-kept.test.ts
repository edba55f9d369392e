import { expect } from 'chai';
import { openMetadataOrg } from './metadata-org.js';
import { certificateFiles, metadataXml, packageXml, type Files } from './sample-files.js';

const access = (field: string): string =>
  `<fieldPermissions><editable>true</editable><field>${field}</field><readable>true</readable></fieldPermissions>`;

describe('local-org/metadata: what a retrieve gives back', () => {
  const namesIn = (xml = ''): readonly string[] => [...xml.matchAll(/^ {4}<(\w+)>/gm)].map(([, name]) => name ?? '');

  it('has the elements in the order of the type, repeated ones by what they are about', async () => {
    const local = openMetadataOrg();
    const path = 'permissionsets/A.permissionset';
    await local.deploy({
      [path]: metadataXml(
        'PermissionSet',
        '<label>A</label>',
        access('Account.B'),
        access('Account.A'),
        '<description>x</description>',
      ),
    });
    const xml = (await local.retrieve({ PermissionSet: ['A'] }))[path];
    expect(namesIn(xml)).to.deep.equal([
      'description',
      'fieldPermissions',
      'fieldPermissions',
      'hasActivationRequired',
      'label',
    ]);
    expect(xml).to.match(/Account\.A.*Account\.B/s);
  });

  it('keeps the order of what an order means something to', async () => {
    const local = openMetadataOrg();
    const node = (name: string) =>
      `<assignments><assignmentItems><assignToReference>b</assignToReference><operator>Assign</operator></assignmentItems><assignmentItems><assignToReference>a</assignToReference><operator>Assign</operator></assignmentItems><label>x</label><locationX>1</locationX><locationY>2</locationY><name>${name}</name></assignments>`;
    const path = 'flows/F.flow';
    const files: Files = { [path]: metadataXml('Flow', '<label>F</label>', node('second'), node('first')) };
    expect(await local.problems(files, { manifest: packageXml({ Flow: ['F'] }) })).to.deep.equal([]);
    const xml = (await local.retrieve({ Flow: ['F'] }))[path];
    expect(xml)
      .to.match(/<name>second.*<name>first/s)
      .and.match(/>b<.*>a</s);
    // As orgs write the nodes of a flow: what all of them have comes first.
    expect(xml).to.match(/<name>second<\/name>\s*<label>x/);
  });

  it('has the defaults that the file left out, and changes nothing when they come back', async () => {
    const local = openMetadataOrg();
    await local.deploy(certificateFiles);
    const { 'package.xml': _, ...files } = await local.retrieve({ Certificate: ['crm'] });
    expect(namesIn(files['certs/crm.crt-meta.xml'])).to.deep.equal([
      'caSigned',
      'encryptedWithPlatformEncryption',
      'expirationDate',
      'keySize',
      'masterLabel',
      'privateKeyExportable',
    ]);
    const { details } = await local.deploy(files);
    expect(details.componentSuccesses.at(-1)).to.include({ fullName: 'crm', changed: false });
  });
});
