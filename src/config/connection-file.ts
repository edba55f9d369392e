import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Ajv, type SchemaObject, type ErrorObject } from 'ajv';
import { JwtError } from '../errors.js';
import { fileSystemFault } from '../file-system-fault.js';
import { lockFolder } from '../folder-lock.js';
import type { ConnectionDraft } from './draft.js';

export const connectionFilePath = 'config/jwt-connections.json';

export type ConnectionFile = {
  readonly $schema?: string;
  readonly connections: Readonly<Record<string, ConnectionDraft>>;
};

const schemaUrl = new URL('../../schemas/jwt-connections.schema.json', import.meta.url);

/**
 * Reads `config/jwt-connections.json` of a project; a project without one has no connections.
 *
 * @throws JwtError `configUnreadable`, `configNotJson` or `configInvalid`, which names the field
 */
export async function loadConnectionFile(projectRoot: string): Promise<ConnectionFile> {
  const text = await readIfThere(join(projectRoot, connectionFilePath));
  return text === undefined ? { connections: {} } : parseConnectionFile(text);
}

/**
 * Judges the text of a connection file against its JSON schema.
 *
 * @param path how errors name the file
 * @throws JwtError as `loadConnectionFile`
 */
export async function parseConnectionFile(text: string, path = connectionFilePath): Promise<ConnectionFile> {
  const content = parseJson(text.replace(/^\uFEFF/, ''), path);
  const schema = JSON.parse(await readFile(schemaUrl, 'utf8')) as SchemaObject;
  const validate = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true }).compile<ConnectionFile>(schema);
  if (validate(content)) return content;
  const problems = (validate.errors ?? [])
    .filter(({ keyword }) => !wrappers.includes(keyword))
    .map((error) => describe(error, content));
  throw new JwtError('configInvalid', [path, problems.join('; ')], { data: { problems } });
}

/** Longer than many setups at once need to write the file one after the other. */
const saveWaitSeconds = 30;

/**
 * Sets one connection in the file and keeps the others as they are. The file is replaced in one step, by one process at
 * a time.
 *
 * @throws JwtError `configBusy`, or as `loadConnectionFile`
 */
export async function saveConnection(projectRoot: string, name: string, draft: ConnectionDraft): Promise<void> {
  // Not beside the file: what a killed process leaves there would end up in git.
  const folder = join(projectRoot, '.sf', 'jwt');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const busy = (holder: string) => new JwtError('configBusy', [connectionFilePath, holder, join(folder, 'lock')]);
  const lock = await lockFolder(folder, busy, { waitSeconds: saveWaitSeconds });
  try {
    await replaceConnection(projectRoot, name, draft);
  } finally {
    await lock.release();
  }
}

async function replaceConnection(projectRoot: string, name: string, draft: ConnectionDraft): Promise<void> {
  const path = join(projectRoot, connectionFilePath);
  const file = await loadConnectionFile(projectRoot);
  const content: ConnectionFile = { ...file, connections: { ...file.connections, [name]: draft } };
  await mkdir(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.tmp`;
  await writeFile(unfinished, `${JSON.stringify(content, undefined, 2)}\n`);
  await rename(unfinished, path);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const reason = fileSystemFault(error)?.reason ?? String(error);
    throw new JwtError('configUnreadable', [connectionFilePath, reason], { cause: error });
  }
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new JwtError('configNotJson', [path, error instanceof Error ? error.message : String(error)], {
      cause: error,
    });
  }
}

/** Keywords that fail because of a keyword in them, which is told. */
const wrappers = ['propertyNames', 'if'];

function describe(error: ErrorObject, content: unknown): string {
  const field = error.instancePath.slice(1).replaceAll('/', '.') || 'the file';
  switch (error.keyword) {
    case 'additionalProperties':
      return `${field}: "${error.params['additionalProperty']}" is not a known key (known: ${knownKeys(error)})`;
    case 'enum':
      return `${field} must be one of ${[error.params['allowedValues']].flat().join(', ')}, and is ${JSON.stringify(error.data)}`;
    case 'type':
      return `${field} must be of type ${error.params['type']}, and is ${JSON.stringify(error.data)}`;
    case 'pattern':
      return error.propertyName === undefined
        ? `${field} is ${JSON.stringify(error.data)}, which does not match ${error.params['pattern']}`
        : `the connection name "${error.propertyName}" must be a letter, then letters, digits, - or _ (40 at most)`;
    case 'false schema':
      return `${field} does not go with the type ${typeAround(error, content)}`;
    default:
      return `${field} ${error.message ?? 'is not valid'}`;
  }
}

/** The type that rules out a field: that of the object around it. Only a server has one without saying so. */
function typeAround({ instancePath }: ErrorObject, content: unknown): string {
  const steps = instancePath.slice(1).split('/').slice(0, -1);
  const around = steps.reduce((value: unknown, step) => (isObject(value) ? value[step] : undefined), content);
  const type = isObject(around) ? around['type'] : undefined;
  return typeof type === 'string' ? type : 'salesforce, which is the one where none is said';
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

function knownKeys(error: ErrorObject): string {
  return Object.keys((error.parentSchema?.['properties'] ?? {}) as object).join(', ');
}
