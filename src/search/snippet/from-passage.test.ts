import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderPieces, renderTex } from '#papers/tex/html.ts';
import { parseQuery } from '../query/parse.ts';
import { fromPassage } from './from-passage.ts';
import { wantedBy } from './wanted.ts';

const FILLER = 'Nothing to see in this sentence of many words. '.repeat(8);
const show = (text: string, query: string) => {
  const { before, rest } = fromPassage(text, wantedBy(parseQuery(query)), { length: 60 });
  return { before: renderPieces(before), rest: renderPieces(rest) };
};

test('the rest begins shortly before the words, and nothing of the text is lost', () => {
  const text = `${FILLER}Here quokkas of weight $x_1 < y$ are \\emph{studied}. ${FILLER}`;
  const { before, rest } = show(text, 'quokka');
  assert.match(rest, /^Here <mark>quokkas<\/mark> of weight <math>/);
  assert.equal((before + rest).replaceAll(/<\/?mark>/g, ''), renderTex(text));
});

test('a text whose beginning shows it is left as it is', () => {
  const { before, rest } = show(`Quokkas. ${FILLER}`, 'quokkas');
  assert.equal(before, '');
  assert.match(rest, /^<mark>Quokkas<\/mark>\. Nothing/);
  assert.deepEqual(show(FILLER, 'quokkas'), { before: '', rest: FILLER });
});
