import type { EvidenceArea } from './behaviour.js';

const guide = 'Metadata API Developer Guide';

/** Components that are saved and deleted by a call of their own, without a deploy. */
export const metadataComponentEvidence: EvidenceArea = {
  title: 'Metadata API: components by call',
  behaviours: [
    {
      does: 'Takes up to ten components in one call of createMetadata() and its sisters, else refuses with `EXCEEDED_ID_LIMIT`.',
      says: ['record limit reached. cannot submit more than 10 records in this operation'],
      grade: 'seen',
      source: `${guide}, CRUD-based calls, for the limit; public client code quotes the text`,
    },
    {
      does: 'Saves components of createMetadata(), updateMetadata() and upsertMetadata() one by one, each for itself.',
      grade: 'documented',
      source: `${guide}, createMetadata()`,
    },
    {
      does: 'Refuses bundles in createMetadata() and its sisters with `INVALID_TYPE`.',
      says: ['A local org takes a {} with all its files: deploy it'],
      grade: 'own',
      source: 'A bundle is its files; these calls have none',
    },
    {
      does: 'Refuses to create what is there with `DUPLICATE_DEVELOPER_NAME`.',
      says: ['There is already a {} named {}'],
      grade: 'assumed',
      source: `The code is in ${guide}, StatusCode; orgs word it in several ways, type by type`,
    },
    {
      does: 'Refuses a component without a name with `REQUIRED_FIELD_MISSING`.',
      says: ['Required field is missing: fullName'],
      grade: 'assumed',
      source: 'The form of the text is that of other missing fields',
    },
    {
      does: 'Refuses to update or delete what is not there with `INVALID_CROSS_REFERENCE_KEY`.',
      says: ['In field: fullName - no {} named {} found'],
      grade: 'assumed',
      source:
        'The form of the text is that of references (forcedotcom/cli#155); `FIELD_INTEGRITY_EXCEPTION` is given for other faults',
    },
    {
      does: 'Refuses to delete what is in use with `DEPENDENCY_EXISTS`.',
      grade: 'assumed',
      source: `The code is in ${guide}, StatusCode; that it is the one here is a guess`,
    },
    {
      does: 'Takes no notice of AllOrNoneHeader: what is good in a call is saved, in versions 31.0 to 33.0 as well.',
      grade: 'own',
      source: `${guide}, AllOrNoneHeader: an org saves all or nothing where it is asked to, and by default before 34.0`,
    },
  ],
};
