import { startLocalOrgs, type LocalOrgs } from '../src/local-org/index.js';
import { allowedEffects, pickScenarios, readOptions, type Options } from './options.js';
import { accessTo, openOrg, type OrgUnderTest } from './org-under-test.js';
import { renderJson, renderList, renderTable } from './report.js';
import { runScenarios } from './run-scenarios.js';
import { allScenarios } from './scenarios/index.js';

export type Output = {
  /** The report. */
  readonly print: (text: string) => void;
  /** What happens meanwhile. */
  readonly say: (text: string) => void;
};

/**
 * Asks an org and a local one, or two local ones, and reports where they differ.
 *
 * @returns Exit code: 0 no difference, 1 differences, 3 something that was made could not be removed
 * @throws UsageError for a wrong use; any other error where an org does not answer
 */
export async function main(args: readonly string[], { print, say }: Output): Promise<number> {
  const options = readOptions(args);
  const scenarios = pickScenarios(allScenarios, options.filters);
  if (options.list) {
    print(renderList(scenarios));
    return 0;
  }
  // Two hosts, since orgs of one host know of each other's apps.
  const hosts = await Promise.all(['local', 'other'].map((alias) => startLocalOrgs({ orgs: [{ alias }] })));
  try {
    const orgs = await openOrgs(hosts, options);
    const effects = allowedEffects(orgs[0], options);
    const asked = scenarios.filter(({ effect }) => effects.includes(effect));
    if (options.targetOrg === undefined) say('No --target-org: comparing two local orgs, which must not differ.');
    const leftOut = scenarios.length - asked.length;
    if (leftOut > 0) say(`${leftOut} scenarios are left out: they need --allow-changes. See --list.`);
    const run = await runScenarios(asked, orgs, ({ scenario, differences }) => {
      if (!options.json) say(`${differences.length === 0 ? 'same   ' : 'differs'} ${scenario.name}`);
    });
    const names = { left: orgs[0].label, right: orgs[1].label };
    print(options.json ? renderJson(run, names) : renderTable(run, names));
    if (run.results.some(({ differences }) => differences.length > 0)) return 1;
    return run.left.length > 0 ? 3 : 0;
  } finally {
    await Promise.all(hosts.map((host) => host.close()));
  }
}

async function openOrgs(
  hosts: readonly LocalOrgs[],
  { targetOrg, apiVersion }: Options,
): Promise<readonly [OrgUnderTest, OrgUnderTest]> {
  const [local, other] = hosts.flatMap(({ orgs }) => orgs);
  if (!local || !other) throw new TypeError('A local org did not start');
  const open = (org: typeof local, label: string): Promise<OrgUnderTest> => openOrg(accessTo(org, label, apiVersion));
  const target = targetOrg === undefined ? open(other, 'other local org') : openTarget(targetOrg, apiVersion);
  return Promise.all([target, open(local, 'local org')]);
}

/** An org of the CLI, with a session that works: core renews one that has ended. */
async function openTarget(alias: string, apiVersion: string): Promise<OrgUnderTest> {
  // Loaded when first needed: two local orgs do without.
  const { Org } = await import('@salesforce/core');
  const connection = (await Org.create({ aliasOrUsername: alias })).getConnection();
  await connection.request(`/services/data/v${apiVersion}/limits`);
  const { instanceUrl, accessToken } = connection;
  const username = connection.getUsername();
  if (!accessToken || !username) throw new Error(`The CLI has no session for ${alias}.`);
  return openOrg({ label: alias, instanceUrl, accessToken, username, apiVersion, isLocal: false });
}
