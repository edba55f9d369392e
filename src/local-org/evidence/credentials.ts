import type { EvidenceArea } from './behaviour.js';

/** Named Credentials, External Credentials, sites and the access to them. */
export const credentialEvidence: EvidenceArea = {
  title: 'Metadata API: credentials',
  behaviours: [],
};
