import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { cut } from './xml-scan.ts';

const RECORDS = new Set(['record']);

function cutAll(xml: string): { records: string[]; frame: string } {
  const records: string[] = [];
  const pieces = cut(xml, RECORDS);
  for (let piece = pieces.next(); ; piece = pieces.next()) {
    if (piece.done) return { records, frame: piece.value };
    records.push(piece.value);
  }
}

describe('cutting a document into records', () => {
  it('yields each record and returns the rest', () => {
    const { records, frame } = cutAll(
      '<?xml version="1.0"?>\n<list><record a="x>y">1</record> <x:record/><token>t</token><!-- <record> --></list>\n',
    );
    assert.deepEqual(records, ['<record a="x>y">1</record>', '<x:record/>']);
    assert.equal(frame, '<?xml version="1.0"?>\n<list> <token>t</token><!-- <record> --></list>\n');
  });

  it('does not take CDATA for markup', () => {
    assert.deepEqual(cutAll('<a><record><![CDATA[</record> <!DOCTYPE]]></record></a>').records, [
      '<record><![CDATA[</record> <!DOCTYPE]]></record>',
    ]);
  });

  it('refuses what is not whole, not balanced, not XML or not safe', () => {
    const cases: [string, RegExp][] = [
      ['', /it is empty/],
      ['Rate exceeded.', /it is not XML/],
      ['{"error": "<b>"}', /it is not XML/],
      ['<!DOCTYPE html><html></html>', /DOCTYPE/],
      ['<a><!DOCTYPE x [<!ENTITY y "z">]></a>', /DOCTYPE/],
      ['<a><record>', /ends in the middle of <record>/],
      ['<a><record></a>', /<\/a> stands where <\/record> should be closed/],
      ['</a>', /stands where nothing/],
      ['<a></a><b></b>', /two root elements/],
      ['<a></a> and more', /it is not XML/],
      ['<a b="', /in the middle of an attribute/],
      ['<a <b>', /"<" inside a tag/],
      ['<a>1 < 2</a>', /begins no element/],
      ['<a><![CDATA[ x </a>', /in the middle of a CDATA section/],
      ['<a>'.repeat(60) + '</a>'.repeat(60), /more than 50 deep/],
    ];
    for (const [xml, reason] of cases) assert.throws(() => cutAll(xml), reason, xml.slice(0, 40));
  });

  it('notices wherever a document is cut off', () => {
    const xml =
      '<?xml version="1.0"?><list a="1"><record><t>x &amp; y</t></record><record b=\'2\'/><!-- c --><token>t</token></list>';
    fc.assert(
      fc.property(fc.integer({ min: 0, max: xml.length - 1 }), (length) =>
        assert.throws(() => cutAll(xml.slice(0, length))),
      ),
    );
  });
});
