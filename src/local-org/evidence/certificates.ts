import type { EvidenceArea } from './behaviour.js';

/** Certificates of an org, however they got there. */
export const certificateEvidence: EvidenceArea = {
  title: 'Certificates',
  behaviours: [],
};
