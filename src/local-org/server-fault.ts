import { isSoap } from './faults/operations.js';
import { json, restError, type LocalResponse } from './http.js';

/** A fault of the org itself, in the form of the API that was asked. */
export async function serverFault(url: string | undefined, message: string): Promise<LocalResponse> {
  const path = (url ?? '/').replace(/^\/+/, '/');
  if (isSoap(path)) return soapFault(500, 'UNKNOWN_EXCEPTION', message);
  if (path.startsWith('/services/oauth2/')) return oauthError(500, 'unknown_error', message);
  return restError(500, 'UNKNOWN_EXCEPTION', message);
}

/** A refusal of an OAuth endpoint (RFC 6749, section 5.2). */
export function oauthError(status: number, error: string, description: string): LocalResponse {
  return json(status, { error, error_description: description }, { 'cache-control': 'no-store' });
}

/** A fault of the SOAP APIs, which are loaded for the first one. */
export async function soapFault(status: number, code: string, message: string): Promise<LocalResponse> {
  const { apiFault, renderSoapFault } = await import('./metadata/soap/soap-message.js');
  return { ...renderSoapFault(apiFault(code, message)), status };
}
