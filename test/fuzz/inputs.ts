/** What people, robots and attackers send to a search. */

import fc from 'fast-check';

/** An element of this name in a page was written by whoever sent it. */
export const MARK = 'x-fuzz';

const OPERATORS = [
  '"',
  '“',
  '”',
  '-',
  '--',
  '-"',
  '+',
  'author:',
  'author:"',
  'author:hinton',
  '-author:ada',
  'category:',
  'cat:cs',
  'category:cs.LG',
  '-category:cs.CV',
  'category:"',
  'org:',
  'org:"a b"',
  'after:',
  'after:2025-06',
  'after:2025-13-45',
  'after:yesterday',
  'before:0000',
  'before:2026-01-01',
  'year:',
  'year:2025',
  'year:2023-2025',
  'year:2025..2023',
  'year:99999999999999999999',
  'has:',
  'has:code',
  '-has:code',
  'sort:',
  'sort:new',
  'sort:relevance',
  'sort:trending',
  'sort:__proto__',
  'constructor:',
  '__proto__:x',
  ':',
  '::',
  'toString',
  'hasOwnProperty:code',
];
/** Of SQLite's FTS5, PostgreSQL's tsquery, SQL and LIKE. */
const METACHARACTERS = [
  'AND',
  'OR',
  'NOT',
  'NEAR(',
  'NEAR/3',
  '^',
  '*',
  'x*',
  '{title abstract}:',
  'title:x',
  '(',
  ')',
  '((((',
  '&',
  '|',
  '!',
  '<->',
  '<2>',
  ':*',
  ':ABCD',
  "'",
  "''",
  '\\',
  '\\\\',
  '%',
  '_',
  ';--',
  '/*',
  '*/',
  '$1',
  '$$',
  '?',
  '??',
  '@@',
  '[',
  ']',
  "' or 1=1 --",
  '");drop table papers;--',
  '${7*7}',
  '{{7*7}}',
];
const CHARACTERS = [
  '\0',
  '\u0001',
  '\u0007',
  '\b',
  '\t',
  '\n',
  '\r\n',
  '\u001b[31m',
  '\u007f',
  '\u0085',
  '\ud800',
  '\udfff',
  '\udc00\ud800',
  '\ufeff',
  '\ufffe',
  '\uffff',
  '\u200b',
  '\u200d',
  '\u202e',
  '\u2066',
  '\u2028',
  '\u00ad',
  '\u0301',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧',
  '\u{e0041}',
  '中文',
  'العربية',
  'עברית',
  'ﬁ',
  'İ',
  'ß',
  'ſ',
  'K',
  'Ⅷ',
  '٣',
  '½',
  '\u3000',
];
const MARKUP = [
  `<${MARK}>`,
  `"><${MARK} a="`,
  `'><${MARK}>`,
  `</title><${MARK}>`,
  `</script><${MARK}>`,
  `--><${MARK}>`,
  '&lt;',
  '&#x3c;',
  '&#0;',
  '&amp;amp;',
  '<script>',
  '<!--',
  '<![CDATA[',
  'javascript:alert(1)',
  '" onfocus="alert(1)',
  '<mark>',
  '</mark>',
];
const TEX = [
  '$',
  '$$',
  '\\alpha',
  '$\\alpha$',
  '\\frac{1}{',
  '{',
  '}',
  '}}}',
  '\\def\\x{\\x\\x}\\x',
  '^{^{^{',
  "\\'e",
  '~',
];
const BOMBS = ['(a+)+$', '(.*)*', '[[:alpha:]]', '\\p{L}', '(?<=', '-'.repeat(200), '"'.repeat(199), 'a'.repeat(240)];
const WORDS = [
  'graph',
  'graphs',
  'learning',
  'the',
  'of',
  'GPT-4',
  'C++',
  'RegMean++',
  'ℓ1',
  'Schrödinger',
  'schrodinger',
  'état-of-the-art',
  '2601.00001',
  'arXiv:2601.00001v2',
  'https://arxiv.org/abs/2601.00001',
  'hep-th/9110025',
  'doi:10.5555/12',
  'cs.LG',
  'math',
];

const piece = fc.oneof(
  ...[OPERATORS, METACHARACTERS, CHARACTERS, MARKUP, TEX, BOMBS, WORDS].map((list) => fc.constantFrom(...list)),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.string({ unit: 'grapheme', maxLength: 30 }),
  // UTF-16 with halves of pairs.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 8 }).map((units) => String.fromCharCode(...units)),
);

