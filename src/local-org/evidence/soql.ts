import type { EvidenceArea } from './behaviour.js';

/** Queries of the REST and Tooling APIs. */
export const soqlEvidence: EvidenceArea = {
  title: 'SOQL',
  behaviours: [],
};
