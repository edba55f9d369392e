import type { Side } from '../artifacts/artifact.js';
import { clientOutline, serverOutline } from '../artifacts/build.js';
import { isToSalesforce, type Connection } from '../config/connection.js';
import type { Conflict } from '../plan/step.js';
import { sourceRoot } from '../plan/wanted-files.js';

/** The flags that give other names to what is in the way, each once; empty where no flag names any of it. */
export function renamingFlags(connection: Connection, conflicts: readonly Conflict[]): readonly string[] {
  const flags = conflicts.flatMap((conflict) =>
    'path' in conflict ? flagOfFile(connection, conflict.path) : flagOfComponent(connection, conflict),
  );
  return [...new Set(flags)];
}

const flagOfFile = (connection: Connection, path: string): readonly string[] =>
  [...(isToSalesforce(connection) ? serverOutline(connection) : []), ...clientOutline(connection)].flatMap(
    ({ side, path: own, component: { type } }) =>
      path === `${sourceRoot(connection.name, side)}/${own}` ? flagOf(side, type) : [],
  );

function flagOfComponent(
  connection: Connection,
  conflict: Exclude<Conflict, { readonly path: string }>,
): readonly string[] {
  const [type = ''] = conflict.component.split(' ');
  return conflict.place === 'local' ? [] : flagOf(conflict.place, type);
}

/** By the beginning of the metadata type, on either side. An identity provider has no name. */
const flags: readonly (readonly [RegExp, Readonly<Record<Side, string>>])[] = [
  [/^(?:Apex|Custom|RemoteSite)/, { server: '--class-prefix', client: '--class-prefix' }],
  [/^(?:ExternalClientApp|ExtlClntApp|ConnectedApp)/, { server: '--app-name', client: '--app-name' }],
  [/^PermissionSet/, { server: '--permission-set', client: '--callout-permission-set' }],
  [/^(?:Named|External)Credential/, { server: '--named-credential', client: '--named-credential' }],
  [/^Certificate/, { server: '--certificate-name', client: '--certificate-name' }],
];

const flagOf = (side: Side, type: string): readonly string[] =>
  flags.flatMap(([pattern, bySide]) => (pattern.test(type) ? [bySide[side]] : []));
