/** Cuts readable text (no TeX commands) into its sentences. */

/**
 * After these a full stop ends no sentence, whatever follows. `etc.` and `al.` do at times, but then as a rule before
 * a word that begins like one: what is lost is a cut, never the sense.
 */
const ABBREVIATION =
  /(?:^|[\s(["“‘'])(?:e\.?\s?g|i\.?\s?e|et al|al|vs|cf|viz|ca|approx|resp|figs?|eqs?|secs?|sect|tab|ch|vol|pp?|refs?|def|thm|prop|lem|cor|w\.r\.t|a\.k\.a|s\.t|i\.i\.d|dr|mr|mrs|ms|prof|st|jr|sr|inc|ltd|dept|univ|est|ver|v)\.$/i;
/** An initial or a letter of `U.S.`: one capital before the stop. */
const INITIAL = /(?:^|[\s(.-])\p{Lu}\.$/u;
/** `No. 5` */
const NUMBER = /(?:^|[\s(])Nos?\.$/;
/** Where a sentence may end: a mark, closing quotes or brackets, white space, and something that may begin one. */
const END = /[.!?…]["'”’)\]]*(?=\s+["'“‘([{]*[\p{Lu}\p{N}\p{Lt}\p{Lo}\p{Sm}\p{Script=Greek}])/gu;

/** In the order of the text, white space folded; line ends always end a sentence. */
export function splitSentences(text: string): string[] {
  return text
    .split(/\n+/)
    .flatMap(splitParagraph)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);
}

function splitParagraph(text: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const { index, 0: mark } of text.matchAll(END)) {
    const end = index + mark.length;
    const sentence = text.slice(start, end);
    const upToMark = text.slice(start, index + 1);
    if (mark.startsWith('.') && (ABBREVIATION.test(upToMark) || INITIAL.test(upToMark))) continue;
    if (NUMBER.test(upToMark) && /^\s+\d/.test(text.slice(end))) continue;
    if (isOpen(sentence)) continue;
    sentences.push(sentence);
    start = end;
  }
  return [...sentences, text.slice(start)];
}

/** Within brackets that were opened and not closed; those that never are do not hold the rest of the text together. */
function isOpen(sentence: string): boolean {
  const open = Math.max(sentence.lastIndexOf('('), sentence.lastIndexOf('['));
  const closed = Math.max(sentence.lastIndexOf(')'), sentence.lastIndexOf(']'));
  return open > closed && sentence.length - open < LONGEST_ASIDE;
}

/** Characters. */
const LONGEST_ASIDE = 200;
