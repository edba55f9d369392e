import type { EvidenceArea } from './behaviour.js';

/** Every request, whatever its path: size, method, session, faults of the server. */
export const requestEvidence: EvidenceArea = {
  title: 'Requests and sessions',
  behaviours: [],
};
