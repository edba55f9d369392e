import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { JwtCommand } from '../../../cli/base-command.js';
import { canAsk } from '../../../cli/can-ask.js';
import { inspectionLines } from '../../../cli/key-report.js';
import { askToOpen, passwordFlags, readGivenPassword } from '../../../cli/password.js';
import { inspectKeyFile, type Inspection } from '../../../keys/inspect/inspect.js';
import type { InputFile } from '../../../keys/key-file.js';
import { printableLines } from '../../../keys/printable.js';
import { readInputFile } from '../../../keys/read-input-file.js';
import { wantsPassword } from '../../../keys/read-key-file.js';
import { shellQuoted } from '../../../shell-quoted.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.key.inspect');

export type JwtKeyInspectResult = Inspection;

export default class JwtKeyInspect extends JwtCommand<JwtKeyInspectResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    file: Flags.string({ char: 'f', required: true, summary: messages.getMessage('flags.file.summary') }),
    ...passwordFlags,
  };

  public async run(): Promise<JwtKeyInspectResult> {
    const { flags } = await this.parse(JwtKeyInspect);
    const file = await readInputFile(flags.file);
    const password = (await readGivenPassword(flags)) ?? (await this.askIfWanted(file));
    const inspection = await inspectKeyFile(file, { password, now: new Date() });
    this.log([...inspectionLines(inspection), '', verdictIn(inspection)].join('\n'));
    if (!inspection.importable) process.exitCode = 1;
    return inspection;
  }

  private async askIfWanted(file: InputFile): Promise<string | undefined> {
    return canAsk(this.jsonEnabled()) && (await wantsPassword(file)) ? askToOpen(file.path) : undefined;
  }
}

function verdictIn(inspection: Inspection): string {
  const verdict = verdictOn(inspection);
  return messages.getMessage(verdict, verdict === 'onlyPkcs12' ? [shellQuoted(printableLines(inspection.file))] : []);
}

function verdictOn({ rules }: Inspection): 'onlyPkcs12' | 'someBroken' | 'someUnchecked' | 'allMet' {
  const broken = rules.filter((rule) => rule.status === 'broken');
  if (broken.length > 0) return broken.every((rule) => rule.name === 'store-is-jks') ? 'onlyPkcs12' : 'someBroken';
  return rules.some((rule) => rule.status === 'unchecked') ? 'someUnchecked' : 'allMet';
}
