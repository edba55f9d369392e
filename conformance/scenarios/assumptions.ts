import { jwtBearerGrant, postToken } from '../assertion.js';
import { metadataXml } from '../metadata-package.js';
import { answered, faulted, rest } from '../observe.js';
import type { Scenario } from '../scenario.js';
import { judged, label } from './components.js';

const deployPath = '/metadata/deployRequest';
const unknownDeploy = '0Af000000000000AAA';

/** A request that is refused, or that nobody has seen the answer of. */
const asked = (name: string, probe: string, observe: Scenario['observe']): Scenario => ({
  name,
  effect: 'validates',
  probes: [probe],
  observe,
});

const called = (name: string, probe: string, operation: string, inner: string): Scenario =>
  asked(name, probe, async (org) => faulted(await org.soap(operation, inner)));

const posted = (name: string, probe: string, path: string, body: string, type = 'application/json'): Scenario =>
  asked(name, probe, async (org) =>
    answered(await rest(org, 'POST', path, { headers: { 'content-type': type }, body })),
  );

const namedCredential = (name: string, probe: string, ...children: readonly string[]): Scenario =>
  judged(name, probe, [['NamedCredential', 'Conformance']], {
    'namedCredentials/Conformance.namedCredential': metadataXml('NamedCredential', label, ...children),
  });

const permissionSet = (name: string, probe: string, content: string): Scenario =>
  judged(name, probe, [['PermissionSet', 'Conformance']], { 'permissionsets/Conformance.permissionset': content });

const longName = 'x'.repeat(81);

/** Rows of the ledger that are assumptions, and that one request or one file shows to be right or wrong. */
export const assumptionScenarios: readonly Scenario[] = [
  permissionSet(
    'file-with-document-type',
    'Refuses a document type declaration',
    metadataXml('PermissionSet', label).replace('<PermissionSet', '<!DOCTYPE PermissionSet>\n<PermissionSet'),
  ),
  permissionSet(
    'file-with-text-between',
    'Refuses text between elements',
    metadataXml('PermissionSet', 'conformance', label),
  ),
  judged('file-name-too-long', 'Refuses a name that is too long: 40', [['PermissionSet', longName]], {
    [`permissionsets/${longName}.permissionset`]: metadataXml('PermissionSet', label),
  }),
  namedCredential(
    'credential-bad-address',
    'Refuses an address or a token endpoint',
    '<endpoint>conformance</endpoint>',
    '<principalType>Anonymous</principalType>',
    '<protocol>NoAuthentication</protocol>',
  ),
  judged(
    'trigger-of-another-name',
    'Refuses a trigger whose file is named otherwise',
    [['ApexTrigger', 'Conformance']],
    {
      'triggers/Conformance.trigger': 'trigger Other on Account (before insert) {}\n',
      'triggers/Conformance.trigger-meta.xml': metadataXml(
        'ApexTrigger',
        '<apiVersion>67.0</apiVersion>',
        '<status>Active</status>',
      ),
    },
  ),
  judged(
    'field-of-no-object',
    'Refuses a field of an object that there is not',
    [['CustomField', 'ConformanceNobody__mdt.One__c']],
    {
      'objects/ConformanceNobody__mdt.object': metadataXml(
        'CustomObject',
        `<fields><fullName>One__c</fullName>${label}<length>10</length><type>Text</type></fields>`,
      ),
    },
  ),
  judged(
    'app-without-contact',
    'Refuses an External Client App without a label or contact email',
    [['ExternalClientApplication', 'Conformance']],
    {
      'externalClientApps/Conformance.eca': metadataXml(
        'ExternalClientApplication',
        '<distributionState>Local</distributionState>',
        label,
      ),
    },
  ),
  called('soap-without-argument', 'Refuses a call without an argument', 'checkDeployStatus', ''),
  called(
    'soap-zip-is-no-base64',
    'Refuses a zip that is no base64',
    'deploy',
    '<ZipFile>***</ZipFile><DeployOptions><checkOnly>true</checkOnly></DeployOptions>',
  ),
  asked('soap-update-what-is-not-there', 'Refuses to update or delete what is not there', async (org) => {
    const inner = `<metadata xsi:type="PermissionSet"><fullName>ConformanceNobody</fullName>${label}</metadata>`;
    const { status, text } = await org.soap('updateMetadata', inner);
    return {
      status,
      errors: [...text.matchAll(/<(statusCode|message)>([^<]*)</g)].map(([, name, value]) => [name, value]),
    };
  }),
  asked('rest-deploy-in-another-format', 'Refuses other bodies than multipart and JSON', async (org) =>
    answered(await rest(org, 'POST', deployPath, { headers: { 'content-type': 'text/plain' }, body: 'conformance' })),
  ),
  posted(
    'rest-deploy-without-zip',
    'Refuses a multipart body that it cannot use',
    deployPath,
    '--x--\r\n',
    'multipart/form-data; boundary=x',
  ),
  posted('rest-deploy-is-no-json', 'Refuses a deploy request that is no JSON', deployPath, '{"validated": '),
  posted('rest-quick-deploy-without-id', 'Refuses a quick deploy without an id', deployPath, '{}'),
  asked('rest-change-of-a-deploy', 'Refuses changes of a deploy request but', async (org) =>
    answered(
      await rest(org, 'PATCH', `${deployPath}/${unknownDeploy}`, { json: { deployResult: { status: 'Done' } } }),
    ),
  ),
  posted('rest-body-is-a-list', 'Refuses JSON that is no object', '/sobjects/PermissionSet', '[]'),
  posted(
    'rest-body-with-control-character',
    'Refuses what else that parser refuses',
    '/sobjects/PermissionSet',
    '{"Name": "\u0001"}',
  ),
  posted('rest-text-for-boolean', 'Refuses texts for booleans', '/sobjects/User', '{"IsActive": "maybe"}'),
  posted('composite-without-list', 'Refuses more requests than that', '/composite', '{}'),
  posted('collection-without-list', 'Refuses more records than that', '/composite/sobjects', '{}'),
  posted('tree-without-list', 'Refuses larger trees', '/composite/tree/Account', '{}'),
  asked('token-parameters-in-query', 'Takes parameters from the query as from the form', async (org) =>
    answered(
      await org.request(
        'POST',
        `/services/oauth2/token?${new URLSearchParams({ grant_type: jwtBearerGrant }).toString()}`,
        { session: null },
      ),
    ),
  ),
  asked('token-empty-parameter', 'Takes an empty parameter for one that is left out', async (org) =>
    answered(await postToken(org, { grant_type: jwtBearerGrant, assertion: '' })),
  ),
  asked('userinfo-wrong-version', 'Answers the parameter `version` that is no', async (org) =>
    answered(await org.request('GET', `/id/${org.orgId}/${org.userId}?version=conformance`)),
  ),
  asked('path-of-two-slashes', 'Takes paths that begin with two slashes', async (org) =>
    answered(await org.request('GET', `${org.instanceUrl}//services/data/v${org.apiVersion}/conformance`)),
  ),
];
