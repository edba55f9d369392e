import { shellQuoted } from '../shell-quoted.js';
import { isLoopback } from './loopback.js';

/** A page of an org: the org's alias or username, the page's path, and its whole address. */
type OrgPage = { readonly org: string; readonly path: string; readonly url: string };

/**
 * What `sf org open` needs in its environment to open a page. It first waits for the Lightning domain of the org, which it
 * cannot even spell for an org on this machine, and fails; zero seconds to wait (`SfdcUrl.checkLightningDomain` of
 * `@salesforce/core`) leave that out.
 */
export const openEnvironment = (url: string): Readonly<Record<string, string>> =>
  isLoopback(url) ? { SF_DOMAIN_RETRY: '0' } : {};

/** The command that opens a page in a browser, for a POSIX shell. */
export function openCommand({ org, path, url }: OrgPage): string {
  const environment = Object.entries(openEnvironment(url)).map(([name, value]) => `${name}=${value} `);
  return `${environment.join('')}sf org open --target-org ${shellQuoted(org)} --path ${path}`;
}
