import type { EvidenceArea } from './behaviour.js';

const guide = 'REST API Developer Guide';
const ours = 'for the rule; the texts, and `INVALID_INPUT`, are ours';

/** Composite, batch, collections and trees. */
export const compositeRequestEvidence: EvidenceArea = {
  title: 'REST API: several requests in one',
  behaviours: [
    {
      does: 'Inserts, updates, deletes and reads up to 200 records in one request.',
      says: ['The request needs "records", a list of at most 200.', 'The request needs "{}", a list of texts.'],
      grade: 'documented',
      source: `${guide}, sObject Collections, ${ours}`,
    },
    {
      does: 'Undoes all of such a request with `allOrNone` when one record fails, with `ALL_OR_NONE_OPERATION_ROLLED_BACK` for the others.',
      says: ['Record rolled back because not all records were valid and the request was using AllOrNone header'],
      grade: 'documented',
      source: `${guide}, sObject Collections`,
    },
    {
      does: 'Takes up to 25 requests in one, which may refer to the answers of those before them.',
      says: [
        'The request needs "{}", a list of requests.',
        'A request takes at most 25 others in "{}".',
        'The "body" of a request is an object.',
        'Each request in the list needs "{}", a text.',
        'Each "referenceId" is another word of letters, digits and underscores that begins with a letter.',
      ],
      grade: 'documented',
      source: `${guide}, Composite and Composite Batch, ${ours}`,
    },
    {
      does: 'Refuses a reference to what an answer does not have with `PROCESSING_HALTED`.',
      says: ['Invalid reference specified. No value for {}.{} found in {}'],
      grade: 'seen',
      source: 'Public client code quotes it; orgs may name the answer in another way',
    },
    {
      does: 'Undoes a composite request with `allOrNone` when one of it fails, with `PROCESSING_HALTED` for the others.',
      says: ['The transaction was rolled back since another operation in the same transaction failed.'],
      grade: 'documented',
      source: `${guide}, Composite, allOrNone`,
    },
    {
      does: 'Leaves out what stands behind a failure in a batch with `haltOnError`: HTTP 412 with `BATCH_PROCESSING_HALTED`.',
      says: ['Batch processing halted per request'],
      grade: 'documented',
      source: `${guide}, Composite Batch, haltOnError, for status and code`,
    },
    {
      does: 'Inserts trees of up to 200 records and five levels.',
      says: [
        'A tree has at most 200 records.',
        'A tree has at most 5 levels.',
        'Each "referenceId" in a tree is another one.',
        'Each record of a tree needs "attributes" with a "referenceId".',
        'A tree needs "records", a list of records.',
      ],
      grade: 'documented',
      source: `${guide}, sObject Tree, ${ours}`,
    },
  ],
};
