import { relative } from 'node:path';
import type { Interfaces } from '@oclif/core';
import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { JwtCommand, wordsOf } from '../../cli/base-command.js';
import { canAsk } from '../../cli/can-ask.js';
import { checkLines } from '../../cli/check-report.js';
import { completeConnection } from '../../cli/complete-connection.js';
import { connectionFlags } from '../../cli/connection-flags.js';
import { findProjectRoot, readDraft } from '../../cli/connection-input.js';
import { keyStoreImportFor, type ImportTerminal } from '../../cli/key-store-import.js';
import { localOrgs, realOrgs, type OrgSession } from '../../cli/open-orgs.js';
import { askToOpen, passwordFlags, readGivenPassword } from '../../cli/password.js';
import { planLines, planSummary, toPlanRow } from '../../cli/plan-report.js';
import { runSetup } from '../../cli/run-setup.js';
import { nextLines, nextLinesAfterTrial, setupLines } from '../../cli/setup-report.js';
import type { SetupPlanResult, SetupResult } from '../../cli/setup-result.js';
import { localOrgFolder } from '../../private-folder.js';
import { readTrial } from '../../apply/trial.js';
import type { StorePassword } from '../../apply/context.js';
import { shownDifferences } from '../../apply/unified-diff.js';
import type { Connection } from '../../config/connection.js';
import { mergeDrafts, type ConnectionDraft } from '../../config/draft.js';
import { toldDraft } from '../../config/saved-connection.js';
import { JwtError } from '../../errors.js';
import { describeConflict } from '../../plan/step.js';
import { dryRun, type SetupDeps, type SetupInput } from '../../setup.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.setup');

export type JwtSetupResult = SetupResult | SetupPlanResult;

export default class JwtSetup extends JwtCommand<JwtSetupResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    ...connectionFlags,
    local: Flags.boolean({ summary: messages.getMessage('flags.local.summary') }),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary') }),
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
    open: Flags.boolean({ summary: messages.getMessage('flags.open.summary') }),
    wait: Flags.integer({ min: 0, default: 10, summary: messages.getMessage('flags.wait.summary') }),
    ...passwordFlags,
  };

  public async run(): Promise<JwtSetupResult> {
    const { flags, raw } = await this.parse(JwtSetup);
    if (flags.local) refuseNamedOrgs(raw.flatMap((token) => (token.type === 'flag' ? [token.flag] : [])));
    const projectRoot = await findProjectRoot();
    const said = flags.local ? await trialDraft(flags, projectRoot) : await readDraft(flags, projectRoot);
    const session = flags.local ? await localOrgs(projectRoot, { isDryRun: flags['dry-run'] }) : realOrgs();
    try {
      const draft = withOrgs(said.draft, session);
      const { draft: told, ...open } = await completeConnection({ ...said, draft }, session, this.jsonEnabled());
      const saving = flags.local
        ? { savesConnection: false, trial: toldDraft(told, open.connection) }
        : { savesConnection: true };
      const input = { ...open, ...saving, projectRoot, force: flags.force };
      return flags['dry-run'] ? await this.showPlan(input, flags, session) : await this.setUp(input, flags, session);
    } finally {
      await session.close();
    }
  }

  protected override interrupted(): void {
    this.logToStderr(messages.getMessage('interrupted'));
  }

  private async showPlan(input: SetupInput, flags: SetupFlags, session: OrgSession): Promise<SetupPlanResult> {
    const plan = await dryRun(input, { now: () => new Date(), ...this.importDeps(input, flags, session) });
    this.log([...planLines(plan, input.connection), '', planSummary(plan), messages.getMessage('dryRun')].join('\n'));
    for (const conflict of plan.conflicts) this.warn(messages.getMessage('conflict', [describeConflict(conflict)]));
    if (plan.obstacle) this.warn(messages.getMessage('obstacle', [wordsOf(plan.obstacle)]));
    if (plan.differences.length > 0) this.log(shownDifferences(plan.differences).slice(1));
    return {
      connection: input.connection.name,
      plan: plan.steps.map(toPlanRow),
      conflicts: plan.conflicts.map(describeConflict),
      differences: [...plan.differences],
      dryRun: true,
    };
  }

  private async setUp(input: SetupInput, flags: SetupFlags, session: OrgSession): Promise<SetupResult> {
    const { connection, projectRoot } = input;
    const result = await runSetup(input, {
      waitSeconds: flags.wait * 60,
      ...this.importDeps(input, flags, session),
      jsonEnabled: this.jsonEnabled(),
      log: (lines) => this.log(lines.join('\n')),
      warn: (message) => this.warn(message),
      // A program reads it where it reads warnings.
      note: (message) => (this.jsonEnabled() ? this.warn(message) : this.log(`\n${message}`)),
    });
    this.log(['', ...checkLines(result.checks), ''].join('\n'));
    this.log(messages.getMessage(result.verified ? 'verified' : 'notVerified', [result.connection]));
    const reported = { connection, result, project: relative('', projectRoot) };
    const next = flags.local
      ? nextLinesAfterTrial(reported, relative('', localOrgFolder(projectRoot)))
      : nextLines(reported);
    this.log(setupLines(reported, next).join('\n'));
    if (!result.verified) process.exitCode = 1;
    return result;
  }

  private importDeps({ connection, projectRoot }: SetupInput, flags: SetupFlags, session: OrgSession): ImportDeps {
    const choices = { projectRoot, waitSeconds: flags.wait * 60, open: flags.open };
    const terminal: ImportTerminal = {
      jsonEnabled: this.jsonEnabled(),
      log: (text) => this.log(text),
      run: (id, argv) => (this.config.findCommand(id) ? this.config.runCommand(id, argv) : undefined),
    };
    return {
      storePassword: this.storePassword(connection, flags),
      keyStoreImport: keyStoreImportFor(connection, session, choices, terminal),
    };
  }

  private storePassword({ certificate: { files } }: Connection, flags: SetupFlags): StorePassword {
    const file = files?.store ?? files?.key ?? '';
    return {
      given: () => readGivenPassword(flags),
      ask: async () => (canAsk(this.jsonEnabled()) ? askToOpen(file) : undefined),
    };
  }
}

type ImportDeps = Pick<SetupDeps, 'storePassword' | 'keyStoreImport'>;

type SetupFlags = Interfaces.InferredFlags<typeof JwtSetup.flags>;

/** A trial has its own orgs; the environment may name others for other runs, the command line may not. */
function refuseNamedOrgs(typed: readonly string[]): void {
  const orgs = typed.filter((flag) => flag === 'target-org' || flag === 'client-org').map((flag) => `--${flag}`);
  if (orgs.length > 0) throw new JwtError('trialNamesOrgs', [orgs.join(' and ')]);
}

/**
 * A trial has a name of its own: its orgs, and what it deployed to them, must not be mixed up with real ones. It goes on from
 * what earlier trials of that name were told.
 */
async function trialDraft(flags: Partial<SetupFlags>, projectRoot: string): ReturnType<typeof readDraft> {
  const name = flags.connection ?? 'local';
  const said = await readDraft({ ...flags, connection: name }, projectRoot);
  if (said.isSaved) throw new JwtError('trialOfSavedConnection', [name, `${name}-trial`]);
  return { ...said, draft: mergeDrafts(await readTrial(projectRoot, name), said.draft) };
}

/** Local orgs stand in for orgs that the environment names, and for nothing else that somebody says. */
const withOrgs = (draft: ConnectionDraft, { defaults, overrides }: OrgSession): ConnectionDraft =>
  mergeDrafts(defaults, mergeDrafts(draft, overrides));
