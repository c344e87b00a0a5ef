import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addPapers, createLexicalIndex } from './lexical/lexical-index.ts';
import type { LexicalIndex } from './lexical/lexical-index.ts';
import { packPaper } from './lexical/terms.ts';
import { parseQuery } from './query/parse.ts';
import { printQuery } from './query/print.ts';
import { asTyped, respell } from './respell.ts';

/** As many papers as are said, each with its text as abstract. */
function papers(...texts: [text: string, times: number][]): LexicalIndex {
  const index = createLexicalIndex();
  const abstracts = texts.flatMap(([text, times]) => Array.from({ length: times }, () => text));
  addPapers(
    index,
    abstracts.map((abstract, at) => ({
      seq: at + 1,
      packed: packPaper({ title: 'On it', abstract, authors: ['Anna Ilusio'], categories: 'cs.LG' }),
    })),
  );
  return index;
}

function meant(index: LexicalIndex, typed: string): string {
  return printQuery(respell(index, parseQuery(typed)).query);
}

test('two words are one where papers write them together', () => {
  const index = papers(
    ['DINOv3 segments', 20],
    ['dino eats v3', 3],
    ['multi-agent systems', 20],
    ['time series', 20],
    ['timeseries', 3],
  );
  assert.equal(meant(index, 'dino v3 features'), 'dinov3 features');
  assert.equal(meant(index, 'multi agent systems'), 'multi agent systems');
  assert.equal(meant(index, 'time series'), 'time series');
});

test('a word that no paper has is the one that it is a slip of', () => {
  const index = papers(['language models hallucinate with attention', 30], ['agents', 40]);
  assert.equal(meant(index, 'models halucinate'), 'models hallucinate');
  assert.equal(meant(index, 'atention'), 'attention');
  assert.equal(meant(index, 'langauge'), 'language');
  for (const unknown of ['zebra', 'gpt7', 'lan', 'модель']) assert.equal(meant(index, unknown), unknown);
});

test('an error that stands in a paper is one, but a name or a word of a title is not', () => {
  const index = papers(['illusion of thinking', 400], ['ilusion', 2]);
  assert.equal(meant(index, 'ilusion'), 'illusion');
  assert.equal(meant(index, 'ilusio'), 'ilusio');
});

test('phrases, exclusions and conditions stay as they were typed', () => {
  const index = papers(['language models hallucinate', 30]);
  const typed = '"halucinate" -halucinate author:halucinate category:cs.LG';
  assert.equal(meant(index, typed), typed);
});

test('what was respelt can be looked for as it was typed', () => {
  const index = papers(['DINOv3 hallucinates', 30]);
  const query = parseQuery('a dino v3 halucinates sort:new');
  const { changes } = respell(index, query);
  assert.deepEqual(changes, [
    { typed: 'dino v3', meant: 'dinov3' },
    { typed: 'halucinates', meant: 'hallucinates' },
  ]);
  const [first] = changes;
  assert.ok(first);
  assert.equal(printQuery(asTyped(query, first)), 'a "dino v3" halucinates sort:new');
});
