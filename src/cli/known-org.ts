import { StateAggregator } from '@salesforce/core';

/** Whether the CLI has been logged in to an org; whether the login still holds is not asked. */
export async function knowsOrg(aliasOrUsername: string): Promise<boolean> {
  const { aliases, orgs } = await StateAggregator.getInstance();
  return orgs.hasFile(aliases.resolveUsername(aliasOrUsername));
}
