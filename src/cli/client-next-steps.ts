import { Messages } from '@salesforce/core';
import { importPage } from '../apply/import-key-store.js';
import { testClasses } from '../artifacts/build.js';
import type { Connection, OrgClient } from '../config/connection.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('sf-plugin-jwt', 'generate-client');

/** What to do with the generated calling side, in order, with commands to paste. */
export function nextSteps(connection: Connection): readonly string[] {
  const { client } = connection;
  if (client.type === 'external') return [];
  const steps = stepsFor(connection, client).map((step, at) => `${at + 1}. ${step.replaceAll('\n', '\n   ')}`);
  return ['', messages.getMessage('next'), ...steps];
}

function stepsFor(connection: Connection, client: OrgClient): readonly string[] {
  const tests = testClasses(connection).map((test) => ` --tests ${test}`);
  const deploy = messages.getMessage('deploy', [connection.name, client.org, tests.join('')]);
  const assign =
    client.type === 'named-credential' ? [messages.getMessage('assign', [client.permissionSet, client.org])] : [];
  const inOrder = isMadeByOrg(connection)
    ? [deploy, fetchStep(connection, client.org)]
    : [importStep(connection, client.org), deploy];
  return [...inOrder, registerStep(connection), ...assign];
}

const isMadeByOrg = ({ certificate }: Connection): boolean => certificate.source === 'platform';

/** The org makes the key with the deploy, so its certificate can only be fetched afterwards. */
const fetchStep = ({ certificate }: Connection, org: string): string =>
  messages.getMessage('fetch', [certificate.name, certificate.name, org]);

/** The key has to be in the org before anything is deployed that names its certificate. */
function importStep({ name, certificate }: Connection, org: string): string {
  const { source, name: alias } = certificate;
  const store = `.sf/jwt/${name}/${alias}.jks`;
  const made =
    source === 'existing'
      ? messages.getMessage('adopt', [store, alias])
      : messages.getMessage('create', [store, name, alias]);
  return messages.getMessage('import', [alias, made, store, org, importPage]);
}

function registerStep(connection: Connection): string {
  const { name, server } = connection;
  if (server.type === 'oauth2') return messages.getMessage('registerAtServer', [server.issuer]);
  const file = isMadeByOrg(connection) ? ' --certificate-file the-fetched.crt' : '';
  return messages.getMessage('registerInApp', [name, file]);
}
