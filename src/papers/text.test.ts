import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { codePoint } from '../../test/code-point.ts';
import { cleanAbstract, cleanText } from './text.ts';

describe('cleanText', () => {
  it('folds white space of every kind and keeps TeX', () => {
    assert.equal(cleanText('  A\n  $\\mathbb{R}^2$ \t title\u00a0here\u2028 '), 'A $\\mathbb{R}^2$ title here');
  });

  it('drops what no page or database should see', () => {
    assert.equal(
      cleanText('nul\u0000l, bell\u0007, \u202Eoverride\u202C, zero\u200Bwidth'),
      'null, bell, override, zerowidth',
    );
    assert.equal(cleanText('broken \ud800 pair'), 'broken \ufffd pair');
  });

  it('keeps joiners, which Persian and emoji need', () => {
    assert.equal(cleanText('می\u200cخواهم 👩\u200d🔬'), 'می\u200cخواهم 👩\u200d🔬');
  });

  it('gives one clean line for anything, and the same line again', () => {
    fc.assert(
      fc.property(fc.string({ unit: codePoint }), (text) => {
        const clean = cleanText(text);
        assert.doesNotMatch(clean, /[\n\t\0]|^ | $| {2}/);
        assert.ok(clean.isWellFormed());
        assert.equal(cleanText(clean), clean);
      }),
    );
  });
});

describe('cleanAbstract', () => {
  it('joins wrapped lines and begins a paragraph at an indented one', () => {
    const text = '  We describe a method\nthat works.\n  It is fast,\nand small.\n';
    assert.equal(cleanAbstract(text), 'We describe a method that works.\nIt is fast, and small.');
  });

  it('begins a paragraph after an empty line', () => {
    assert.equal(cleanAbstract('One\r\ntwo.\r\n\r\n\r\nThree.'), 'One two.\nThree.');
  });

  it('takes indentation for layout where every line has it', () => {
    assert.equal(
      cleanAbstract('\n      We describe\n      a method\n      that works.\n    '),
      'We describe a method that works.',
    );
  });

  it('has nothing to do for an empty one', () => {
    assert.equal(cleanAbstract(' \n \n'), '');
  });
});
