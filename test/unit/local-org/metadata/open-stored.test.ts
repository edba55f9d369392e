import { expect } from 'chai';
import { openStored } from '../../../../src/local-org/metadata/package/candidate.js';
import { textOf } from '../../../../src/local-org/metadata/xml/xml-element.js';
import { metadataXml } from './metadata-xml.js';
import { openMetadataOrg } from './metadata-org.js';

describe('a stored component', () => {
  it('is parsed once, for token requests open every part of their app, and anew after a redeploy', async () => {
    const local = openMetadataOrg();
    const deploy = (label: string) =>
      local.deploy({ 'permissionsets/Crm.permissionset': metadataXml('PermissionSet', `<label>${label}</label>`) });
    const open = () => openStored(local.org.components.get('PermissionSet', 'Crm')!);
    await deploy('One');
    const first = open();
    expect(open()).to.equal(first);
    await deploy('Two');
    expect(textOf(open().root, 'label')).to.equal('Two');
  });
});
