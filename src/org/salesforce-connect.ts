import { Org, type Connection } from '@salesforce/core';
import { JwtError } from '../errors.js';
import { shellQuoted } from '../shell-quoted.js';

/**
 * Opens the org that the CLI knows under an alias or username.
 *
 * @throws JwtError `orgUnknown` where the CLI does not know it, `orgRequestFailed` where it does not let us in
 */
export async function connectOrg(aliasOrUsername: string, apiVersion: string): Promise<Connection> {
  try {
    const org = await Org.create({ aliasOrUsername });
    const connection = org.getConnection();
    connection.setApiVersion(apiVersion);
    return connection;
  } catch (error) {
    const isUnknown = error instanceof Error && /NamedOrgNotFound|NoAuthInfo/.test(error.name);
    const message = error instanceof Error ? error.message : String(error);
    throw isUnknown
      ? new JwtError('orgUnknown', [`"${aliasOrUsername}"${suggestionOf(error)}`], { cause: error })
      : new JwtError('orgRequestFailed', [aliasOrUsername, message, shellQuoted(aliasOrUsername)], { cause: error });
  }
}

/** The closest name that the CLI knows, which core puts into words among the actions of its error. */
function suggestionOf(error: Error): string {
  const actions = 'actions' in error && Array.isArray(error.actions) ? error.actions.join(' ') : '';
  const name = /Did you mean "(.+)"\?/.exec(actions)?.[1];
  return name === undefined ? '' : ` (did you mean "${name}"?)`;
}
