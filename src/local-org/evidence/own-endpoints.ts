import type { EvidenceArea } from './behaviour.js';

/** What no org has: it says so, calls out, and fails on demand. */
export const ownEndpointEvidence: EvidenceArea = {
  title: 'Endpoints and faults of its own',
  behaviours: [],
};
