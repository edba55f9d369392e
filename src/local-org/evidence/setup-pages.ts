import type { EvidenceArea } from './behaviour.js';

/** The pages for a key store, and the session of a browser. */
export const setupPageEvidence: EvidenceArea = {
  title: 'Setup pages',
  behaviours: [],
};
