import { expect } from 'chai';
import { openMetadataOrg } from './metadata-org.js';
import { metadataXml, packageXml } from './metadata-xml.js';

describe('local-org/metadata: static resources', () => {
  it('are files of up to five megabytes', async () => {
    const org = openMetadataOrg();
    const megabyte = 'x'.repeat(1024 * 1024);
    const deploy = (content: string) =>
      org.problems(
        {
          'staticresources/Large.resource': content,
          'staticresources/Large.resource-meta.xml': metadataXml(
            'StaticResource',
            '<cacheControl>Private</cacheControl>',
            '<contentType>text/plain</contentType>',
          ),
        },
        { manifest: packageXml({ StaticResource: ['Large'] }) },
      );
    expect(await deploy(`${megabyte.repeat(5)}x`)).to.deep.equal(['static resource cannot exceed 5MB']);
    expect(await deploy(megabyte.repeat(5))).to.deep.equal([]);
  });
});
