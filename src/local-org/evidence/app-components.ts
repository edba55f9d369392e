import type { EvidenceArea } from './behaviour.js';

/** Connected Apps and External Client Apps as components. */
export const appComponentEvidence: EvidenceArea = {
  title: 'Metadata API: apps',
  behaviours: [],
};
