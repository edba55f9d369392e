import { Messages } from '@salesforce/core';
import { JwtCommand } from '../../../cli/base-command.js';
import { nextSteps } from '../../../cli/client-next-steps.js';
import { connectionFlags } from '../../../cli/connection-flags.js';
import { generationWarnings } from '../../../cli/generation-warnings.js';
import { generateClient, generateClientFlags, type GenerateClientResult } from '../../../cli/generate-client.js';
import { fileLines } from '../../../cli/written-files.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.generate.apex');

export type GenerateApexResult = GenerateClientResult;

export default class GenerateApex extends JwtCommand<GenerateApexResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    ...generateClientFlags,
    'inline-settings': connectionFlags['inline-settings'],
    'cache-partition': connectionFlags['cache-partition'],
  };

  public async run(): Promise<GenerateApexResult> {
    const { flags } = await this.parse(GenerateApex);
    const generated = await generateClient(flags, () => 'apex');
    const { connection, files, leftovers } = generated;
    this.log(messages.getMessage('result', [connection.name]));
    generationWarnings(connection).forEach((text) => this.warn(text));
    fileLines(files).forEach((line) => this.log(line));
    nextSteps(generated).forEach((line) => this.log(line));
    return { connection: connection.name, files, leftovers };
  }
}
