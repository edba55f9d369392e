import type { EvidenceArea } from './behaviour.js';

/** XML, types of the WSDL, names. */
export const deployFileEvidence: EvidenceArea = {
  title: 'Metadata API: files of components',
  behaviours: [],
};
