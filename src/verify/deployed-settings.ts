import { settingsFor } from '../artifacts/apex-settings.js';
import type { Server } from '../config/connection.js';

/** What the record of a Custom Metadata Type says, by the names of `settingsFor`; a field without a value has none. */
export type DeployedSettings = Readonly<Record<string, string>>;

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
