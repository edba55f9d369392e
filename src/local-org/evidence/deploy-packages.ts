import type { EvidenceArea } from './behaviour.js';

/** Zips, package.xml, destructive changes. */
export const deployPackageEvidence: EvidenceArea = {
  title: 'Metadata API: packages',
  behaviours: [],
};
