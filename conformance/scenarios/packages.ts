import { deployZip, observeDeploy, startDeploy, validate } from '../metadata-calls.js';
import { manifestXml, metadataXml, zipOf, type Member, type PackageFiles } from '../metadata-package.js';
import { answered } from '../observe.js';
import type { OrgUnderTest } from '../org-under-test.js';
import type { Scenario } from '../scenario.js';

const permissionSet: PackageFiles = {
  'permissionsets/Conformance.permissionset': metadataXml('PermissionSet', '<label>Conformance</label>'),
};
const member: Member = ['PermissionSet', 'Conformance'];

const scenario = (name: string, probe: string, observe: Scenario['observe']): Scenario => ({
  name,
  effect: 'validates',
  probes: [probe],
  observe,
});

const checked = async (org: OrgUnderTest, zip: Buffer, options = {}): Promise<unknown> =>
  observeDeploy(await deployZip(org, zip, { checkOnly: true, ...options }));

/** What a deploy says to packages that are wrong as a whole. Nothing is kept of any. */
export const packageScenarios: readonly Scenario[] = [
  scenario('package-that-is-right', 'Lists package.xml among the successes', (org) =>
    validate(org, permissionSet, [member]),
  ),
  scenario('package-is-no-zip', 'Refuses what is no zip', (org) => checked(org, Buffer.from('conformance'))),
  scenario('package-is-damaged', 'Refuses what is no zip', (org) =>
    checked(org, zipOf({ 'package.xml': manifestXml([], org.apiVersion) }).subarray(0, 40)),
  ),
  scenario('package-without-manifest', 'No package.xml found', (org) => checked(org, zipOf(permissionSet))),
  scenario('package-in-folder-of-several', 'Takes each folder at the top', (org) =>
    checked(org, zipOf({ 'package.xml': manifestXml([member], org.apiVersion), ...permissionSet }), {
      singlePackage: false,
    }),
  ),
  scenario('package-manifest-is-no-xml', 'Refuses a file that is no well-formed XML', (org) =>
    checked(org, zipOf({ 'package.xml': '<Package>', ...permissionSet })),
  ),
  scenario('package-manifest-of-another-root', 'Refuses a package.xml with another root', (org) =>
    checked(org, zipOf({ 'package.xml': metadataXml('Parcel'), ...permissionSet })),
  ),
  scenario('package-unknown-type', 'Refuses types that it does not keep', (org) =>
    validate(org, permissionSet, [member, ['Conformance', 'Conformance']]),
  ),
  scenario('package-member-without-file', 'was named in package.xml', (org) =>
    validate(org, {}, [['PermissionSet', 'Conformance_Nobody']]),
  ),
  scenario('package-member-without-file-allowed', 'was named in package.xml', (org) =>
    validate(org, {}, [['PermissionSet', 'Conformance_Nobody']], { allowMissingFiles: true }),
  ),
  scenario('package-file-without-member', 'Not in package.xml', (org) => validate(org, permissionSet, [])),
  scenario('package-unknown-folder', 'Not in package.xml', (org) =>
    validate(org, { ...permissionSet, 'conformance/One.txt': 'one' }, [member]),
  ),
  scenario('package-deletes-what-is-not-there', 'Warns of a deletion', (org) =>
    validate(
      org,
      { 'destructiveChanges.xml': manifestXml([['PermissionSet', 'Conformance_Nobody']], org.apiVersion) },
      [],
    ),
  ),
  scenario('package-tests-without-names', 'Refuses RunSpecifiedTests without tests', async (org) => {
    const zip = zipOf({ 'package.xml': manifestXml([member], org.apiVersion), ...permissionSet });
    return answered(await startDeploy(org, zip, { checkOnly: true, testLevel: 'RunSpecifiedTests' }));
  }),
  scenario('package-unknown-test-level', 'Refuses a test level that there is not', async (org) => {
    const zip = zipOf({ 'package.xml': manifestXml([member], org.apiVersion), ...permissionSet });
    return answered(await startDeploy(org, zip, { checkOnly: true, testLevel: 'Conformance' }));
  }),
  scenario('package-test-of-no-class', 'Refuses test classes that are not there', (org) =>
    validate(org, permissionSet, [member], { testLevel: 'RunSpecifiedTests', runTests: ['ConformanceNobody'] }),
  ),
];
