import type { Connection } from '../config/connection.js';
import { classPrefix, refused } from './names.js';
import { render } from './render.js';

/** Marks the report within whatever an org puts around the message of an exception. */
const reportPrefix = 'sf-jwt-verification:';

/** What the client org reported about its own token. Holds no secret. */
export type VerificationReport =
  | {
      readonly kind: 'answered';
      /** HTTP status with which the server org answered the request that used the token. */
      readonly status: number;
      /** Unknown where the scopes of the token do not tell it. */
      readonly username: string | undefined;
      readonly userId: string | undefined;
      readonly orgId: string | undefined;
    }
  | {
      /** There is a token for a server that is no org, and nobody to ask whose it is. */
      readonly kind: 'issued';
      /** HTTP status with which the server answered; undefined where it was not asked. It judges the path, not the token. */
      readonly status: number | undefined;
    }
  | { readonly kind: 'refused'; readonly error: string; readonly description: string };

/**
 * Anonymous Apex that lets the client org get and use a token, through the generated client class. Anonymous Apex returns
 * nothing, so it ends with an exception whose message is the report; `readVerificationReport` reads it.
 *
 * @throws refusedValue for a client outside Salesforce
 */
export function verificationScript({ client }: Connection): string {
  if (client.type === 'external') throw refused('client type', client.type, 'a client outside Salesforce runs no Apex');
  const apiClient = `${classPrefix('class prefix', client.classPrefix)}Client`;
  return render('apex/verify.hbs', ['apiClient', 'reportPrefix'], { apiClient, reportPrefix });
}

/** Reads the report out of an exception's message; undefined where there is none, since something else went wrong. */
export function readVerificationReport(exceptionMessage: string | undefined): VerificationReport | undefined {
  const found = new RegExp(`${reportPrefix}(\\{.*\\})`).exec(exceptionMessage ?? '')?.[1];
  if (found === undefined) return undefined;
  try {
    return judge(JSON.parse(found));
  } catch {
    return undefined;
  }
}

function judge(report: unknown): VerificationReport | undefined {
  if (typeof report !== 'object' || report === null) return undefined;
  const fields = new Map<string, unknown>(Object.entries(report));
  const text = (name: string): string | undefined => {
    const value = fields.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const status = fields.get('status');
  if (fields.get('issued') === true) return { kind: 'issued', status: typeof status === 'number' ? status : undefined };
  if (typeof status === 'number') {
    return { kind: 'answered', status, username: text('username'), userId: text('userId'), orgId: text('orgId') };
  }
  const error = text('error');
  return error === undefined ? undefined : { kind: 'refused', error, description: text('description') ?? '' };
}
