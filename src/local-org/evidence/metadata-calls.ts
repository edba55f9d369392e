import type { EvidenceArea } from './behaviour.js';

/** SOAP envelopes, operations, options and jobs of the Metadata API. */
export const metadataCallEvidence: EvidenceArea = {
  title: 'Metadata API: calls',
  behaviours: [],
};
