import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { JwtCommand } from '../../../cli/base-command.js';
import { nextSteps } from '../../../cli/client-next-steps.js';
import { connectionFlags } from '../../../cli/connection-flags.js';
import { generationWarnings } from '../../../cli/generation-warnings.js';
import { generateClient, generateClientFlags, type GenerateClientResult } from '../../../cli/generate-client.js';
import { fileLines } from '../../../cli/written-files.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.generate.named-credential');

export type GenerateNamedCredentialResult = GenerateClientResult;

export default class GenerateNamedCredential extends JwtCommand<GenerateNamedCredentialResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');

  public static override readonly flags = {
    ...generateClientFlags,
    'named-credential': connectionFlags['named-credential'],
    legacy: Flags.boolean({
      exclusive: ['principal', 'callout-permission-set'],
      helpGroup: 'CLIENT',
      summary: messages.getMessage('flags.legacy.summary'),
    }),
    principal: connectionFlags.principal,
    'callout-permission-set': connectionFlags['callout-permission-set'],
  };

  public async run(): Promise<GenerateNamedCredentialResult> {
    const { legacy, ...flags } = (await this.parse(GenerateNamedCredential)).flags;
    const generated = await generateClient(flags, (saved) =>
      legacy || saved === 'legacy-named-credential' ? 'legacy-named-credential' : 'named-credential',
    );
    const { connection, files, leftovers } = generated;
    const { client } = connection;
    const credential = 'namedCredential' in client ? client.namedCredential : '';
    this.log(messages.getMessage('result', [credential, connection.name]));
    generationWarnings(connection).forEach((text) => this.warn(text));
    fileLines(files).forEach((line) => this.log(line));
    nextSteps(generated).forEach((line) => this.log(line));
    return { connection: connection.name, files, leftovers };
  }
}
