/**
 * Whether what a language model wrote can be printed as the gist of a paper. The model has read foreign text that may
 * have told it what to write, so nothing in its answer is believed: it has to be one plain sentence, and to speak of what
 * the rest of the abstract speaks of. Pure but for the embedder.
 */

import { stem } from '#search/stem.ts';
import type { Embedder } from '#search/embedder.ts';
import { STOP_WORDS } from '#search/lexical/stop-words.ts';
import { tokenize } from '#search/tokens.ts';
import { isAddressedToMachines } from './injection.ts';
import { splitSentences } from './sentences.ts';

/** Characters: a little more than our own, because it is asked for less. */
export const LONGEST_ANSWER = 280;
const SHORTEST_ANSWER = 30;
/** Of the answer's words that say something, so many must be words of the title or the abstract … */
const SHARED_WORDS = 0.6;
/** … and so many of the abstract without the sentence that the answer is most like. */
const SHARED_WITH_REST = 0.2;
/**
 * How near the answer has to be to that rest. Of 4 000 abstracts of arXiv the central sentence has 0.61 in the middle and
 * more than 0.33 in 99 of 100; one of another abstract less than 0.28 in 95, and praise or orders less than 0.2 in 99.
 */
const NEARNESS = 0.33;

/** Links, mail addresses, markup, code, and characters that act on their surroundings. */
const FORBIDDEN =
  /https?:|www\.|\b[\w-]+\.(?:com|org|net|io|ai|example|xyz|dev|app|me|ru|cn)\b|\S@\S|[<>`{}\\|]|\*\*|__|^#|\]\(|[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/iu;

/** The sentence as it can be printed; undefined if it cannot. */
export async function checkAnswer(
  answer: string,
  { title, abstract }: { title: string; abstract: string },
  embedder: Embedder | undefined,
): Promise<string | undefined> {
  const text = answer
    .trim()
    .replace(/^["“](.*)["”]$/s, '$1')
    .trim();
  if (text.length < SHORTEST_ANSWER || text.length > LONGEST_ANSWER || text.includes('\n')) return undefined;
  if (FORBIDDEN.test(text) || isAddressedToMachines(text) || !/[.!?]$/.test(text)) return undefined;
  if (splitSentences(text).length !== 1) return undefined;
  const sentences = splitSentences(abstract);
  const words = [...contentOf(text)];
  const rest = `${title}. ${withoutNearest(sentences, text).join(' ')}`;
  if (share(words, `${title}. ${abstract}`) < SHARED_WORDS || share(words, rest) < SHARED_WITH_REST) return undefined;
  return (await isNear(text, rest, embedder)) ? text : undefined;
}

/** What an answer repeats does not speak for it: a hidden instruction would vouch for its own words. */
function withoutNearest(sentences: readonly string[], answer: string): string[] {
  if (sentences.length < 2) return [...sentences];
  const words = contentOf(answer);
  const shared = sentences.map((sentence) => [...contentOf(sentence)].filter((word) => words.has(word)).length);
  const nearest = shared.indexOf(Math.max(...shared));
  return sentences.filter((_, at) => at !== nearest);
}

function share(words: readonly string[], text: string): number {
  const known = contentOf(text);
  return words.filter((word) => known.has(word)).length / Math.max(1, words.length);
}

function contentOf(text: string): Set<string> {
  return new Set(
    tokenize(text)
      .filter((word) => word.length > 2 && !STOP_WORDS.has(word))
      .map(stem),
  );
}

async function isNear(answer: string, context: string, embedder: Embedder | undefined): Promise<boolean> {
  if (embedder === undefined) return true;
  const [one, other] = await embedder.encode([answer, context]);
  const cosine = one?.reduce((sum, value, at) => sum + value * (other?.[at] ?? 0), 0) ?? 0;
  return cosine >= NEARNESS;
}
