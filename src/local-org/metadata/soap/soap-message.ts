import { parseXml } from '../xml/parse-xml.js';
import { childNamed, textOf, type XmlElement } from '../xml/xml-element.js';
import { escapeXml } from '../xml/render-xml.js';
import type { LocalResponse } from '../../http.js';
import type { Session } from '../../model.js';
import { opensApis } from '../../sessions.js';

/** A refusal of the SOAP API. `code` has a prefix, like `sf:INVALID_SESSION_ID`. */
export class SoapFault extends Error {
  public readonly code: string;

  public constructor(code: string, message: string) {
    super(message);
    this.name = 'SoapFault';
    this.code = code;
  }
}

/** A fault of the Metadata API: its text repeats the code, as Salesforce has it. */
export function apiFault(code: string, message: string): SoapFault {
  return new SoapFault(`sf:${code}`, `${code}: ${message}`);
}

const noSession = 'Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key';

/** The session of a call, where it may use the APIs. @throws SoapFault INVALID_SESSION_ID */
export function usableSession(session: Session | undefined): Session {
  if (!session) throw apiFault('INVALID_SESSION_ID', noSession);
  if (opensApis(session)) return session;
  throw apiFault('INVALID_SESSION_ID', 'This session is not valid for use with the API');
}

export type SoapRequest = {
  readonly sessionId: string | undefined;
  /** The element inside the body: named after the operation, its children the arguments. */
  readonly call: XmlElement;
};

const envelopeNamespace = 'http://schemas.xmlsoap.org/soap/envelope/';

/** Reads an envelope. @throws SoapFault where it is none */
export function parseSoapRequest(body: Buffer): SoapRequest {
  const parsed = parseXml(body);
  if (parsed.kind === 'fault') {
    const { message, line, column } = parsed.fault;
    throw new SoapFault('soapenv:Client', `${message} (line ${line}, column ${column})`);
  }
  const { root } = parsed;
  const soapBody = childNamed(root, 'Body');
  if (root.name !== 'Envelope' || root.namespace !== envelopeNamespace || !soapBody) {
    throw new SoapFault('soapenv:Client', 'The request is not a SOAP envelope');
  }
  const [call] = soapBody.children;
  if (!call) throw new SoapFault('soapenv:Client', 'The body of the SOAP envelope is empty');
  const session = childNamed(childNamed(root, 'Header') ?? soapBody, 'SessionHeader');
  return { sessionId: session && textOf(session, 'sessionId'), call };
}

/** What an operation answers: fields, a text, or XML that is ready. */
export type SoapValue =
  string | number | boolean | null | undefined | RawXml | readonly SoapValue[] | { readonly [name: string]: SoapValue };

/** XML to be put into an answer as it is. */
export class RawXml {
  public constructor(
    public readonly attributes: string,
    public readonly inner: string,
  ) {}
}

/** The envelope of an answer. An array of results is several elements `result`. */
export function renderSoapResponse(operation: string, result: SoapValue): LocalResponse {
  const response = `${operation}Response`;
  return soapEnvelope(200, `<${response}>${renderValue('result', result)}</${response}>`);
}

/** The envelope of a fault. Clients tell an expired session by status 500 and the fault code. */
export function renderSoapFault({ code, message }: SoapFault): LocalResponse {
  const details = `<faultcode>${escapeXml(code)}</faultcode><faultstring>${escapeXml(message)}</faultstring>`;
  return soapEnvelope(500, `<soapenv:Fault>${details}</soapenv:Fault>`);
}

function soapEnvelope(status: number, body: string): LocalResponse {
  const namespaces = [
    `xmlns:soapenv="${envelopeNamespace}"`,
    'xmlns:sf="http://soap.sforce.com/2006/04/metadata"',
    'xmlns="http://soap.sforce.com/2006/04/metadata"',
    'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  ].join(' ');
  const envelope = `<soapenv:Envelope ${namespaces}><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  return {
    status,
    headers: { 'content-type': 'text/xml;charset=UTF-8' },
    body: `<?xml version="1.0" encoding="UTF-8"?>${envelope}`,
  };
}

function renderValue(name: string, value: SoapValue): string {
  if (value === undefined) return '';
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (value instanceof RawXml) return `<${name}${value.attributes}>${value.inner}</${name}>`;
  if (isList(value)) return value.map((entry) => renderValue(name, entry)).join('');
  if (typeof value !== 'object') return `<${name}>${escapeXml(String(value))}</${name}>`;
  const fields = Object.entries(value).map(([field, content]) => renderValue(field, content));
  return `<${name}>${fields.join('')}</${name}>`;
}

function isList(value: SoapValue): value is readonly SoapValue[] {
  return Array.isArray(value);
}
