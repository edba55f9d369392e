import { relative } from 'node:path';
import { localOrgFolder } from '../private-folder.js';
import { readTrial } from '../apply/trial.js';
import { mergeDrafts, type ConnectionDraft } from '../config/draft.js';
import { JwtError } from '../errors.js';
import { shellQuoted } from '../shell-quoted.js';
import type { SaidDraft } from './connection-input.js';

/**
 * What earlier trials of a name were told and what is said now, with the local orgs of the trials of the project, which
 * `sf jwt local start` runs.
 *
 * @throws JwtError `connectionIsTrial` where these do not run, or where the command line names another org
 */
export async function draftOfTrial(
  name: string,
  { draft, typed }: SaidDraft,
  projectRoot: string,
): Promise<ConnectionDraft> {
  const stateDir = localOrgFolder(projectRoot);
  const refused = (reason: string): JwtError =>
    new JwtError('connectionIsTrial', [name, reason, shellQuoted(relative('', stateDir)), name]);
  const other = typed.find((flag) => flag === 'target-org' || flag === 'client-org');
  if (other !== undefined) throw refused(`it has local orgs of its own, so --${other} cannot be given`);
  const [{ defaultAliases, integrationUsernameOf }, { runsFrom }] = await Promise.all([
    import('../local-org/index.js'),
    import('./local-auth.js'),
  ]);
  const running = await Promise.all(defaultAliases.map((alias) => runsFrom(stateDir, alias)));
  if (running.includes(false)) throw refused('it has local orgs of its own, which are not running');
  const [server, client] = defaultAliases;
  const usual: ConnectionDraft = { server: { username: integrationUsernameOf(server) }, client: { type: 'apex' } };
  const told = mergeDrafts(await readTrial(projectRoot, name), draft);
  return mergeDrafts(mergeDrafts(usual, told), { server: { org: server }, client: { org: client } });
}
