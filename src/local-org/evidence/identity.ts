import type { EvidenceArea } from './behaviour.js';

/** OAuth endpoints besides the token endpoint. */
export const identityEvidence: EvidenceArea = {
  title: 'Identity, introspection and revocation',
  behaviours: [],
};
