import type { EvidenceArea } from './behaviour.js';

/** What a new org has, its ids and its state. */
export const orgDataEvidence: EvidenceArea = {
  title: 'Data of an org',
  behaviours: [],
};
