/**
 * How near to each other the words of a question stand in papers (Rasolofo and Savoy 2003; Büttcher, Clarke and Lushman
 * 2006): who asks for two or three words mostly means what they say together.
 */

import { informationOfNumber, normsOf, numberOf } from './lexical-index.ts';
import type { LexicalIndex, WeightedTerm } from './lexical-index.ts';
import { textOf } from './texts.ts';

/** Words further apart say nothing together. */
const WINDOW = 8;

/**
 * In the measure of BM25 and the order of `seqs`: each word as often as others stand before or after it, a pair counting
 * one over the square of its distance, and as much as the other word tells. 0 for a paper in which none stand together.
 */
export function nearnessOf(index: LexicalIndex, terms: readonly WeightedTerm[], seqs: Int32Array): Float64Array {
  const { slotOf } = index.texts;
  const numbers = terms.map(({ term }) => index.table.find(term)).filter((number) => number >= 0);
  const information = Float64Array.of(0, ...numbers.map((number) => informationOfNumber(index, number)));
  const scores = new Float64Array(seqs.length);
  if (numbers.length < 2) return scores;
  const normOf = normsOf(index);
  numbers.forEach((number, at) => (slotOf[number + 1] = at + 1));
  for (let at = 0; at < seqs.length; at++) {
    const paper = numberOf(index, seqs[at] as number);
    if (paper >= 0)
      scores[at] = score(besideIn(textOf(index.texts, paper), slotOf, information), information, normOf(paper));
  }
  for (const number of numbers) slotOf[number + 1] = 0;
  return scores;
}

/** By slot: what stands beside the word. The text is as texts.ts has it. */
function besideIn(text: Uint8Array, slotOf: Uint16Array, information: Float64Array): Float64Array {
  const sums = new Float64Array(information.length);
  let last = 0;
  let distance = 0;
  for (let at = 0; at < text.length;) {
    const byte = text[at++] as number;
    let word = byte & 127;
    // Most of the time goes here, so that the first byte has no loop.
    if (byte > 127) {
      for (let shift = 7, next = 128; next > 127; shift += 7) {
        next = text[at++] as number;
        word |= (next & 127) << shift;
      }
    }
    distance++;
    // A section ends: the last word of a title stands beside none of the abstract.
    if (word === 0) last = 0;
    const slot = slotOf[word] as number;
    if (slot === 0) continue;
    if (last > 0 && last !== slot && distance <= WINDOW) {
      const share = 1 / distance ** 2;
      sums[last] = (sums[last] as number) + share * (information[slot] as number);
      sums[slot] = (sums[slot] as number) + share * (information[last] as number);
    }
    last = slot;
    distance = 0;
  }
  return sums;
}

function score(beside: Float64Array, information: Float64Array, norm: number): number {
  let total = 0;
  for (let slot = 1; slot < beside.length; slot++) {
    const sum = beside[slot] as number;
    total += (Math.min(1, information[slot] as number) * sum) / (sum + norm);
  }
  return total;
}
