import type { Connection } from '../config/connection.js';
import type { SetupResult } from './setup-result.js';

/** What was made, where it is, until when it is valid and what to do next: the closing lines of a setup. */
export function setupLines(connection: Connection, result: SetupResult, nextCommand: string): readonly string[] {
  const { server, client } = connection;
  const rows: ReadonlyArray<readonly [string, string | undefined]> = [
    ['App', `${server.app.name} in ${server.org} (${result.instanceUrl})`],
    ['User', `${result.username}, through permission set ${server.app.permissionSet}`],
    ['Consumer key', result.consumerKey],
    ['Private key', privateKeyPlace(connection)],
    ['Certificate', `${connection.certificate.name}, valid until ${result.certificate.notAfter.slice(0, 10)}`],
    ['SHA-256', result.certificate.fingerprint256],
    ['Apex', client.type === 'apex' ? `${client.className} in ${client.org}` : undefined],
    ['Artifacts', `jwt/${connection.name}`],
  ];
  return [
    ...rows.flatMap(([title, value]) => (value === undefined ? [] : [`  ${title.padEnd(14)}${value}`])),
    '',
    'Next:',
    `  ${nextCommand}`,
  ];
}

function privateKeyPlace({ name, certificate, client }: Connection): string {
  return certificate.source === 'platform' && client.type !== 'external'
    ? `in the org ${client.org}, which made it and never gives it out`
    : `.sf/jwt/${name}/${certificate.name}.key (only you can read it; keep it there)`;
}

/** The command that uses what was made. Quoted for a POSIX shell. */
export function nextCommand(connection: Connection, result: SetupResult): string {
  if (connection.client.type === 'apex') return `sf jwt verify --connection ${connection.name}`;
  return [
    'sf org login jwt',
    `--username ${quoted(result.username)}`,
    `--jwt-key-file ${quoted(`.sf/jwt/${connection.name}/${connection.certificate.name}.key`)}`,
    `--client-id ${quoted(result.consumerKey)}`,
    `--instance-url ${quoted(result.instanceUrl)}`,
  ].join(' ');
}

const quoted = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
