import type { EvidenceArea } from './behaviour.js';

/** What comes back from an org. */
export const retrieveEvidence: EvidenceArea = {
  title: 'Metadata API: retrieve and read',
  behaviours: [],
};
