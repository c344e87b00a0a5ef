import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { undouble } from './undouble.ts';

const doubled = (text: string) => Buffer.from(text, 'utf8').toString('latin1');

it('mends what the query API doubles', () => {
  assert.equal(undouble('Dirk WÃ¼bben'), 'Dirk Wübben');
  assert.equal(undouble(doubled('Florian Kroiß')), 'Florian Kroiß');
  assert.equal(undouble(doubled('the function $γ$ of 王')), 'the function $γ$ of 王');
});

it('leaves text alone that is as it should be', () => {
  for (const text of ['Dirk Wübben', '«CAFÉ»', 'Ã', '90 °C ± 5', 'naïve Ångström', '王小明 Ã¼'])
    assert.equal(undouble(text), text);
});

it('mends any doubled text', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => assert.equal(undouble(doubled(text)), text)));
});
