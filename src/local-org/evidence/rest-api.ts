import type { EvidenceArea } from './behaviour.js';

/** Versions, sObjects, describes, writes, composite requests, Apex calls. */
export const restApiEvidence: EvidenceArea = {
  title: 'REST API',
  behaviours: [],
};
