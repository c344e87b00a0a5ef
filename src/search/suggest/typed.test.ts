import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readTyped } from './typed.ts';

/** `a*` for a prefix; ways are separated by `|`, words by a comma. */
const read = (text: string) =>
  readTyped(text)
    .map(({ ways }) =>
      ways.map((way) => way.map((token) => `${token.text}${token.isPrefix ? '*' : ''}`).join(' ')).join(' | '),
    )
    .join(', ');

test('the last word may be unfinished, unless a space follows it', () => {
  assert.equal(read('attention is al'), 'attention, is, al*');
  assert.equal(read('attention is all '), 'attention, is, all');
  assert.equal(read('Schröd'), 'schrod*');
  assert.equal(read(''), '');
  assert.equal(read(' … “'), '');
});

test('compounds are their parts or written together; where the parts say less, only written together', () => {
  assert.equal(read('multi-agent sys'), 'multiagent | multi agent, sys*');
  assert.equal(read('multi-ag'), 'multiag* | multi ag*');
  assert.equal(read('gpt-4'), 'gpt4*');
  assert.equal(read('t-SNE '), 'tsne');
  assert.equal(read('state-of-the-art'), 'state of the art*');
  assert.equal(read('c++'), 'c++*');
});
