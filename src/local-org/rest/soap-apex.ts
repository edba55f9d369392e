import type { LocalResponse, RouteHandler } from '../http.js';
import { findSoapSession } from '../sessions.js';
import { judgeAnonymousApex, type ExecuteAnonymousResult } from './execute-anonymous.js';
import { isApiVersion } from './versions.js';

/** `POST /services/Soap/s/XX.0`: the SOAP API for Apex, of which a local org has `executeAnonymous`. */
export const soapApex: RouteHandler = async (request, org) => {
  // Loaded when first needed: what parses XML would add to the time that a local org takes to start.
  const message = await import('../metadata/soap/soap-message.js');
  const { apiFault, parseSoapRequest, renderSoapFault, SoapFault, usableSession } = message;
  try {
    const { version } = request.params;
    if (!isApiVersion(version)) throw apiFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
    const { sessionId, call } = parseSoapRequest(request.body);
    usableSession(findSoapSession(org, sessionId, version));
    if (call.name !== 'executeAnonymous') {
      throw new SoapFault('soapenv:Client', `No operation available for request {${call.namespace}}${call.name}`);
    }
    // The one argument, `String` in the WSDL, whose name clients do not care about. White space counts: lines are told.
    return await resultEnvelope(await judgeAnonymousApex(call.children[0]?.text ?? ''));
  } catch (error) {
    if (error instanceof SoapFault) return renderSoapFault(error);
    throw error;
  }
};

async function resultEnvelope(result: ExecuteAnonymousResult): Promise<LocalResponse> {
  const { escapeXml } = await import('../metadata/xml/render-xml.js');
  const fields = Object.entries(result).map(([name, value]) =>
    value === null ? `<${name} xsi:nil="true"/>` : `<${name}>${escapeXml(String(value))}</${name}>`,
  );
  const body =
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" ' +
    'xmlns="http://soap.sforce.com/2006/08/apex" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
    // Clients read the log from this header. Nothing ran, so that there is none.
    '<soapenv:Header><DebuggingInfo><debugLog/></DebuggingInfo></soapenv:Header>' +
    `<soapenv:Body><executeAnonymousResponse><result>${fields.join('')}</result></executeAnonymousResponse></soapenv:Body>` +
    '</soapenv:Envelope>';
  return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body };
}
