import { X509Certificate } from 'node:crypto';
import { deployZip, observeDeploy, retrieve } from '../metadata-calls.js';
import { manifestXml, metadataXml, zipOf, type Member } from '../metadata-package.js';
import { rest } from '../observe.js';
import type { OrgUnderTest } from '../org-under-test.js';
import type { Scenario } from '../scenario.js';

const dayMilliseconds = 24 * 60 * 60_000;

/** What comes back of components that an org keeps. Each is removed again. */
export const keptComponentScenarios: readonly Scenario[] = [
  {
    name: 'retrieve-what-is-not-there',
    effect: 'reads',
    probes: ["Entity of type '{}' named '{}' cannot be found"],
    observe: async (org) => (await retrieve(org, [['PermissionSet', 'Conformance_Nobody']])).problems,
  },
  {
    name: 'retrieve-unknown-type',
    effect: 'reads',
    probes: ["Entity type: '{}' is unknown"],
    observe: async (org) => (await retrieve(org, [['Conformance', 'Conformance_Nobody']])).problems,
  },
  {
    name: 'retrieve-permission-set',
    effect: 'changes',
    probes: ['Writes XML with a declaration', 'Adds a package.xml'],
    observe: async (org, { runId }) => {
      const member: Member = ['PermissionSet', `JwtConf_${runId}`];
      const path = `permissionsets/${member[1]}.permissionset`;
      const file = metadataXml(
        'PermissionSet',
        '<hasActivationRequired>false</hasActivationRequired>',
        '<label>Conformance</label>',
      );
      return keptWhile(org, member, { [path]: file }, async () => {
        const { files } = await retrieve(org, [member]);
        return { file: files.get(path), manifest: files.get('package.xml'), paths: [...files.keys()].sort() };
      });
    },
  },
  {
    name: 'certificate-made-by-the-org',
    effect: 'changes',
    probes: [
      'Makes a key pair of its own',
      'Puts name, org id',
      'one year with 2048 bits',
      'Gives back the certificate',
    ],
    observe: async (org, { runId }) => {
      const member: Member = ['Certificate', `JwtConf_${runId}`];
      const path = `certs/${member[1]}.crt`;
      const meta = metadataXml('Certificate', '<caSigned>false</caSigned>', `<masterLabel>${member[1]}</masterLabel>`);
      return keptWhile(org, member, { [path]: '', [`${path}-meta.xml`]: meta }, async () => {
        const { files } = await retrieve(org, [member]);
        return {
          certificate: describe(files.get(path) ?? ''),
          meta: files.get(`${path}-meta.xml`),
          row: await rowOf(org, member[1]),
        };
      });
    },
  },
  {
    name: 'retrieve-app',
    effect: 'changes',
    probes: [
      'Leaves out the certificate and the secret',
      'Makes a consumer key',
      'in `orgScopedExternalApp`, and sets its own',
    ],
    observe: async (org, fixtures) => {
      const { names } = await fixtures.apps();
      const { files } = await retrieve(org, [
        ['ExternalClientApplication', names.approved],
        ['ExtlClntAppGlobalOauthSettings', names.approved],
        ['ExtlClntAppOauthSettings', names.approved],
      ]);
      return Object.fromEntries([...files].filter(([path]) => path !== 'package.xml').sort());
    },
  },
];

/** Deploys a component, looks, and removes it. */
async function keptWhile(
  org: OrgUnderTest,
  member: Member,
  files: Readonly<Record<string, string>>,
  look: () => Promise<unknown>,
): Promise<unknown> {
  const manifest = (members: readonly Member[]): string => manifestXml(members, org.apiVersion);
  const deployed = await deployZip(org, zipOf({ 'package.xml': manifest([member]), ...files }));
  if (deployed.status !== 'Succeeded') return { deployed: observeDeploy(deployed) };
  try {
    return await look();
  } finally {
    await deployZip(org, zipOf({ 'package.xml': manifest([]), 'destructiveChanges.xml': manifest([member]) }));
  }
}

function describe(pem: string): unknown {
  const { subject, validFrom, validTo, publicKey, issuer } = new X509Certificate(pem);
  return {
    subject,
    isSelfSigned: subject === issuer,
    days: Math.round((Date.parse(validTo) - Date.parse(validFrom)) / dayMilliseconds),
    bits: publicKey.asymmetricKeyDetails?.modulusLength,
  };
}

async function rowOf(org: OrgUnderTest, developerName: string | undefined): Promise<unknown> {
  const soql = `SELECT MasterLabel, KeySize, OptionsIsCaSigned FROM Certificate WHERE DeveloperName = '${developerName}'`;
  const { text } = await rest(org, 'GET', `/tooling/query?${new URLSearchParams({ q: soql }).toString()}`);
  const { records } = JSON.parse(text) as { readonly records: readonly Readonly<Record<string, unknown>>[] };
  return records.map(({ MasterLabel, KeySize, OptionsIsCaSigned }) => ({ MasterLabel, KeySize, OptionsIsCaSigned }));
}
