/** What people, robots and attackers write into comments and other fields. */

import fc from 'fast-check';

const PIECES = [
  ...[
    '<script>steal()</script>',
    '<img src=x onerror=steal()>',
    '<svg/onload=steal()>',
    '<style>*{}</style>',
    '<iframe>',
  ],
  ...[
    '[a](javascript:steal())',
    '[a](JaVaScRiPt:steal())',
    '[a](data:text/html,<script>steal()</script>)',
    '[a](//e.example)',
  ],
  ...[
    '[a](\\\\e.example)',
    '[a]( &#106;avascript:steal())',
    '<javascript:steal()>',
    '[a](vbscript:steal())',
    '[a](java\nscript:x)',
  ],
  ...[
    '![i](https://e.example/p.png)',
    '![i](data:image/svg+xml,<svg onload=steal()>)',
    '[![i](x)](javascript:steal())',
  ],
  ...[
    '[a]: javascript:steal() "x"',
    '[a][a]',
    '[a](https://e.example "onmouseover=steal()")',
    '<https://e.example/"onx=steal()>',
  ],
  ...[
    '$x^2$',
    '$$\\frac{a}{b}$$',
    '$\\href{javascript:steal()}{x}$',
    '$\\htmlClass{a}{b}$',
    '$\\def\\a{\\a\\a}\\a$',
    '$</math><script>$',
  ],
  ...[
    '$$\n- x\n$$',
    '$5 and $6',
    '$\\text{<img src=x onerror=steal()>}$',
    '@ada',
    '@ada"><script>steal()</script>',
    'a@b.example',
  ],
  ...[
    '```html\n<script>steal()</script>\n```',
    '`<b>`',
    '    indented',
    '> quote',
    '>>>>>>>>>>>>>> deep',
    '- a\n  - b',
    '1. a',
    '# h',
  ],
  ...[
    '| a | b |\n|--|:-:|\n| <b> | $x$ |',
    '~~s~~',
    '**b**',
    '_e_',
    '***',
    '---',
    '&lt;script&gt;',
    '&#x3c;script>',
    '\\<script>',
  ],
  ...[
    '\u202Eevil',
    '\u0000',
    '\uD800',
    '‍👩‍🔬',
    'ع ب',
    '\u200B',
    '"',
    "'",
    '`',
    '\\',
    '\n',
    '\n\n',
    ' ',
    '\t',
    '&',
    '<',
    '>',
    '$',
    '$$',
    '[',
  ],
];

/** Any code point, halves of pairs too. fast-check's own unit for it takes seconds to make. */
const anything = fc
  .array(fc.integer({ min: 0, max: 0x10_ff_ff }), { maxLength: 6 })
  .map((points) => String.fromCodePoint(...points));

const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'grapheme', maxLength: 12 }), anything);
/** Of a comment. */
export const body = fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => pieces.join(''));
