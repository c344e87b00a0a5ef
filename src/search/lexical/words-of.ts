/** The words of a text of texts.ts, where the time of it does not matter; what reads hundreds of them has loops of its own. */

/** Numbers as they are written, in their order: those of the term table plus 1, and 0 between two sections. */
export function wordsOf(text: Uint8Array): number[] {
  const words: number[] = [];
  for (let at = 0; at < text.length;) {
    let word = 0;
    let byte = 128;
    for (let shift = 0; byte > 127; shift += 7) {
      byte = text[at++] as number;
      word |= (byte & 127) << shift;
    }
    words.push(word);
  }
  return words;
}
