import type { LocalResponse, RouteHandler } from '../../http.js';
import { isApiVersion } from '../../rest/versions.js';
import { findSoapSession } from '../../sessions.js';
import { mayUseMetadata, noMetadataAccess } from '../metadata-access.js';
import type { Operation } from './call.js';
import {
  createMetadata,
  describeMetadata,
  listMetadata,
  readMetadata,
  removeMetadata,
  updateMetadata,
  upsertMetadata,
} from './catalog-operations.js';
import { cancel, checkDeployStatus, deploy, deployRecentValidation } from './deploy-operations.js';
import { checkRetrieveStatus, retrieve } from './retrieve-operations.js';
import {
  apiFault,
  parseSoapRequest,
  renderSoapFault,
  renderSoapResponse,
  SoapFault,
  usableSession,
} from './soap-message.js';
import { metadataNamespace } from '../xml/xml-element.js';

const operations = new Map<string, Operation>(
  Object.entries({
    cancelDeploy: cancel,
    checkDeployStatus,
    checkRetrieveStatus,
    createMetadata,
    deleteMetadata: removeMetadata,
    deploy,
    deployRecentValidation,
    describeMetadata,
    listMetadata,
    readMetadata,
    retrieve,
    updateMetadata,
    upsertMetadata,
  }),
);

/** `POST /services/Soap/m/XX.0`: the Metadata API. Whatever cannot be answered is a SOAP fault. */
export const handleSoap: RouteHandler = async (request, org): Promise<LocalResponse> => {
  try {
    const apiVersion = knownVersion(request.params['version']);
    const { sessionId, call } = parseSoapRequest(request.body);
    const { userId } = usableSession(findSoapSession(org, sessionId, apiVersion));
    if (!mayUseMetadata(org, userId)) throw apiFault('INSUFFICIENT_ACCESS', noMetadataAccess);
    const operation = call.namespace === metadataNamespace ? operations.get(call.name) : undefined;
    if (!operation) {
      throw new SoapFault('soapenv:Client', `No operation available for request {${call.namespace}}${call.name}`);
    }
    const result = await operation({ org, userId, apiVersion, args: call });
    return renderSoapResponse(call.name, result);
  } catch (error) {
    if (error instanceof SoapFault) return renderSoapFault(error);
    throw error;
  }
};

function knownVersion(version = ''): string {
  if (isApiVersion(version)) return version;
  throw apiFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
}
