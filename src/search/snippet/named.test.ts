import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseAuthorName } from '#papers/author-name.ts';
import { fullName } from '#papers/paper.ts';
import type { Paper } from '#papers/paper.ts';
import { parseQuery } from '../query/parse.ts';
import { namedIn } from './named.ts';

const paper = {
  title: 'World models over long horizons',
  abstract: 'We plan.',
  authors: ['Ninad Daithankar', 'Guodong Long', 'Yann LeCun', 'Jürgen Müller'].map(parseAuthorName),
} as Partial<Paper> as Paper;
const named = (text: string) => namedIn(parseQuery(text))(paper).map(fullName);

test('who was asked for by author: is named, by any part of the name, in any spelling', () => {
  assert.deepEqual(named('author:lecun'), ['Yann LeCun']);
  assert.deepEqual(named('author:"lecun, yann" world'), ['Yann LeCun']);
  assert.deepEqual(named('author:Muller author:ninad'), ['Ninad Daithankar', 'Jürgen Müller']);
  assert.deepEqual(named('-author:lecun'), []);
});

test('a word is a name where it is a whole family name that the text does not say', () => {
  assert.deepEqual(named('lecun world models'), ['Yann LeCun']);
  assert.deepEqual(named('yann'), []);
  assert.deepEqual(named('long horizons'), []);
  assert.deepEqual(named('author:long horizons'), ['Guodong Long']);
});
