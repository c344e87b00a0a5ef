/** The gist of a paper without any language model: the sentence of its abstract that is nearest to the whole of it. */

import { texToPlain } from '#papers/tex/plain.ts';
import type { Embedder } from '#search/embedder.ts';
import { isAddressedToMachines } from './injection.ts';
import { shorten } from './shorten.ts';
import { splitSentences } from './sentences.ts';

/** Characters. Two lines of a mail; half of all sentences of abstracts are shorter. */
export const GIST_LENGTH = 220;
/** Shorter ones are headings, or say "Code is available". */
const LEAST_LENGTH = 40;
/**
 * A long sentence has more of all words and is near to everything; so much is taken off for each `GIST_LENGTH` that it
 * is longer.
 */
const LENGTH_PENALTY = 0.25;
/** What authors say of what they did is the gist more often than what they say of the field. */
const OWN_WORK =
  /\b(?:we (?:\w+ly )?(?:propose|introduce|present|show|develop|study|find|demonstrate|prove|describe|investigate|design|release|build|explore|argue)|this (?:paper|work|article|study)|in this (?:paper|work|article|study))\b/i;
const OWN_WORK_BONUS = 0.06;
const POINTER =
  /\b(?:code|data|dataset|models?|demo|project page|website)\b.{0,80}\b(?:available|released|found) (?:at|on)\b|https?:\/\//i;

/**
 * One sentence of the abstract, plain text, `GIST_LENGTH` characters at most; empty where there is no abstract. Without
 * an embedder, the first sentence that speaks of the authors' own work.
 */
export async function centralSentence(
  { title, abstract }: { title: string; abstract: string },
  embedder: Embedder | undefined,
): Promise<string> {
  const all = splitSentences(texToPlain(abstract)).filter((sentence) => !isAddressedToMachines(sentence));
  const long = all.filter((sentence) => sentence.length >= LEAST_LENGTH && !POINTER.test(sentence));
  const sentences = long.length > 0 ? long : all;
  if (sentences.length < 2) return shorten(sentences[0] ?? '', GIST_LENGTH);
  const near = await nearness(`${texToPlain(title)}. ${all.join(' ')}`, sentences, embedder);
  const scores = sentences.map((sentence, at) => (near[at] ?? 0) - excess(sentence) + own(sentence));
  const best = scores.indexOf(Math.max(...scores));
  return shorten(standingAlone(sentences[best] ?? ''), GIST_LENGTH);
}

/** Words that tie a sentence to the one before it, which is not shown. */
const TIE =
  /^(?:however|first|second|third|then|next|crucially|importantly|interestingly|overall|instead|moreover|furthermore|additionally|in addition|finally|lastly|specifically|in particular|notably|therefore|thus|hence|consequently|to (?:this|that) end|in this (?:paper|work|article|study|contribution)),\s+(?=\p{L})/iu;

/** `(3) We find …`: one of several that are counted, and the others are not shown. */
const COUNTED = /^\(?(?:\d{1,2}|[ivx]{1,4}|[a-h])\)[:,]?\s+(?=\p{L})/u;

function standingAlone(sentence: string): string {
  const rest = sentence.replace(COUNTED, '').replace(TIE, '');
  return rest === sentence ? sentence : rest.charAt(0).toUpperCase() + rest.slice(1);
}

async function nearness(
  whole: string,
  sentences: readonly string[],
  embedder: Embedder | undefined,
): Promise<number[]> {
  if (embedder === undefined) return sentences.map(() => 0);
  const [centre, ...vectors] = await embedder.encode([whole, ...sentences]);
  return vectors.map((vector) => dot(vector, centre));
}

function dot(a: Float32Array, b: Float32Array | undefined): number {
  return a.reduce((sum, value, at) => sum + value * (b?.[at] ?? 0), 0);
}

function excess({ length }: string): number {
  return (LENGTH_PENALTY * Math.max(0, length - GIST_LENGTH)) / GIST_LENGTH;
}

function own(sentence: string): number {
  return OWN_WORK.test(sentence) ? OWN_WORK_BONUS : 0;
}
