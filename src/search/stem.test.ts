import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stem } from './stem.ts';

/** From Snowball's own vocabulary and its output (snowballstem.org/algorithms/english), and words of this trade. */
const STEMS: Record<string, string> = {
  consign: 'consign',
  consigned: 'consign',
  consistency: 'consist',
  consolatory: 'consolatori',
  knackeries: 'knackeri',
  knightly: 'knight',
  knots: 'knot',
  caresses: 'caress',
  ties: 'tie',
  cries: 'cri',
  gas: 'gas',
  kiwis: 'kiwi',
  agreed: 'agre',
  hopping: 'hop',
  hoping: 'hope',
  luxuriated: 'luxuri',
  by: 'by',
  say: 'say',
  youth: 'youth',
  generalization: 'general',
  generalizing: 'general',
  generative: 'generat',
  communism: 'communism',
  skies: 'sky',
  news: 'news',
  succeeding: 'succeed',
  relational: 'relat',
  networks: 'network',
  transformers: 'transform',
  embeddings: 'embed',
  bias: 'bias',
};

test('English words lose their endings as Snowball says', () => {
  for (const [word, stemmed] of Object.entries(STEMS)) assert.equal(stem(word), stemmed, word);
});

test('names, numbers and other scripts stay as they are', () => {
  for (const token of ['gpt4', 'c++', '3.5', 'l1s', '深度', 'is', '']) assert.equal(stem(token), token);
});
