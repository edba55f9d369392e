import type { EvidenceArea } from './behaviour.js';

/** The token endpoint: JWT bearer flow, approval, scopes. */
export const tokenEndpointEvidence: EvidenceArea = {
  title: 'Token endpoint',
  behaviours: [],
};