/** What stands in a search box; now and then much more than fits. */
const typed = fc.oneof(
  {
    weight: 30,
    arbitrary: fc
      .tuple(fc.array(piece, { maxLength: 7 }), fc.constantFrom('', ' ', ' '))
      .map(([pieces, gap]) => pieces.join(gap)),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(piece, fc.integer({ min: 10, max: 2_000 }))
      .map(([one, times]) => one.repeat(times).slice(0, 1_500)),
  },
);

/** Marks of pages that we never gave out, and others that are nearly ours. */
const cursor = fc.oneof(
  fc
    .tuple(
      fc.constantFrom('m', 'd', 's', 'a', 'M', ''),
      fc.oneof(fc.double(), fc.string(), fc.constant(null)),
      fc.oneof(fc.double(), fc.integer(), fc.string()),
    )
    .map(encoded),
  fc.jsonValue().map(encoded),
  fc.tuple(fc.constant('m'), fc.double({ min: 0, max: 2 }), fc.nat()).map(encoded),
  fc.string({ unit: 'binary', maxLength: 40 }).map(percent),
  fc.constantFrom('', 'WyJtIiw', '....', '%00', 'null', '-1'),
);
const sort = fc.oneof(fc.constantFrom('date', 'closeness', 'new', '', '__proto__'), piece).map(percent);
const id = fc
  .oneof(fc.constantFrom('2601.00001', '2601.00002', '2601.00003', '9999.99999', 'hep-th/9110025', ''), piece)
  .map(percent);
/** Escapes that are none, or make no UTF-8. */
const broken = fc.constantFrom(
  '%',
  '%z',
  '%zz',
  '%e',
  '%ff',
  '%c3%28',
  '%ed%a0%80',
  '%f4%90%80%80',
  '%00',
  '%2',
  '+%',
  '%25%32',
);
const value = fc.oneof(
  { weight: 20, arbitrary: typed.map(percent) },
  { weight: 3, arbitrary: fc.tuple(typed.map(percent), broken).map((two) => two.join('')) },
);

const parameter = fc.oneof(
  { weight: 8, arbitrary: value.map((text) => `q=${text}`) },
  { weight: 3, arbitrary: cursor.map((text) => `after=${text}`) },
  { weight: 2, arbitrary: sort.map((text) => `sort=${text}`) },
  { weight: 1, arbitrary: value.map((text) => `text=${text}`) },
  { weight: 1, arbitrary: value.map((text) => text.slice(0, 200)) },
);

export interface Sent {
  method: 'GET' | 'POST';
  /** As it goes over the wire: ASCII, escapes and all. */
  path: string;
  body?: string;
  /** What was typed, where the request is one that a form could have made. */
  typed?: string;
}

export const sent: fc.Arbitrary<Sent> = fc.oneof(
  {
    weight: 8,
    arbitrary: typed.map((text): Sent => ({
      method: 'GET',
      path: `/search?q=${percent(text)}`,
      ...(text.isWellFormed() ? { typed: text } : {}),
    })),
  },
  {
    weight: 6,
    arbitrary: fc
      .array(parameter, { maxLength: 5 })
      .map((all): Sent => ({ method: 'GET', path: `/search?${all.join('&')}` })),
  },
  { weight: 3, arbitrary: value.map((text): Sent => ({ method: 'GET', path: `/search/suggest?q=${text}` })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.array(id, { maxLength: 4 }), fc.array(parameter, { maxLength: 2 }))
      .map(([ids, all]): Sent => ({
        method: 'GET',
        path: `/similar?${[...ids.map((one) => `id=${one}`), ...all].join('&')}`,
      })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(id, { maxLength: 2 }), fc.array(typed, { maxLength: 5 }))
      .map(([ids, texts]): Sent => ({
        method: 'POST',
        path: '/similar',
        body: [...ids.map((one) => `id=${one}`), `text=${percent(texts.join(' '))}`].join('&'),
      })),
  },
);

/** As `encodeURIComponent`, which refuses halves of pairs; those become the three bytes that old programs send. */
export function percent(text: string): string {
  return Array.from(text, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code < 0xd800 || code > 0xdfff) return encodeURIComponent(character);
    return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 0x3f), 0x80 | (code & 0x3f)]
      .map((byte) => `%${byte.toString(16)}`)
      .join('');
  }).join('');
}

function encoded(content: unknown): string {
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}
