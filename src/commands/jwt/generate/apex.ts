import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { writeArtifacts, type WrittenFile } from '../../../apply/write-artifacts.js';
import { certificateArtifacts, clientArtifacts, grantOf } from '../../../artifacts/build.js';
import { JwtCommand } from '../../../cli/base-command.js';
import { connectionFlags } from '../../../cli/connection-flags.js';
import { findProjectRoot, resolveConnectionFromFlags } from '../../../cli/connection-input.js';
import { fileLines } from '../../../cli/written-files.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.generate.apex');

export type GenerateApexResult = { readonly connection: string; readonly files: readonly WrittenFile[] };

export default class GenerateApex extends JwtCommand<GenerateApexResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    connection: connectionFlags.connection,
    'consumer-key': Flags.string({
      char: 'i',
      required: true,
      summary: messages.getMessage('flags.consumer-key.summary'),
    }),
    'instance-url': Flags.string({
      char: 'r',
      required: true,
      summary: messages.getMessage('flags.instance-url.summary'),
    }),
    username: connectionFlags.username,
    'app-label': connectionFlags['app-label'],
    'class-prefix': connectionFlags['class-prefix'],
    'certificate-name': connectionFlags['certificate-name'],
    'key-size': connectionFlags['key-size'],
    'api-version': connectionFlags['api-version'],
    force: Flags.boolean({ summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<GenerateApexResult> {
    const { flags } = await this.parse(GenerateApex);
    const { 'consumer-key': consumerKey, 'instance-url': instanceUrl, force, ...described } = flags;
    const projectRoot = await findProjectRoot();
    const asked = { ...described, 'client-type': 'apex' as const };
    const connection = await resolveConnectionFromFlags(asked, projectRoot, ['username']);
    const grant = grantOf(connection.server, { consumerKey, instanceUrl });
    const artifacts = [...certificateArtifacts(connection), ...(grant ? clientArtifacts(connection, grant) : [])];
    const files = await writeArtifacts(projectRoot, connection.name, artifacts, { force });
    this.log(messages.getMessage('result', [connection.name]));
    fileLines(files).forEach((line) => this.log(line));
    this.log(messages.getMessage('next', [connection.certificate.name, connection.name]));
    return { connection: connection.name, files };
  }
}
