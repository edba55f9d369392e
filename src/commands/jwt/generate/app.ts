import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { readConnectionCertificate, readValidCertificate } from '../../../apply/read-certificate.js';
import { writeArtifacts, type WrittenFile } from '../../../apply/write-artifacts.js';
import { serverArtifacts } from '../../../artifacts/build.js';
import { isToSalesforce } from '../../../config/connection.js';
import { JwtError } from '../../../errors.js';
import { sourceRoot } from '../../../plan/wanted-files.js';
import { shellQuoted } from '../../../shell-quoted.js';
import { JwtCommand } from '../../../cli/base-command.js';
import { connectionFlags } from '../../../cli/connection-flags.js';
import { generationWarnings } from '../../../cli/generation-warnings.js';
import { findProjectRoot, resolveConnectionFromFlags } from '../../../cli/connection-input.js';
import { leftoverFiles, leftoverText, sourcesOf } from '../../../cli/deploy-sources.js';
import { fileLines } from '../../../cli/written-files.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.generate.app');

export type GenerateAppResult = {
  readonly connection: string;
  readonly files: readonly WrittenFile[];
  /** Files of the same folder that the connection does not make. */
  readonly leftovers: readonly string[];
};

export default class GenerateApp extends JwtCommand<GenerateAppResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    connection: connectionFlags.connection,
    'app-type': connectionFlags['app-type'],
    'app-name': connectionFlags['app-name'],
    'app-label': connectionFlags['app-label'],
    'contact-email': connectionFlags['contact-email'],
    scope: connectionFlags.scope,
    'permission-set': connectionFlags['permission-set'],
    'certificate-name': connectionFlags['certificate-name'],
    'certificate-file': Flags.file({ summary: messages.getMessage('flags.certificate-file.summary') }),
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<GenerateAppResult> {
    const { flags } = await this.parse(GenerateApp);
    const { 'certificate-file': certificateFile, force, ...described } = flags;
    const projectRoot = await findProjectRoot();
    const connection = await resolveConnectionFromFlags(described, projectRoot, ['contact-email']);
    if (!isToSalesforce(connection)) throw new JwtError('serverHasNoApp', [connection.name]);
    const { name } = connection;
    const now = Date.now();
    const certificate = await (certificateFile === undefined
      ? readConnectionCertificate(projectRoot, connection, now)
      : readValidCertificate(certificateFile, now));
    const artifacts = serverArtifacts(connection, { certificatePem: certificate.toString() });
    const files = await writeArtifacts(projectRoot, name, artifacts, { force });
    this.log(messages.getMessage('result', [connection.server.app.name, name]));
    generationWarnings(connection).forEach((text) => this.warn(text));
    fileLines(files).forEach((line) => this.log(line));
    const validUntil = certificate.validToDate.toISOString().slice(0, 10);
    const leftovers = await leftoverFiles(projectRoot, connection, 'server');
    leftoverText(leftovers).forEach((text) => this.log(`\n${text}`));
    const paths = files.map(({ path }) => path);
    const sources = sourcesOf(sourceRoot(name, 'server'), paths, leftovers).map((source) => `--source-dir ${source}`);
    const { app, org, username } = connection.server;
    const to = shellQuoted(org);
    const tokens = [validUntil, sources.join(' '), to, app.permissionSet, to, shellQuoted(username)];
    this.log(messages.getMessage('next', tokens));
    return { connection: name, files, leftovers };
  }
}
