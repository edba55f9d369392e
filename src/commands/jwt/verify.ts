import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ensurePrivateFolder, privateFolder } from '../../private-folder.js';
import { JwtCommand } from '../../cli/base-command.js';
import { canAsk } from '../../cli/can-ask.js';
import { checkLines, conclusionOf } from '../../cli/check-report.js';
import { findProjectRoot } from '../../cli/connection-input.js';
import { resolveConnectionVerification } from '../../cli/connection-verification.js';
import { askToOpen, passwordFlags, readGivenPassword, type PasswordFlags } from '../../cli/password.js';
import { readFlow, readRequest, type VerifyRequest } from '../../cli/verification-source.js';
import { VerifyProgressView } from '../../cli/verify-progress.js';
import { verifyDeps } from '../../cli/verify-deps.js';
import { printable } from '../../keys/printable.js';
import type { InputFile } from '../../keys/key-file.js';
import { wantsPassword } from '../../keys/read-key-file.js';
import { noteVerification } from '../../setup.js';
import { verifyConnection, type VerificationInput } from '../../verification.js';
import type { Check } from '../../verify/check.js';
import type { Verification } from '../../verify/verification-result.js';
import { verifyFlow } from '../../verify/verify-flow.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.verify');

export type JwtVerifyResult = {
  verified: boolean;
  checks: Check[];
  /** The user whom the flow is for. */
  username: string;
  /** Where the token is asked for: the org, or the token endpoint of a server that is no org. */
  instanceUrl: string;
  /** The org that the token is for, as far as it is known. */
  orgId?: string;
};

type Outcome = {
  readonly verification: Verification;
  readonly username: string;
  readonly instanceUrl: string;
};

type VerifyFlags = PasswordFlags & { readonly wait: number };

const addressOf = ({ connection, server }: VerificationInput): string =>
  connection.server.type === 'oauth2' ? connection.server.tokenEndpoint : (server?.instanceUrl ?? '');

export default class JwtVerify extends JwtCommand<JwtVerifyResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    connection: Flags.string({ char: 'c', summary: messages.getMessage('flags.connection.summary') }),
    'client-id': Flags.string({
      char: 'i',
      summary: messages.getMessage('flags.client-id.summary'),
      helpGroup: 'FLOW',
    }),
    'jwt-key-file': Flags.string({
      char: 'f',
      summary: messages.getMessage('flags.jwt-key-file.summary'),
      helpGroup: 'FLOW',
    }),
    username: Flags.string({ char: 'o', summary: messages.getMessage('flags.username.summary'), helpGroup: 'FLOW' }),
    'instance-url': Flags.string({
      char: 'r',
      summary: messages.getMessage('flags.instance-url.summary'),
      helpGroup: 'FLOW',
    }),
    audience: Flags.string({ summary: messages.getMessage('flags.audience.summary'), helpGroup: 'FLOW' }),
    'certificate-file': Flags.string({
      summary: messages.getMessage('flags.certificate-file.summary'),
      helpGroup: 'FLOW',
    }),
    wait: Flags.integer({ min: 0, default: 2, summary: messages.getMessage('flags.wait.summary') }),
    ...passwordFlags,
  };

  public async run(): Promise<JwtVerifyResult> {
    const { flags } = await this.parse(JwtVerify);
    const view = this.progressView();
    const { verification, username, instanceUrl } = await this.verify(readRequest(flags), flags, view);
    const { checks, verified, orgId } = verification;
    view.stop();
    this.log([...checkLines(checks), ''].join('\n'));
    this.log(messages.getMessage(conclusionOf(verification), [printable(username), instanceUrl]));
    if (!verified) process.exitCode = 1;
    return { verified, checks: [...checks], username, instanceUrl, ...(orgId === undefined ? {} : { orgId }) };
  }

  private async verify(request: VerifyRequest, flags: VerifyFlags, view: VerifyProgressView): Promise<Outcome> {
    const deadlineSeconds = flags.wait * 60;
    if (request.mode === 'connection') return this.verifyByName(request.name, deadlineSeconds, view);
    const password = (file: InputFile) => this.readPassword(file, flags);
    const input = await readFlow(request.flow, { password, environment: process.env, deadlineSeconds });
    view.start(input.username, input.instanceUrl);
    const verification = await verifyFlow(input, verifyDeps, (event) => view.show(event));
    return { verification, username: input.username, instanceUrl: input.instanceUrl };
  }

  private async verifyByName(name: string, deadlineSeconds: number, view: VerifyProgressView): Promise<Outcome> {
    const projectRoot = await findProjectRoot();
    const input = await resolveConnectionVerification({ name, projectRoot, deadlineSeconds });
    const { server, connection } = input;
    const instanceUrl = addressOf(input);
    view.start(connection.server.username, instanceUrl);
    const verification = await verifyConnection(input, verifyDeps, (event) => view.show(event));
    const folder = privateFolder(projectRoot, name);
    await ensurePrivateFolder(projectRoot, folder);
    await noteVerification(folder, {
      at: verifyDeps.now(),
      verified: verification.verified,
      server,
    });
    return { verification, username: connection.server.username, instanceUrl };
  }

  private async readPassword(file: InputFile, flags: PasswordFlags): Promise<string | undefined> {
    if (!(await wantsPassword(file))) return undefined;
    return (await readGivenPassword(flags)) ?? (canAsk(this.jsonEnabled()) ? askToOpen(file.path) : undefined);
  }

  private progressView(): VerifyProgressView {
    return new VerifyProgressView({
      spinner: this.spinner,
      log: (line) => this.log(line),
      isWatched: Boolean(process.stderr.isTTY) && !this.jsonEnabled(),
      words: (key, tokens) => messages.getMessage(key, [...tokens]),
    });
  }
}
