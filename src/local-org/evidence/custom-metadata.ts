import type { EvidenceArea } from './behaviour.js';

/** Custom metadata types, their fields and records. */
export const customMetadataEvidence: EvidenceArea = {
  title: 'Metadata API: custom metadata',
  behaviours: [],
};
