import { join } from 'node:path';
import type { Connection, OrgClient, Server } from '../config/connection.js';
import { shellQuoted } from '../shell-quoted.js';
import { chosenFlags } from './chosen-flags.js';
import type { SetupResult } from './setup-result.js';

/** What a report says of: the project is named as it is seen from the current folder, empty where that is the project. */
export type Reported = { readonly connection: Connection; readonly result: SetupResult; readonly project: string };

/** What was made, where it is, until when it is valid and what to do next: the closing lines of a setup. */
export function setupLines(reported: Reported, next: readonly string[]): readonly string[] {
  const { connection, result, project } = reported;
  const { server, client } = connection;
  const rows: readonly Row[] = [
    ...serverRows(server, result),
    ['Private key', privateKeyPlace(reported)],
    ['Certificate', `${connection.certificate.name}, valid until ${result.certificate.notAfter.slice(0, 10)}`],
    ['SHA-256', result.certificate.fingerprint256],
    ...(client.type === 'external' ? [] : clientRows(client)),
    ['Artifacts', join(project, 'jwt', connection.name)],
  ];
  return [...rows.map(([title, value]) => `  ${title.padEnd(18)}${value}`), '', ...next];
}

type Row = readonly [string, string];

const serverRows = (server: Server, result: SetupResult): readonly Row[] =>
  server.type === 'salesforce'
    ? [
        ['App', `${server.app.name} in ${server.org} (${result.instanceUrl ?? ''})`],
        ['User', `${result.username}, through permission set ${server.app.permissionSet}`],
        ['Consumer key', result.consumerKey ?? ''],
      ]
    : [
        ['Server', server.tokenEndpoint],
        ['Subject', result.username],
        ['Issuer', server.issuer],
      ];

const clientRows = (client: OrgClient): readonly Row[] => [
  ...(client.type === 'apex'
    ? []
    : [['Named Credential', `callout:${client.namedCredential} in ${client.org}`] as const]),
  ...(client.type === 'named-credential'
    ? [['Callouts', `for users with permission set ${client.permissionSet}; ${orgWideRight}`] as const]
    : []),
  ['Apex', `${client.classPrefix}Client in ${client.org}`],
  ...(client.invocable ? [['Flow', flowAccess(client)] as const] : []),
];

/** Salesforce asks for it (Salesforce Help: Permission Concepts for User External Credentials). */
const orgWideRight = 'it also grants Modify All on User External Credentials, of the whole org';

/** Whoever runs a flow needs access to the class of its action (Salesforce Help: Apex Action Element). */
const flowAccess = (client: OrgClient): string =>
  client.type === 'named-credential'
    ? `${client.classPrefix}FlowAction, for users with permission set ${client.permissionSet}`
    : `${client.classPrefix}FlowAction, for users with access to that class: in a permission set of theirs, Apex Class Access`;

function privateKeyPlace(reported: Reported): string {
  const { certificate, client } = reported.connection;
  const file = keyFile(reported);
  if (client.type === 'external') return `${file} (only you can read it; keep it there)`;
  return certificate.source === 'platform'
    ? `in the org ${client.org}, which made it and never gives it out`
    : `in the org ${client.org}, and ${file} (only you can read it)`;
}

const keyFile = (reported: Reported): string => privateFile(reported, 'key');

const privateFile = ({ connection, project }: Reported, suffix: string): string =>
  join(project, '.sf', 'jwt', connection.name, `${connection.certificate.name}.${suffix}`);

/** The command that uses what was made, or looks again at what does not work yet. Quoted for a POSIX shell. */
export function nextLines(reported: Reported): readonly string[] {
  const { name, client } = reported.connection;
  if (!reported.result.verified) {
    const look = ['Next, once that is fixed, look again:', `  sf jwt verify --connection ${name}`];
    return [...registrationLines(reported), ...look];
  }
  if (client.type === 'external') return ['Next:', `  ${loginCommand(reported)}`];
  return [
    ...registrationLines(reported),
    `Next, call the server from Apex in ${client.org}:`,
    `  System.debug(${client.classPrefix}Client.verify());`,
    'And look again at any time:',
    `  sf jwt verify --connection ${name}`,
  ];
}

/** Nothing is provisioned at a server that is no org: that its owner has to do. */
function registrationLines(reported: Reported): readonly string[] {
  const { server } = reported.connection;
  if (server.type === 'salesforce') return [];
  return [
    `Register this certificate at ${new URL(server.tokenEndpoint).host} for the issuer ${server.issuer}, unless it is there:`,
    `  ${privateFile(reported, 'crt')}`,
  ];
}

/**
 * After a trial: the local orgs have ended with the command, and can be started again as they were. A connection of real
 * orgs gets another name, since a trial must not have the name of one.
 */
export function nextLinesAfterTrial(reported: Reported, stateDir: string): readonly string[] {
  const { name, server, client } = reported.connection;
  const other = name === 'my-integration' ? 'my-other-integration' : 'my-integration';
  const orgs = client.type === 'external' ? '' : ' --client-org my-other-org';
  return [
    'Next, start the same local orgs again to use them from any sf command:',
    `  sf jwt local start --state-dir ${shellQuoted(stateDir)}`,
    ...(client.type === 'external' ? [`  ${loginCommand(reported)}`] : []),
    'Or do the same with orgs of your own:',
    `  sf jwt setup --connection ${other} ${serverFlags(server)} --client-type ${client.type}${orgs}${chosenFlags(reported.connection)}`,
  ];
}

const serverFlags = (server: Server): string =>
  server.type === 'salesforce'
    ? '--target-org my-org --username integration@example.com'
    : [
        `--token-endpoint ${shellQuoted(server.tokenEndpoint)} --issuer ${shellQuoted(server.issuer)}`,
        `--base-url ${shellQuoted(server.baseUrl)} --username ${shellQuoted(server.username)}`,
      ].join(' ');

const loginCommand = (reported: Reported): string =>
  [
    'sf org login jwt',
    `--username ${shellQuoted(reported.result.username)}`,
    `--jwt-key-file ${shellQuoted(keyFile(reported))}`,
    `--client-id ${shellQuoted(reported.result.consumerKey ?? '')}`,
    `--instance-url ${shellQuoted(reported.result.instanceUrl ?? '')}`,
  ].join(' ');
