import type { EvidenceArea } from './behaviour.js';

const guide = 'REST API Developer Guide';

/** Composite, batch, collections and trees. */
export const compositeRequestEvidence: EvidenceArea = {
  title: 'REST API: several requests in one',
  behaviours: [
    {
      does: 'Inserts, updates, deletes and reads up to 200 records in one request.',
      grade: 'documented',
      source: `${guide}, sObject Collections`,
    },
    {
      does: 'Refuses more records than that, and what is no list of them, with `INVALID_INPUT`.',
      says: ['The request needs "records", a list of at most 200.', 'The request needs "{}", a list of texts.'],
      grade: 'assumed',
      source: 'That an org refuses it follows from the guide; the texts, and `INVALID_INPUT` with them, are ours',
    },
    {
      does: 'Refuses records of such a request with codes of `StatusCode`: `INVALID_CROSS_REFERENCE_KEY` for an id of no record, `INVALID_TYPE`, and `MISSING_ARGUMENT` where an update has no id.',
      says: ['Id not specified in an update call', "sObject type '{}' is not supported."],
      grade: 'seen',
      source:
        'abhinavguptas/Salesforce-Lookup-Rollup-Summaries#12 for the missing id, of Apex; SOAP API Developer Guide, StatusCode, for the codes',
    },
    {
      does: 'Undoes all of such a request with `allOrNone` when one record fails, with `ALL_OR_NONE_OPERATION_ROLLED_BACK` for the others.',
      says: ['Record rolled back because not all records were valid and the request was using AllOrNone header'],
      grade: 'documented',
      source: `${guide}, sObject Collections`,
    },
    {
      does: 'Takes up to 25 requests in one, which may refer to the answers of those before them.',
      grade: 'documented',
      source: `${guide}, Composite and Composite Batch`,
    },
    {
      does: 'Refuses more requests than that, and those that are not what the guide says, with `INVALID_INPUT`.',
      says: [
        'The request needs "{}", a list of requests.',
        'A request takes at most 25 others in "{}".',
        'The "body" of a request is an object.',
        'Each request in the list needs "{}", a text.',
        'Each "referenceId" is another word of letters, digits and underscores that begins with a letter.',
      ],
      grade: 'assumed',
      source: 'That an org refuses it follows from the guide; the texts, and `INVALID_INPUT` with them, are ours',
    },
    {
      does: 'Refuses a reference to what an answer does not have with `PROCESSING_HALTED`.',
      says: ['Invalid reference specified. No value for {}.{} found in {}'],
      grade: 'assumed',
      source:
        'Public client code quotes it; orgs may name the answer in another way; no place is at hand that shows it',
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
      grade: 'documented',
      source: `${guide}, sObject Tree`,
    },
    {
      does: 'Refuses larger trees, and those without what the guide asks for, with `INVALID_INPUT`.',
      says: [
        'A tree has at most 200 records.',
        'A tree has at most 5 levels.',
        'Each "referenceId" in a tree is another one.',
        'Each record of a tree needs "attributes" with a "referenceId".',
        'A tree needs "records", a list of records.',
      ],
      grade: 'assumed',
      source: 'That an org refuses it follows from the guide; the texts, and `INVALID_INPUT` with them, are ours',
    },
  ],
};
