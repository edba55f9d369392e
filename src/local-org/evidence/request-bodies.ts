import type { EvidenceArea } from './behaviour.js';

const parser =
  'Texts of Jackson, the parser whose words orgs pass on (clients quote `Unexpected character` and `Unexpected end-of-input`); line and column are counted as they are there';

/** Bodies of REST requests. */
export const requestBodyEvidence: EvidenceArea = {
  title: 'REST API: bodies',
  behaviours: [
    {
      does: 'Refuses a request without a body that needs one with `JSON_PARSER_ERROR`.',
      says: ['The HTTP entity body is required, but this request has no entity body.'],
      grade: 'assumed',
      source: 'Public client code and test suites against orgs quote it; no place is at hand that shows it',
    },
    {
      does: 'Refuses a body that is no JSON with `JSON_PARSER_ERROR`, in the words of its parser, with line and column.',
      says: [
        'Unexpected character {}{}{}{}',
        '{}code {}))',
        "expected a valid value (number, String, array, object, 'true', 'false' or 'null')",
        'was expecting double-quote to start field name',
        'was expecting a colon to separate field name and value',
        'was expecting comma to separate {} entries',
        'expected digit (0-9) to follow minus sign, for valid numeric value',
        ' in numeric value: ',
        ' at {}',
        '[line:{}, column:{}]',
      ],
      grade: 'seen',
      source:
        'Salesforce Stack Exchange 137599 for a value, with the column behind the character; the others in public client code',
    },
    {
      does: 'Refuses what else that parser refuses in its words, with line and column.',
      says: [
        '(CTRL-CHAR, code {})',
        'Unexpected end-of-input{}{}',
        ' in a String value',
        "Unrecognized character escape '{}' (code {}){}",
        'Illegal unquoted character ((CTRL-CHAR, code {})): has to be escaped using backslash to be included in string value{}',
        "Unrecognized token '{}': was expecting 'null', 'true', 'false' or NaN{}",
        'Document nesting depth ({}) exceeds the maximum allowed (1000){}',
      ],
      grade: 'assumed',
      source: parser,
    },
    {
      does: 'Refuses JSON that is no object with `JSON_PARSER_ERROR`.',
      says: ['Can not deserialize {} out of {} token at [line:1, column:{}]'],
      grade: 'assumed',
      source: 'The words are those of older releases of that parser; which object an org names is a guess',
    },
    {
      does: 'Refuses a value of the wrong type with `JSON_PARSER_ERROR`, naming what it met (`VALUE_STRING`, `VALUE_NULL`, `START_ARRAY`, `START_OBJECT`) and where.',
      says: [
        'Cannot deserialize instance of {} from {} value {}',
        '{} or request may be missing a required field at {}',
      ],
      grade: 'seen',
      source: 'regican/Salesforce#2, restforce/restforce#619, verbb/formie#2124',
    },
    {
      does: 'Refuses texts for booleans, and reads those for numbers and moments.',
      grade: 'assumed',
      source: 'restforce/restforce#619 shows that the text is looked at for numbers; nothing was found for booleans',
    },
    {
      does: 'Reads JSON only, and refuses other types of bodies with HTTP 415 and `UNSUPPORTED_MEDIA_TYPE`.',
      says: ['Unsupported Media Type: a local org reads application/json only'],
      grade: 'own',
      source: 'Orgs read XML as well',
    },
  ],
};
