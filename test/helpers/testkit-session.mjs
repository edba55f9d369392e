// A plugin's own NUT in small: it runs in a process of its own, for testkit waits for `sf` without letting the event loop
// turn, and changes home and working directory of whoever calls it.
import { readFileSync } from 'node:fs';
import { execCmd, TestSession } from '@salesforce/cli-plugins-testkit';

// testkit writes the key that it finds in the environment to a file.
process.umask(0o077);

const session = await TestSession.create({
  project: { sourceDir: process.argv[2] },
  devhubAuthStrategy: 'AUTO',
  scratchOrgs: [{ setDefault: true }],
});

const run = (command) =>
  execCmd(`${command} --target-org ${session.hubOrg.username} --json`, { cli: 'sf', ensureExitCode: 0 }).jsonOutput
    .result;

const deployed = run('project deploy start --source-dir force-app');
const { records } = run('data query --query "SELECT Name FROM PermissionSet WHERE IsOwnedByProfile = false"');
const { compiled, exceptionMessage } = execCmd(
  `apex run --file good.apex --target-org ${session.hubOrg.username} --json`,
  { cli: 'sf', ensureExitCode: 'nonZero' },
).jsonOutput.data;
const { username, connectedStatus } = session.hubOrg;
const report = {
  hubOrg: { username, connectedStatus },
  orgs: [...session.orgs.keys()],
  deployed: deployed.files.map(({ fullName, state }) => [fullName, state]),
  permissionSets: records.map(({ Name }) => Name).sort(),
  apex: { compiled, exceptionMessage },
  project: JSON.parse(readFileSync(`${session.project.dir}/sfdx-project.json`, 'utf8')).sourceApiVersion,
};
await session.clean();
process.stdout.write(JSON.stringify(report));
