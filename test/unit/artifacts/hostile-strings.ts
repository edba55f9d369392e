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
  const random = mulberry32(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  return Array.from({ length: count }, () =>
    Array.from({ length: below(12) }, () => pieces[below(pieces.length)]).join(''),
  );
}

/** A small generator of pseudo-random numbers from 0 up to 1 (public domain, Tommy Ettinger). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
