import type { EvidenceArea } from './behaviour.js';

const quoted = 'Public client code quotes it from answers of orgs; no place is at hand that shows one';

/** Queries of the REST and Tooling APIs. */
export const soqlEvidence: EvidenceArea = {
  title: 'SOQL',
  behaviours: [
    {
      does: 'Refuses a request without a query with `MALFORMED_QUERY`.',
      says: ['A query string has to be specified'],
      grade: 'assumed',
      source: quoted,
    },
    {
      does: 'Points at the place of an error in the query, above the text.',
      says: ['\n{}\n{}^\nERROR at Row:{}:Column:{}\n'],
      grade: 'seen',
      source: 'forcedotcom/soql-tooling#86, mautic/mautic#13406; orgs show a part of a long query only',
    },
    {
      does: 'Refuses what it cannot parse with `MALFORMED_QUERY`.',
      says: ["{}unexpected token: '{}'"],
      grade: 'seen',
      source: 'xjsender/SublimeApex#23 (of an older release, without the quotes)',
    },
    {
      does: 'Refuses a query that ends too early with `MALFORMED_QUERY`.',
      says: ['unexpected token: <EOF>'],
      grade: 'assumed',
      source: 'The form of the text for other tokens; parsers of that family call the end so',
    },
    {
      does: 'Refuses an unknown object with `INVALID_TYPE`.',
      says: [
        "sObject type '{}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.",
      ],
      grade: 'seen',
      source: 'vlocityinc/vlocity_build#364, salesforce-python-client/pyforce#25',
    },
    {
      does: 'Refuses an unknown field with `INVALID_FIELD`.',
      says: [
        "No such column '{}' on entity '{}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.",
      ],
      grade: 'seen',
      source: 'forcedotcom/soql-tooling#86, apache/camel-quarkus#3022',
    },
    {
      does: 'Refuses an unknown relationship with `INVALID_FIELD`.',
      says: [
        "Didn't understand relationship '{}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.",
      ],
      grade: 'seen',
      source: 'forcedotcom/SFDX-Data-Move-Utility#432',
    },
    {
      does: 'Groups and compares text without regard to case.',
      grade: 'assumed',
      source: 'Comparisons do so (SOQL and SOSL Reference); of groups nothing was found',
    },
    {
      does: 'Refuses a field beside an aggregate with `MALFORMED_QUERY`.',
      says: ['Field must be grouped or aggregated: {}'],
      grade: 'assumed',
      source: `${quoted}; orgs show the position as well`,
    },
    {
      does: 'Refuses a condition with parentheses or operators that do not fit with `MALFORMED_QUERY`.',
      says: ['unexpected token in the WHERE clause', 'An inner query selects one field.'],
      grade: 'own',
      source: 'Reached where the parser takes what an org would not; the words are ours',
    },
    {
      does: 'Refuses the parts of SOQL that it does not know with `MALFORMED_QUERY`, and says so.',
      says: [
        'A local org knows fields, parent fields, child relationships, FIELDS() and the aggregates COUNT, COUNT_DISTINCT, MIN, MAX, SUM and AVG in SELECT, and nothing else.',
        'A local org groups by fields, and not by ROLLUP, CUBE or functions.',
        'A query with groups selects no child relationships.',
        'A local org does not know inner queries in HAVING.',
        'A local org does not know aggregates of child relationships.',
        'A local org does not know WITH DATA CATEGORY.',
        'A local org does not know functions in ORDER BY.',
        'A local org does not know functions in WHERE.',
        'A local org does not know the operator {}.',
        'A local org does not know the literal {}.',
      ],
      grade: 'own',
      source: 'A wrong answer would be worse than none',
    },
    {
      does: 'Compares text without regard to case, and ids of 15 and 18 characters as the same.',
      grade: 'documented',
      source: 'SOQL and SOSL Reference, comparison operators',
    },
    {
      does: 'Sorts empty values first, unless `NULLS LAST` is said.',
      grade: 'documented',
      source: 'SOQL and SOSL Reference, ORDER BY',
    },
    {
      does: 'Answers 2,000 rows at a time, or as many as the request asks for, and the others at `nextRecordsUrl`.',
      grade: 'documented',
      source: 'REST API Developer Guide, Query and Query Options Header',
    },
    {
      does: 'Refuses a locator that leads nowhere with `INVALID_QUERY_LOCATOR`.',
      says: ['invalid query locator'],
      grade: 'seen',
      source: 'restforce/restforce#616 for the code; public client code quotes the text',
    },
    {
      does: 'Keeps ten results of a user for their pages.',
      grade: 'documented',
      source: 'SOQL and SOSL Reference, limits: open cursors',
    },
    {
      does: 'Refuses an offset above 2,000 with `NUMBER_OUTSIDE_VALID_RANGE`.',
      says: ['Maximum SOQL offset allowed is 2000'],
      grade: 'seen',
      source: 'SOQL and SOSL Reference for the limit; public client code quotes the text',
    },
    {
      does: 'Refuses FIELDS() for more than 200 rows where custom fields are meant as well.',
      says: ['The SOQL FIELDS function must have a LIMIT of at most 200'],
      grade: 'seen',
      source: 'SOQL and SOSL Reference for the limit; public client code quotes the text',
    },
    {
      does: 'Refuses SUM and AVG of a field that is no number with `MALFORMED_QUERY`.',
      says: ['field {} does not support aggregate operator {}'],
      grade: 'seen',
      source: 'forcedotcom/SFDX-Data-Move-Utility#46, of COUNT and a field that does not support it',
    },
    {
      does: 'Refuses an unknown child relationship with `INVALID_TYPE`.',
      says: [
        "Didn't understand relationship '{}' in FROM part of query call. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.",
      ],
      grade: 'assumed',
      source: quoted,
    },
    {
      does: 'Refuses a query of more than 100,000 characters or 200 parentheses with `QUERY_TOO_COMPLICATED`.',
      says: ['The query is longer or deeper than a local org takes.'],
      grade: 'own',
      source: 'SOQL and SOSL Reference for the length; orgs have other words, and other bounds for the depth',
    },
    {
      does: 'Answers `&columns=true` with the columns of the query.',
      grade: 'seen',
      source: 'salesforcecli/plugin-data: `sf data query` asks for it and fails without it',
    },
    {
      does: 'Adds `size` to the answers of the Tooling API.',
      grade: 'documented',
      source: 'Tooling API Developer Guide, query',
    },
  ],
};
