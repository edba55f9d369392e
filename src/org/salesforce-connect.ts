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
      ? new JwtError('orgUnknown', [aliasOrUsername], { cause: error })
      : new JwtError('orgRequestFailed', [aliasOrUsername, message, shellQuoted(aliasOrUsername)], { cause: error });
  }
}
