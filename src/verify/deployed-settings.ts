import { settingsFor, type ApexSetting } from '../artifacts/apex-settings.js';
import type { ApexClient, Server } from '../config/connection.js';
import type { OrgGateway } from '../org/gateway.js';
import { parseApexString, withoutComments } from './apex-literals.js';

/** What was deployed for a token provider to know, by the names of `settingsFor`; a setting without a value has none. */
export type DeployedSettings = Readonly<Record<string, string>>;

export const recordNameOf = ({ classPrefix }: Pick<ApexClient, 'classPrefix'>): string =>
  `${classPrefix}Settings.Default`;

/** The settings in the record that an org has; undefined where it has none. */
export async function readRecord(
  client: ApexClient,
  server: Server,
  org: OrgGateway,
): Promise<DeployedSettings | undefined> {
  const fullName = recordNameOf(client);
  const files = await org.sources([{ type: 'CustomMetadata', fullName }]);
  const record = files.find(({ path }) => path.endsWith(`${fullName}.md`));
  return record && readDeployedSettings(record.content, server);
}

type ConstantsRead =
  | { readonly kind: 'settings'; readonly settings: DeployedSettings }
  /** A constant that is not there, or holds something else than a value that can be read without running the class. */
  | { readonly kind: 'unreadable'; readonly constant: string; readonly wanted: 'text' | 'number' };

/** Reads the settings that stand in a token provider (`--inline-settings`) out of the source of the class. */
export function readConstants(source: string, server: Server): ConstantsRead {
  const code = withoutComments(source);
  const found = settingsFor(server).map((setting) => ({ setting, value: constantIn(code, setting) }));
  const unreadable = found.find(({ setting, value }) => value === undefined && isNeeded(code, setting));
  if (unreadable) {
    const { constant, type } = unreadable.setting;
    return { kind: 'unreadable', constant, wanted: type === 'Number' ? 'number' : 'text' };
  }
  const settings = found.flatMap(({ setting, value }) => (value === undefined ? [] : [[setting.name, value] as const]));
  return { kind: 'settings', settings: Object.fromEntries(settings) };
}

/** What a connection does not say has no constant. */
const isNeeded = (code: string, { constant, isRequired }: ApexSetting): boolean =>
  isRequired || new RegExp(String.raw`\bString\s+${constant}\b`, 'i').test(code);

/** Apex takes no notice of case. */
function constantIn(code: string, { constant, type }: ApexSetting): string | undefined {
  const [declared, literal] = type === 'Number' ? ['Integer', '\\d+'] : ['String', String.raw`'(?:[^'\\\n\r]|\\.)*'`];
  const value = new RegExp(String.raw`\b${declared}\s+${constant}\s*=\s*(${literal})\s*;`, 'i').exec(code)?.[1];
  return type === 'Number' || value === undefined ? value : parseApexString(value);
}

/**
 * Reads the settings of a token provider out of the record as an org gives it out (Metadata API Developer Guide:
 * CustomMetadata). Undefined for what is no XML.
 */
export async function readDeployedSettings(xml: string, server: Server): Promise<DeployedSettings | undefined> {
  const values = await fieldsIn(xml);
  return (
    values &&
    Object.fromEntries(
      settingsFor(server).flatMap(({ name, field }) => {
        const value = values.get(field);
        return value === undefined || value === '' ? [] : [[name, value] as const];
      }),
    )
  );
}

async function fieldsIn(xml: string): Promise<ReadonlyMap<string, string> | undefined> {
  const { SaxesParser } = await import('saxes');
  const fields = new Map<string, string>();
  const parser = new SaxesParser();
  let [field, text] = ['', ''];
  parser.on('opentag', () => (text = ''));
  parser.on('text', (more) => (text += more));
  parser.on('closetag', ({ name }) => {
    if (name === 'field') field = text;
    if (name === 'value') fields.set(field, text);
  });
  try {
    parser.write(xml).close();
    return fields;
  } catch {
    return undefined;
  }
}
