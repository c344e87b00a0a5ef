/** Makes KaTeX's MathML fit for our pages: plain elements, a short list of attributes, no style, nothing out of place. */

import { harmlessText } from './clean.ts';
import { mathLetter } from './math-letters.ts';

/** No colours (dark mode, invisible text), no `style` (the content security policy forbids it), no `class`, no `id`. */
const attributes = new Set(
  `display stretchy fence separator accent accentunder width height depth lspace rspace voffset minsize maxsize mathsize
  columnalign columnspacing rowspacing columnlines rowlines scriptlevel displaystyle linethickness notation linebreak
  form movablelimits symmetric largeop`.split(/\s+/),
);

/** Browsers stop nesting elements at 512, and lay out deep formulas slowly; real ones reach 14. */
const maxDepth = 60;

/** A formula may be raised, or drawn back over what stands before it, this far (in em): `\not`, `\TeX` need little. */
const maxShift = 2;

/** Undefined where the formula would reach out of its own place, or is no formula for a page. */
export function tidyMathml(katex: string): string | undefined {
  const math = /<math[^>]*>.*<\/math>/s.exec(katex)?.[0];
  if (math === undefined || depthOf(math) > maxDepth || reachesOut(math)) return undefined;
  // The TeX source that KaTeX adds is read by no browser or screen reader, and is 5 % of a compressed page of formulas.
  const presented = math.replace(/<annotation.*<\/annotation>|<\/?semantics>/gs, '');
  const lettered = presented.replace(
    /<(m[ion]|mtext)((?: [^<>]*)?) mathvariant="([a-z-]+)"([^<>]*)>([^<>]*)<\/\1>/g,
    (_, tag: string, before: string, variant: string, after: string, content: string) =>
      inVariant(tag, before + after, variant, content),
  );
  const kept = lettered.replace(
    /<([a-z]+)((?:\s[^<>]*?)?)(\/?)>/g,
    (_, tag: string, list: string, slash: string) => `<${tag}${keptAttributes(list)}>${slash ? `</${tag}>` : ''}`,
  );
  // `<math>` is a row by itself.
  const bare = kept.replace(/^(<math[^>]*>)<mrow>(.*)<\/mrow>(<\/math>)$/s, '$1$2$3');
  return harmlessText(spacedOperators(withoutRows(bare)));
}

function inVariant(tag: string, rest: string, variant: string, content: string): string {
  if (variant === 'normal') return `<${tag}${rest} mathvariant="normal">${content}</${tag}>`;
  const letters = [...content];
  // Words stay words, for search and for screen readers; only single letters are symbols.
  const mapped = letters.length === 1 ? mathLetter(content, variant) : undefined;
  if (mapped !== undefined) return `<${tag}${rest}>${mapped}</${tag}>`;
  const styled = variant.includes('bold')
    ? 'bold'
    : variant === 'monospace'
      ? 'mono'
      : variant === 'italic'
        ? 'italic'
        : '';
  return styled === ''
    ? `<${tag}${rest}>${content}</${tag}>`
    : `<${tag}${rest} class="math-${styled}">${content}</${tag}>`;
}

function keptAttributes(list: string): string {
  let kept = '';
  for (const [, name, value] of list.matchAll(/([a-zA-Z:-]+)\s*=\s*"([^"]*)"/g)) {
    const isOurs = name === 'class' && /^math-[a-z]+$/.test(value ?? '');
    const isUpright = name === 'mathvariant' && value === 'normal';
    if (isOurs || isUpright || attributes.has(name ?? '')) kept += ` ${name}="${value}"`;
  }
  return kept;
}

/** `<mrow>` around one leaf says nothing. */
function withoutRows(math: string): string {
  return math.replace(/<mrow>(<(m[ion])(?: [^<>]*)?>[^<>]*<\/\2>)<\/mrow>/g, '$1');
}

/** What TeX sets around `\\log`: a thin space. MathML has none, and `n log n` would read `nlogn`. */
const thin = '0.1667em';
/** An operator's name where something stands right before it; `\u2061` is the invisible sign of application. */
const nameAfterAtom =
  /(<\/m(?:i|n|row|su[bp]|subsup|frac|sqrt)>(?:<m(?:su[bp]|subsup|under)><mrow>)?)(<mi>\p{L}{2,}<\/mi>)(?=<mo>\u2061)/gu;
const applicationToAtom = /<mo>\u2061<\/mo>(?=<m(?:[in]|row|su[bp]|subsup|frac|sqrt)[ >])/g;

/** Spaces go into elements that are there, or into a row of their own: counts of children mean something in MathML. */
function spacedOperators(math: string): string {
  return math
    .replace(nameAfterAtom, `$1<mrow><mspace width="${thin}"></mspace>$2</mrow>`)
    .replace(applicationToAtom, `<mo rspace="${thin}">\u2061</mo>`);
}

function depthOf(math: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [, slash, selfClosed] of math.matchAll(/<(\/?)[a-z]+(?:[^<>]*?)(\/?)>/g)) {
    if (selfClosed) continue;
    depth += slash ? -1 : 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function reachesOut(math: string): boolean {
  let drawnBack = 0;
  for (const [, name, size] of math.matchAll(/ (width|lspace|rspace|voffset|height|depth)="([+-]?[\d.]+)em"/g)) {
    const value = Number(size);
    if (name === 'voffset' && Math.abs(value) > maxShift) return true;
    if (value < 0) drawnBack -= value;
  }
  return drawnBack > maxShift;
}
