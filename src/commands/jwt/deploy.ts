import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { JwtCommand } from '../../cli/base-command.js';
import { completeConnection } from '../../cli/complete-connection.js';
import { findProjectRoot, readDraft, requireSaved } from '../../cli/connection-input.js';
import { connectionFlags } from '../../cli/connection-flags.js';
import { realOrgs } from '../../cli/open-orgs.js';
import { deployConnection } from '../../deploy.js';
import type { SideOutcome } from '../../apply/deploy-side.js';
import type { Side } from '../../artifacts/artifact.js';
import type { Connection } from '../../config/connection.js';
import { JwtError } from '../../errors.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.deploy');

const sideChoices = ['server', 'client', 'both'] as const;

export type JwtDeployResult = { connection: string; dryRun: boolean; deploys: SideOutcome[] };

export default class JwtDeploy extends JwtCommand<JwtDeployResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    connection: connectionFlags.connection,
    'target-org': connectionFlags['target-org'],
    'client-org': connectionFlags['client-org'],
    'api-version': connectionFlags['api-version'],
    side: Flags.option({ options: sideChoices, default: 'both', summary: messages.getMessage('flags.side.summary') })(),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary') }),
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<JwtDeployResult> {
    const { flags } = await this.parse(JwtDeploy);
    const projectRoot = await findProjectRoot();
    const said = await requireSaved(await readDraft(flags, projectRoot), projectRoot);
    const { connection, orgs } = await completeConnection(said, realOrgs(), this.jsonEnabled());
    const checkOnly = flags['dry-run'];
    this.spinner.start(messages.getMessage(checkOnly ? 'checking' : 'deploying', [connection.name]));
    const deploys = await deployConnection(
      {
        connection,
        projectRoot,
        orgs,
        sides: sidesOf(flags.side, connection),
        checkOnly,
        force: flags.force,
      },
      {
        now: () => new Date(),
        onProgress: (side, done, total) => (this.spinner.status = messages.getMessage('progress', [side, done, total])),
      },
    );
    this.spinner.stop();
    for (const outcome of deploys) this.report(outcome, checkOnly);
    return { connection: connection.name, dryRun: checkOnly, deploys: [...deploys] };
  }

  private report({ side, username, deployId, files, kept }: SideOutcome, checkOnly: boolean): void {
    const verb = messages.getMessage(checkOnly ? 'checked' : 'deployed');
    this.log(messages.getMessage('outcome', [verb, files.length, side, username, deployId]));
    for (const { type, fullName } of kept) this.log(messages.getMessage('kept', [type, fullName]));
  }
}

function sidesOf(choice: (typeof sideChoices)[number], { name, client }: Connection): readonly Side[] {
  const sides: readonly Side[] = client.type === 'external' ? ['server'] : ['server', 'client'];
  if (choice === 'both') return sides;
  if (!sides.includes(choice)) throw new JwtError('noClientSide', [name]);
  return [choice];
}
