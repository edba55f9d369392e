import { SeededRandom } from '../../helpers/seeded-random.js';

const pieces = [
  ...[
    '&',
    '<',
    '>',
    '"',
    "'",
    '\\',
    '\\u0027',
    '/',
    '*/',
    '/*',
    '//',
    ']]>',
    '<!--',
    '-->',
    '<![CDATA[',
    '&amp;',
    '&#10;',
  ],
  ...[
    '{{',
    '}}',
    '{{{x}}}',
    '{!',
    '}',
    '${x}',
    '%s',
    '\n',
    '\r',
    '\r\n',
    '\t',
    ' ',
    '\b',
    '\f',
    '\u0000',
    '\u0007',
    '\u0085',
  ],
  ...[
    '\u2028',
    '\u2029',
    '\u202E',
    '\uFEFF',
    '\uFFFE',
    '\uFFFF',
    '\uD83D',
    '\uDE00',
    '😀',
    'é',
    'e\u0301',
    '日本',
    'א',
    '\u200D',
  ],
  ...['a', 'Z', '0', '_', '-', '.', '=', '+', 'null', '__proto__', 'constructor', '</b>', '<?x?>', "'; delete x; //"],
];

/** The same strings for the same seed: 0 to 11 pieces, each of which has broken something somewhere. */
export function hostileStrings(count: number, seed: number): readonly string[] {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () =>
    Array.from({ length: random.below(12) }, () => random.pick(pieces)).join(''),
  );
}
