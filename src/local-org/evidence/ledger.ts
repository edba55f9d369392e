import { apexEvidence } from './apex.js';
import { appComponentEvidence } from './app-components.js';
import type { EvidenceArea } from './behaviour.js';
import { calloutEvidence } from './callouts.js';
import { certificateEvidence } from './certificates.js';
import { compositeRequestEvidence } from './composite-requests.js';
import { credentialEvidence } from './credentials.js';
import { customMetadataEvidence } from './custom-metadata.js';
import { deployFileEvidence } from './deploy-files.js';
import { deployPackageEvidence } from './deploy-packages.js';
import { faultEvidence } from './faults.js';
import { identityEvidence } from './identity.js';
import { metadataCallEvidence } from './metadata-calls.js';
import { metadataComponentEvidence } from './metadata-components.js';
import { orgDataEvidence } from './org-data.js';
import { ownEndpointEvidence } from './own-endpoints.js';
import { requestBodyEvidence } from './request-bodies.js';
import { requestEvidence } from './requests.js';
import { restApiEvidence } from './rest-api.js';
import { retrieveEvidence } from './retrieve.js';
import { setupPageEvidence } from './setup-pages.js';
import { soqlEvidence } from './soql.js';
import { tokenEndpointEvidence } from './token-endpoint.js';

/**
 * Everything that a local org does and says, with how sure we are that Salesforce does the same: what
 * docs/local-org-fidelity.md shows. A test holds that each text of a local org is in here, and none besides.
 */
export const ledger: readonly EvidenceArea[] = [
  tokenEndpointEvidence,
  identityEvidence,
  requestEvidence,
  restApiEvidence,
  requestBodyEvidence,
  compositeRequestEvidence,
  soqlEvidence,
  metadataCallEvidence,
  metadataComponentEvidence,
  deployPackageEvidence,
  deployFileEvidence,
  appComponentEvidence,
  certificateEvidence,
  credentialEvidence,
  customMetadataEvidence,
  retrieveEvidence,
  apexEvidence,
  calloutEvidence,
  setupPageEvidence,
  orgDataEvidence,
  ownEndpointEvidence,
  faultEvidence,
];
