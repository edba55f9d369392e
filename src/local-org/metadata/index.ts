import type { Route } from '../http.js';
import { withMetadataAccess } from './metadata-access.js';
import { maxZipBytes } from './package/unzip-package.js';
import { getDeployRequest, patchDeployRequest, postDeployRequest } from './rest/handle-deploy-request.js';
import { handleSoap } from './soap/handle-soap.js';

/** Room for the largest zip in base64, and the envelope around it. */
const maxBodyBytes = Math.ceil((maxZipBytes * 4) / 3) + 1024 * 1024;

const deployRequests = '^/services/data/v(?<version>\\d+\\.\\d)/metadata/deployRequest';

/** The Metadata API of a local org: all of it through SOAP, deploys through REST as well. */
export const metadataRoutes: readonly Route[] = [
  {
    method: 'POST',
    // Orgs take their own id behind the version, as the `metadata` URL of an identity has it.
    pattern: /^\/services\/Soap\/m\/(?<version>\d+\.\d)(?:\/[A-Za-z0-9]{15,18})?\/?$/,
    handler: handleSoap,
    session: 'soap',
    maxBodyBytes,
  },
  {
    method: 'POST',
    pattern: new RegExp(`${deployRequests}/?$`),
    handler: withMetadataAccess(postDeployRequest),
    session: 'bearer',
    maxBodyBytes,
  },
  {
    method: 'GET',
    pattern: new RegExp(`${deployRequests}/(?<id>[^/]+)$`),
    handler: withMetadataAccess(getDeployRequest),
    session: 'bearer',
  },
  {
    method: 'PATCH',
    pattern: new RegExp(`${deployRequests}/(?<id>[^/]+)$`),
    handler: withMetadataAccess(patchDeployRequest),
    session: 'bearer',
  },
];
