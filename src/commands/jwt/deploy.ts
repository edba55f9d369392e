import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { JwtCommand } from '../../cli/base-command.js';
import { completeConnection } from '../../cli/complete-connection.js';
import { findProjectRoot, readDraft, requireSaved, type SaidDraft } from '../../cli/connection-input.js';
import { connectionFlags } from '../../cli/connection-flags.js';
import { deployedTests } from '../../cli/deployed-tests.js';
import { realOrgs } from '../../cli/open-orgs.js';
import { deployConnection } from '../../deploy.js';
import type { DeployDeps, SideOutcome } from '../../apply/deploy-side.js';
import { resumeSide, waitCommand, type ResumeInput } from '../../apply/resume-side.js';
import type { Side } from '../../artifacts/artifact.js';
import { isToSalesforce, type Connection } from '../../config/connection.js';
import { JwtError } from '../../errors.js';
import { apexNotExecuted } from '../../local-org/apex/not-executed.js';
import { sourceRoot } from '../../plan/wanted-files.js';

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
    wait: Flags.integer({
      char: 'w',
      min: 1,
      default: 33,
      helpValue: '<minutes>',
      summary: messages.getMessage('flags.wait.summary'),
      description: messages.getMessage('flags.wait.description'),
      exclusive: ['async'],
    }),
    async: Flags.boolean({
      summary: messages.getMessage('flags.async.summary'),
      description: messages.getMessage('flags.async.description'),
      exclusive: ['wait'],
    }),
    'job-id': Flags.string({
      char: 'i',
      helpValue: '<id>',
      summary: messages.getMessage('flags.job-id.summary'),
      description: messages.getMessage('flags.job-id.description'),
      exclusive: ['dry-run', 'force', 'async'],
    }),
  };

  public async run(): Promise<JwtDeployResult> {
    const { flags } = await this.parse(JwtDeploy);
    refuseOtherId(flags['job-id']);
    const projectRoot = await findProjectRoot();
    const said = await requireSaved(await readDraft(flags, projectRoot), projectRoot);
    refuseOtherOrg(flags.side, said);
    const chosen = (whole: Connection) => sidesOf(flags.side, whole);
    const { connection, orgs } = await completeConnection(said, realOrgs(), this.jsonEnabled(), chosen);
    const { 'dry-run': checkOnly, 'job-id': jobId, wait: waitMinutes, force, async: isAsync } = flags;
    const sides = chosen(connection);
    const where = { connection, projectRoot, orgs, waitMinutes };
    const deps: DeployDeps = {
      now: () => new Date(),
      onProgress: (side, done, total) => (this.spinner.status = messages.getMessage('progress', [side, done, total])),
    };
    if (jobId !== undefined) return this.resume(jobId, onlySide(sides, connection.name), where, deps);
    this.spinner.start(messages.getMessage(checkOnly ? 'checking' : 'deploying', [connection.name]));
    const skipsEmpty = flags.side === 'both';
    const deploys = await deployConnection({ ...where, sides, checkOnly, skipsEmpty, force, isAsync }, deps);
    this.spinner.stop();
    for (const outcome of deploys) this.report(outcome, connection.name, checkOnly);
    for (const side of sides.filter((one) => !deploys.some((outcome) => outcome.side === one))) {
      this.warn(
        messages.getMessage('skipped', [
          side,
          sourceRoot(connection.name, side),
          side === 'server' ? 'client' : 'server',
        ]),
      );
    }
    return { connection: connection.name, dryRun: checkOnly, deploys: [...deploys] };
  }

  protected override interrupted(): void {
    this.logToStderr(messages.getMessage('interrupted'));
  }

  private async resume(jobId: string, side: Side, where: ResumeInput, deps: DeployDeps): Promise<JwtDeployResult> {
    this.spinner.start(messages.getMessage('waiting', [jobId]));
    const outcome = await resumeSide(side, jobId, where, deps);
    this.spinner.stop();
    const { state, username, testsRun, warnings } = outcome;
    this.log(messages.getMessage('outcomeOfJob', [messages.getMessage(state), side, username, jobId]));
    if (testsRun > 0) this.log(messages.getMessage('testsOfJob', [testsRun]));
    this.tell(warnings);
    return { connection: where.connection.name, dryRun: state === 'checked', deploys: [outcome] };
  }

  private report(outcome: SideOutcome, connectionName: string, checkOnly: boolean): void {
    const { side, username, deployId, state, files, kept, warnings } = outcome;
    this.log(messages.getMessage('outcome', [messages.getMessage(state), files.length, side, username, deployId]));
    for (const { type, fullName } of kept) this.log(messages.getMessage('kept', [type, fullName]));
    const waiting = `${waitCommand(connectionName, side)} ${deployId}`;
    const then =
      state === 'started'
        ? messages.getMessage(checkOnly ? 'readCheck' : 'resume', [waiting, deployId, username])
        : deployedTests(outcome);
    if (then !== undefined) this.log(then);
    this.tell(warnings);
  }

  private tell(warnings: readonly string[]): void {
    for (const warning of warnings) {
      // For a person nothing is wrong with that; a program reads it where it reads warnings.
      if (warning === apexNotExecuted && !this.jsonEnabled())
        this.log(messages.getMessage('testsNotExecuted', [warning]));
      else this.warn(warning);
    }
  }
}

function sidesOf(choice: (typeof sideChoices)[number], connection: Connection): readonly Side[] {
  const { name, client } = connection;
  const hasServer = isToSalesforce(connection);
  const hasClient = client.type !== 'external';
  if (choice === 'server' && !hasServer) throw new JwtError('noServerSide', [name, name]);
  if (choice === 'client' && !hasClient) throw new JwtError('noClientSide', [name]);
  if (choice !== 'both') return [choice];
  return [...(hasServer ? (['server'] as const) : []), ...(hasClient ? (['client'] as const) : [])];
}

function refuseOtherId(jobId: string | undefined): void {
  if (jobId === undefined || /^0Af[0-9A-Za-z]{12}(?:[0-9A-Za-z]{3})?$/.test(jobId)) return;
  const rule = 'the id of a deploy begins with 0Af and has 15 or 18 characters';
  throw new JwtError('refusedValue', ['--job-id', `"${jobId}"`, rule]);
}

/** A deploy goes to one org. */
function onlySide(sides: readonly Side[], connectionName: string): Side {
  const [side, other] = sides;
  if (side !== undefined && other === undefined) return side;
  throw new JwtError('sideOfJobNotSaid', [connectionName]);
}

const orgFlags = { server: 'target-org', client: 'client-org' } as const;

/** The org of a side that is not deployed. */
function refuseOtherOrg(choice: (typeof sideChoices)[number], { name = '', typed }: SaidDraft): void {
  if (choice === 'both') return;
  const unfit = orgFlags[choice === 'server' ? 'client' : 'server'];
  if (!typed.includes(unfit)) return;
  const reason = `--${unfit} is for the other side, and --side says ${choice}`;
  throw new JwtError('flagsUnfit', [name, reason], { data: { flags: [`--${unfit}`] } });
}
