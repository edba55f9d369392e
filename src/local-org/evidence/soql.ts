import type { EvidenceArea } from './behaviour.js';

const quoted = 'Public client code quotes it from answers of orgs';

/** Queries of the REST and Tooling APIs. */
export const soqlEvidence: EvidenceArea = {
  title: 'SOQL',
  behaviours: [
    {
      does: 'Refuses a request without a query with `MALFORMED_QUERY`.',
      says: ['A query string has to be specified'],
      grade: 'seen',
      source: quoted,
    },
    {
      does: 'Points at the place of an error in the query, above the text.',
      says: ['\n{}\n{}^\nERROR at Row:1:Column:{}\n'],
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
      source: quoted,
    },
    {
      does: 'Refuses a field beside an aggregate with `MALFORMED_QUERY`.',
      says: ['Field must be grouped or aggregated: {}'],
      grade: 'seen',
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
        'A local org does not know GROUP BY, HAVING and WITH DATA CATEGORY.',
        'A local org knows fields, parent fields, FIELDS() and COUNT in SELECT, and nothing else.',
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
      does: 'Answers all rows at once, however many.',
      grade: 'own',
      source: 'Orgs answer 2,000 at a time; a local org does not hold as many',
    },
    {
      does: 'Answers `&columns=true` with the columns of the query.',
      grade: 'seen',
      source: '`sf data query` asks for it and fails without it',
    },
    {
      does: 'Adds `size` to the answers of the Tooling API.',
      grade: 'documented',
      source: 'Tooling API Developer Guide, query',
    },
  ],
};
