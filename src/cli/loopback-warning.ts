import { isLoopback } from '../org/loopback.js';

/** Whether a warning is the one of `@salesforce/core` (SfdcUrl) for plain http, about a server on this machine. */
export function isInsecureLoopbackWarning(warning: Error | string): boolean {
  const text = typeof warning === 'string' ? warning : warning.message;
  const url = /^Using insecure protocol: http: on url: (\S+)$/.exec(text)?.[1];
  return url !== undefined && URL.canParse(url) && isLoopback(url);
}
