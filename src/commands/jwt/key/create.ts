import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { ensurePrivateIfBelow } from '../../../private-folder.js';
import { JwtCommand } from '../../../cli/base-command.js';
import { canAsk } from '../../../cli/can-ask.js';
import { createdLines } from '../../../cli/key-report.js';
import { askForNew, passwordFlags, readGivenPassword, type PasswordFlags } from '../../../cli/password.js';
import { keySizes } from '../../../config/connection.js';
import { defaultKeySize, defaultValidDays } from '../../../config/defaults.js';
import { certificateFacts, type CertificateFacts } from '../../../keys/certificate-facts.js';
import { createKeyMaterial } from '../../../keys/create.js';
import { checkEncoding, encodeKeyFiles, keyFileSuffixes } from '../../../keys/encode-key-files.js';
import { checkKeyName } from '../../../keys/key-name.js';
import { parseSubject } from '../../../keys/subject.js';
import { keyFilesExist, presentKeyFiles, writeKeyFiles } from '../../../keys/write-key-files.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'jwt.key.create');

/** Ten years: an integration that nobody looks at for longer is not looked after. */
const maxValidDays = 3650;

export type JwtKeyCreateResult = {
  readonly name: string;
  /** Absolute paths. */
  readonly files: readonly string[];
  /** Of the entry in the stores, when they were made. */
  readonly alias?: string;
  readonly certificate: CertificateFacts;
};

export default class JwtKeyCreate extends JwtCommand<JwtKeyCreateResult> {
  public static override readonly summary = messages.getMessage('summary');
  public static override readonly description = messages.getMessage('description');
  public static override readonly examples = messages.getMessages('examples');
  public static override readonly flags = {
    'output-dir': Flags.string({ char: 'd', required: true, summary: messages.getMessage('flags.output-dir.summary') }),
    name: Flags.string({ char: 'n', required: true, summary: messages.getMessage('flags.name.summary') }),
    'key-size': Flags.option({
      options: ['2048', '3072', '4096'] as const,
      default: `${defaultKeySize}`,
      summary: messages.getMessage('flags.key-size.summary'),
    })(),
    'valid-days': Flags.integer({
      min: 1,
      max: maxValidDays,
      default: defaultValidDays,
      summary: messages.getMessage('flags.valid-days.summary'),
    }),
    subject: Flags.string({
      summary: messages.getMessage('flags.subject.summary'),
      description: messages.getMessage('flags.subject.description'),
    }),
    ...passwordFlags,
    'encrypt-key': Flags.boolean({
      summary: messages.getMessage('flags.encrypt-key.summary'),
      description: messages.getMessage('flags.encrypt-key.description'),
    }),
    force: Flags.boolean({ char: 'f', summary: messages.getMessage('flags.force.summary') }),
  };

  public async run(): Promise<JwtKeyCreateResult> {
    const { flags } = await this.parse(JwtKeyCreate);
    const name = checkKeyName(flags.name);
    const subject = flags.subject === undefined ? { CN: name } : parseSubject(flags.subject);
    const directory = flags['output-dir'];
    const present = await presentKeyFiles(directory, namesOf(name));
    if (present.length > 0 && !flags.force) throw keyFilesExist(directory, present);
    const options = { password: await this.choosePassword(flags), encryptKey: flags['encrypt-key'] };
    checkEncoding(name, options);
    const keySize = keySizes.find((size) => String(size) === flags['key-size']) ?? defaultKeySize;
    const material = await createKeyMaterial({ keySize, validDays: flags['valid-days'], subject, now: new Date() });
    const files = await encodeKeyFiles(name, material, options);
    await ensurePrivateIfBelow(directory);
    const paths = await writeKeyFiles(directory, files, { force: flags.force });
    const stale = present.filter((one) => !files.some((file) => file.name === one));
    if (stale.length > 0) this.warn(messages.getMessage('stale', [stale.join(', ')]));
    const result = {
      name,
      files: paths,
      ...(options.password !== undefined && { alias: name }),
      certificate: certificateFacts(material.certificate),
    };
    this.log(createdLines({ ...result, isKeyEncrypted: options.encryptKey }, messages).join('\n'));
    return result;
  }

  private async choosePassword(flags: PasswordFlags): Promise<string | undefined> {
    return (await readGivenPassword(flags)) ?? (canAsk(this.jsonEnabled()) ? await askForNew() : undefined);
  }
}

/** Of every file of this name: a store of an earlier key beside a new one would be imported by mistake. */
const namesOf = (name: string): readonly string[] => keyFileSuffixes.map((suffix) => `${name}.${suffix}`);
