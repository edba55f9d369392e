import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { JwtCommand } from '../../../cli/base-command.js';
import { registerLocalOrg, type Registration } from '../../../cli/local-auth.js';
import { untilSignal } from '../../../cli/until-signal.js';
import { JwtError } from '../../../errors.js';
import {
  defaultAliases,
  readFaultRules,
  startLocalOrgs,
  type LocalOrgOptions,
  type LocalOrgs,
  type RunningOrg,
} from '../../../local-org/index.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.local.start');

export type LocalStartResult = {
  readonly orgs: readonly LocalOrgSummary[];
  /** With --https: the certificate that clients are to trust, in PEM format. */
  readonly certificateFile?: string;
};

/** What a client has to know of a local org; its session is in the auth store, never in the output. */
export type LocalOrgSummary = Omit<RunningOrg, 'accessToken'>;

export default class LocalStart extends JwtCommand<LocalStartResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    port: Flags.integer({ summary: messages.getMessage('flags.port.summary'), default: 0, min: 0, max: 65_534 }),
    'state-dir': Flags.directory({ summary: messages.getMessage('flags.state-dir.summary') }),
    https: Flags.boolean({
      summary: messages.getMessage('flags.https.summary'),
      description: messages.getMessage('flags.https.description'),
    }),
    fault: Flags.string({
      summary: messages.getMessage('flags.fault.summary'),
      description: messages.getMessage('flags.fault.description'),
      multiple: true,
      multipleNonGreedy: true,
    }),
    'propagation-delay': Flags.integer({
      summary: messages.getMessage('flags.propagation-delay.summary'),
      default: 0,
      min: 0,
      max: 86_400,
    }),
    'deploy-delay': Flags.integer({
      summary: messages.getMessage('flags.deploy-delay.summary'),
      default: 0,
      min: 0,
      max: 86_400,
    }),
    auth: Flags.boolean({ summary: messages.getMessage('flags.auth.summary'), default: true, allowNo: true }),
  };

  #isAnnounced = false;

  public async run(): Promise<LocalStartResult> {
    const { flags } = await this.parse(LocalStart);
    const { port, 'state-dir': stateDir, auth } = flags;
    const faults = faultsOf(flags.fault ?? []);
    const stopped = untilSignal(process);
    const local = await startLocalOrgs({
      orgs: defaultAliases.map((alias, index) => ({ alias, port: port === 0 ? 0 : port + index })),
      stateDir,
      https: flags.https,
      faults,
      settings: {
        propagationDelayMs: flags['propagation-delay'] * 1000,
        deployDelayMs: flags['deploy-delay'] * 1000,
      },
    });
    const registrations: Registration[] = [];
    try {
      if (auth) for (const org of local.orgs) registrations.push(await registerLocalOrg(org));
      this.announce(local);
      await stopped;
    } finally {
      for (const registration of registrations) await registration.deregister();
      await local.close();
    }
    return summary(local);
  }

  /** Prints errors until the orgs are ready. Then the one object of `--json` is out, and what follows goes to stderr. */
  public override logJson(json: unknown): void {
    if (!this.#isAnnounced) super.logJson(json);
    else if (isFailure(json)) process.stderr.write(`${json.message}\n`);
  }

  /** One line of JSON, which a script can wait for; with `--json` in the envelope of every other command. */
  private announce(local: LocalOrgs): void {
    this.#isAnnounced = true;
    const result = summary(local);
    const line = this.jsonEnabled() ? { status: 0, result, warnings: [] } : result;
    process.stdout.write(`${JSON.stringify(line)}\n`);
    if (this.jsonEnabled()) return;
    if (local.certificateFile !== undefined)
      this.logToStderr(messages.getMessage('info.https', [local.certificateFile, local.certificateFile]));
    this.logToStderr(messages.getMessage('info.ready'));
  }
}

function faultsOf(texts: readonly string[]): LocalOrgOptions['faults'] {
  const { rules, problems } = readFaultRules(texts);
  if (problems.length > 0) throw new JwtError('localFaultsUnfit', [problems.join(' ')]);
  return rules;
}

function summary({ orgs, certificateFile }: LocalOrgs): LocalStartResult {
  return {
    ...(certificateFile !== undefined && { certificateFile }),
    orgs: orgs.map(({ alias, username, integrationUsername, instanceUrl, orgId }) => ({
      alias,
      username,
      integrationUsername,
      instanceUrl,
      orgId,
    })),
  };
}

function isFailure(json: unknown): json is { readonly message: string } {
  return typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string';
}
