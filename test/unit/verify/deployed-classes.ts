import { clientArtifacts } from '../../../src/artifacts/client-artifacts.js';
import { grantOf, type Grant } from '../../../src/artifacts/grant.js';
import type { Connection } from '../../../src/config/connection.js';

type App = { readonly consumerKey: string; readonly instanceUrl: string };

/** The classes of a connection as an org has them after a deploy, by their paths in a retrieve; orgs trim them. */
export const deployedClasses = (connection: Connection, app: App): Map<string, string> =>
  new Map(
    clientArtifacts(connection, grantOf(connection.server, app) as Grant)
      .filter(({ path }) => path.endsWith('.cls'))
      .map(({ path, content }) => [path, content.trim()]),
  );
