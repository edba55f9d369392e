import type { Connection } from '../config/connection.js';
import type { SetupResult } from './setup-result.js';

/** What was made, where it is, until when it is valid and what to do next: the closing lines of a setup. */
export function setupLines(connection: Connection, result: SetupResult, next: readonly string[]): readonly string[] {
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
    ...next,
  ];
}

function privateKeyPlace({ name, certificate, client }: Connection): string {
  return certificate.source === 'platform' && client.type !== 'external'
    ? `in the org ${client.org}, which made it and never gives it out`
    : `.sf/jwt/${name}/${certificate.name}.key (only you can read it; keep it there)`;
}

/** The command that uses what was made. Quoted for a POSIX shell. */
export function nextLines(connection: Connection, result: SetupResult): readonly string[] {
  const command =
    connection.client.type === 'external'
      ? loginCommand(connection, result)
      : `sf jwt verify --connection ${connection.name}`;
  return ['Next:', `  ${command}`];
}

/** After a trial: the local orgs have ended with the command, and can be started again as they were. */
export function nextLinesAfterTrial(connection: Connection, result: SetupResult, stateDir: string): readonly string[] {
  const { client } = connection;
  const orgs = client.type === 'external' ? '' : ' --client-org my-other-org';
  return [
    'Next, start the same local orgs again to use them from any sf command:',
    `  sf jwt local start --state-dir ${quoted(stateDir)}`,
    ...(client.type === 'external' ? [`  ${loginCommand(connection, result)}`] : []),
    'Or do the same with orgs of your own:',
    `  sf jwt setup --connection ${connection.name} --client-type ${client.type} --target-org my-org${orgs} --username integration@example.com`,
  ];
}

const loginCommand = ({ name, certificate }: Connection, result: SetupResult): string =>
  [
    'sf org login jwt',
    `--username ${quoted(result.username)}`,
    `--jwt-key-file ${quoted(`.sf/jwt/${name}/${certificate.name}.key`)}`,
    `--client-id ${quoted(result.consumerKey)}`,
    `--instance-url ${quoted(result.instanceUrl)}`,
  ].join(' ');

const quoted = (value: string): string =>
  /^[\w@%+=:,./-]+$/.test(value) ? value : `'${value.replaceAll("'", String.raw`'\''`)}'`;
