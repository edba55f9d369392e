import type { EvidenceArea } from './behaviour.js';

/** What Apex and Named Credentials of an org do when they call out. */
export const calloutEvidence: EvidenceArea = {
  title: 'Callouts',
  behaviours: [],
};
