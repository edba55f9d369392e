import { elementOf } from '../metadata-calls.js';
import { answered, faulted, rest } from '../observe.js';
import type { Scenario } from '../scenario.js';

const unknownDeploy = '0Af000000000000AAA';
const unknownRetrieve = '09S000000000000AAA';

/** A call that is refused with a fault, for its arguments. */
const refusedCall = (name: string, probe: string, operation: string, inner: string): Scenario => ({
  name,
  effect: 'reads',
  probes: [probe],
  observe: async (org) => faulted(await org.soap(operation, inner)),
});

/** Types of which every org has the same to say. */
const describedTypes = ['ApexClass', 'Certificate', 'ExternalClientApplication', 'NamedCredential', 'PermissionSet'];

/** What the Metadata API says to calls, and anonymous Apex to what is no Apex. */
export const soapScenarios: readonly Scenario[] = [
  {
    name: 'soap-unknown-session',
    effect: 'reads',
    probes: ['Refuses a call without a live session'],
    observe: async (org) => faulted(await org.soap('describeMetadata', '', { session: 'conformance' })),
  },
  {
    name: 'soap-unknown-version',
    effect: 'reads',
    probes: ['Invalid Api version specified on URL'],
    observe: async (org) => faulted(await org.soap('describeMetadata', '', { path: '/services/Soap/m/999.0' })),
  },
  {
    name: 'soap-no-xml',
    effect: 'reads',
    probes: ['Refuses what is no XML'],
    observe: async (org) =>
      faulted(
        await org.request('POST', `/services/Soap/m/${org.apiVersion}`, {
          headers: { 'content-type': 'text/xml', soapaction: '""' },
          body: 'conformance',
          session: null,
        }),
      ),
  },
  refusedCall('soap-unknown-operation', 'No operation available', 'conformance', ''),
  refusedCall('soap-unknown-type', 'Unknown type:{}', 'listMetadata', '<queries><type>Conformance</type></queries>'),
  refusedCall(
    'soap-too-many-queries',
    'up to three queries',
    'listMetadata',
    '<queries><type>PermissionSet</type></queries>'.repeat(4),
  ),
  refusedCall(
    'soap-too-many-names',
    'up to ten components',
    'readMetadata',
    `<type>PermissionSet</type>${'<fullNames>Conformance</fullNames>'.repeat(11)}`,
  ),
  refusedCall(
    'soap-unknown-deploy',
    'Refuses the id of no deploy',
    'checkDeployStatus',
    `<asyncProcessId>${unknownDeploy}</asyncProcessId><includeDetails>true</includeDetails>`,
  ),
  refusedCall(
    'soap-deploy-id-is-none',
    'Refuses the id of no deploy',
    'checkDeployStatus',
    '<asyncProcessId>conformance</asyncProcessId><includeDetails>true</includeDetails>',
  ),
  refusedCall(
    'soap-cancel-unknown-deploy',
    'Refuses the id of no deploy',
    'cancelDeploy',
    `<String>${unknownDeploy}</String>`,
  ),
  refusedCall(
    'soap-unknown-retrieve',
    'Refuses the id of no deploy',
    'checkRetrieveStatus',
    `<asyncProcessId>${unknownRetrieve}</asyncProcessId><includeZip>true</includeZip>`,
  ),
  refusedCall(
    'soap-retrieve-of-nothing',
    'Refuses a retrieve of nothing',
    'retrieve',
    '<retrieveRequest><apiVersion>67.0</apiVersion></retrieveRequest>',
  ),
  {
    name: 'soap-read-what-is-not-there',
    effect: 'reads',
    probes: ['with nil for what is not there'],
    observe: async (org) => {
      const { status, text } = await org.soap(
        'readMetadata',
        '<type>PermissionSet</type><fullNames>Conformance_Nobody</fullNames>',
      );
      return { status, fullName: elementOf(text, 'fullName'), isNil: /<records[^>]*nil="true"/.test(text) };
    },
  },
  {
    name: 'soap-describe',
    effect: 'reads',
    probes: ['Describes the types that it keeps'],
    observe: async (org) => {
      const { status, text } = await org.soap('describeMetadata', `<asOfVersion>${org.apiVersion}</asOfVersion>`);
      const objects = [...text.matchAll(/<metadataObjects>.*?<\/metadataObjects>/gs)].map(([xml]) => xml);
      const types = describedTypes.map((type) => {
        const xml = objects.find((candidate) => elementOf(candidate, 'xmlName') === type) ?? '';
        const of = (name: string): string => elementOf(xml, name);
        return [
          type,
          { directory: of('directoryName'), suffix: of('suffix'), metaFile: of('metaFile'), inFolder: of('inFolder') },
        ];
      });
      return { status, types: Object.fromEntries(types) as unknown };
    },
  },
  {
    name: 'rest-unknown-deploy',
    effect: 'reads',
    probes: ['Refuses the id of no deploy'],
    observe: async (org) => answered(await rest(org, 'GET', `/metadata/deployRequest/${unknownDeploy}`)),
  },
  {
    name: 'rest-quick-deploy-of-nothing',
    effect: 'reads',
    probes: ['Refuses the id of no deploy'],
    observe: async (org) =>
      answered(
        await rest(org, 'POST', '/metadata/deployRequest', { json: { validatedDeployRequestId: unknownDeploy } }),
      ),
  },
  {
    name: 'apex-syntax-error',
    effect: 'reads',
    probes: ['a fault in its syntax'],
    observe: async (org) => {
      const search = new URLSearchParams({ anonymousBody: 'Integer one = 1;\nInteger two = ;' }).toString();
      return answered(await rest(org, 'GET', `/tooling/executeAnonymous/?${search}`));
    },
  },
  {
    name: 'apex-tests-of-no-class',
    effect: 'validates',
    probes: ['Executes no Apex'],
    observe: async (org) =>
      answered(await rest(org, 'POST', '/tooling/runTestsAsynchronous', { json: { classNames: 'ConformanceNobody' } })),
  },
];
