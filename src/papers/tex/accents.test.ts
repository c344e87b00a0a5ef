import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeAccents } from './accents.ts';

const names: [given: string, shown: string][] = [
  ["Poincar\\'e", 'Poincaré'],
  ['G\\"{o}del', 'Gödel'],
  ['G{\\"o}del', 'Gödel'],
  ['G{\\"{o}}del', 'Gödel'],
  ['\\v{S}koda', 'Škoda'],
  ['{\\v s}', 'š'],
  ['Bj{\\o}rn', 'Bjørn'],
  ['Bj\\o rn', 'Bjørn'],
  ['Stra\\ss{}e', 'Straße'],
  ['{\\L}ukasz', 'Łukasz'],
  ["Mart\\'{\\i}nez", 'Martínez'],
  ["Mart\\'\\i nez", 'Martínez'],
  ['Erd\\H{o}s', 'Erdős'],
  ['Fran\\c{c}ois', 'François'],
  ["Nguy\\~{\\^e}n Ph\\'{\\^o}", 'Nguyễn Phố'],
  ['\\AA ngstr\\"om', 'Ångström'],
  ['Ho\\`ang', 'Hoàng'],
];

for (const [given, shown] of names) {
  test(`${given} is ${shown}`, () => assert.equal(decodeAccents(given), shown));
}

test('what is no accent stays as given', () => {
  for (const text of ['\\url{x}', '\\cite{a}', '\\. Bar', '\\alpha', '\\', "\\'", '{x}', "\\'{", '\\v{', '\\"{}']) {
    assert.equal(decodeAccents(text), text);
  }
});

test('a long wall of accents is read once, not again and again', () => {
  const wall = "\\'{".repeat(200_000);
  assert.equal(decodeAccents(wall), wall);
});
