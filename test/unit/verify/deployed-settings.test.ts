import { expect } from 'chai';
import { readDeployedSettings } from '../../../src/verify/deployed-settings.js';
import { apexConnection } from '../../helpers/connections.js';

const { server } = apexConnection();

/** Shaped like a record that an org gives out in a retrieve (Metadata API Developer Guide: CustomMetadata). */
const record = (rows: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<CustomMetadata xmlns="http://soap.sforce.com/2006/04/metadata" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">
    <label>Default</label>
    <protected>false</protected>
${rows}
</CustomMetadata>
`;
const row = (field: string, value: string): string => `    <values>
        <field>${field}</field>
        ${value}
    </values>`;

describe('readDeployedSettings', () => {
  it('reads the fields that the token provider has, with their characters', async () => {
    const xml = record(
      [
        row('Consumer_Key__c', '<value xsi:type="xsd:string">3MVG9.a&amp;b&lt;&#39;&gt;</value>'),
        row('Validity_Seconds__c', '<value xsi:type="xsd:double">120.0</value>'),
        row('Audience__c', '<value xsi:nil="true"/>'),
        row('Somebody_Elses__c', '<value xsi:type="xsd:string">x</value>'),
      ].join('\n'),
    );

    expect(await readDeployedSettings(xml, server)).to.deep.equal({
      issuer: "3MVG9.a&b<'>",
      validitySeconds: '120.0',
    });
  });

  it('reads nothing out of what is no XML', async () => {
    expect(await readDeployedSettings('<CustomMetadata>', server)).to.equal(undefined);
  });
});
