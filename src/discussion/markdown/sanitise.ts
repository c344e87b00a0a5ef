/** The second lock: whatever the Markdown made, only these elements and attributes reach a page. */

import { createRequire } from 'node:module';
import type { IOptions } from 'sanitize-html';
import { isAllowedAddress } from './links.ts';

type Sanitise = (html: string, options: IOptions) => string;

const require = createRequire(import.meta.url);
let library: Sanitise | undefined;

const TEXT = 'p br hr blockquote ul ol li pre code em strong s table thead tbody tr th td a span'.split(' ');

/** What KaTeX writes (papers/tex/mathml.ts keeps it to presentation). */
const MATH = (
  'math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle merror mpadded mphantom menclose msub msup msubsup ' +
  'munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr'
).split(' ');

const MATH_ATTRIBUTES = (
  'display stretchy fence separator accent accentunder width height depth lspace rspace voffset minsize maxsize ' +
  'mathsize mathvariant columnalign columnspacing rowspacing columnlines rowlines scriptlevel displaystyle ' +
  'linethickness notation linebreak form movablelimits symmetric largeop xmlns'
).split(' ');

const OPTIONS: IOptions = {
  allowedTags: [...TEXT, ...MATH],
  allowedAttributes: {
    a: ['href', 'rel', 'title'],
    ol: ['start'],
    span: ['tabindex', 'role', 'aria-label'],
    pre: ['tabindex'],
    ...Object.fromEntries(MATH.map((tag) => [tag, MATH_ATTRIBUTES])),
  },
  allowedClasses: {
    a: ['mention'],
    code: ['tex'],
    p: ['heading'],
    span: ['math-display'],
    th: ['to-center', 'to-right'],
    td: ['to-center', 'to-right'],
    ...Object.fromEntries(MATH.map((tag) => [tag, ['math-bold', 'math-mono', 'math-italic']])),
  },
  allowedSchemes: ['http', 'https', 'mailto'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'escape',
  exclusiveFilter: ({ tag, attribs }) => tag === 'a' && !isAllowedAddress(attribs['href'] ?? ''),
};

/** Loads the library at the first comment (100 ms): a process that shows none does not pay for it. */
export function sanitise(html: string): string {
  library ??= require('sanitize-html') as Sanitise;
  return library(html, OPTIONS);
}
