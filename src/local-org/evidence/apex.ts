import type { EvidenceArea } from './behaviour.js';

/** Classes, anonymous Apex and tests. */
export const apexEvidence: EvidenceArea = {
  title: 'Apex',
  behaviours: [],
};
