import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { arxivMonth, isArxivId, isPaperId, parseArxivId, parsePaperId } from './ids.ts';

const accepted: [string, string, number?][] = [
  ['2310.02541', '2310.02541'],
  ['2310.02541v2', '2310.02541', 2],
  ['  arXiv:2310.02541V12 ', '2310.02541', 12],
  ['arXiv:2310.02541v1 [cs.LG] 3 Oct 2023', '2310.02541', 1],
  ['0704.0001', '0704.0001'],
  ['1412.9999', '1412.9999'],
  ['1501.00001', '1501.00001'],
  ['hep-th/9110025', 'hep-th/9110025'],
  ['HEP-TH/9110025V1', 'hep-th/9110025', 1],
  ['math.GT/0309136', 'math/0309136'],
  ['cond-mat.mes-hall/0605123', 'cond-mat/0605123'],
  ['https://arxiv.org/abs/2310.02541', '2310.02541'],
  ['http://www.arxiv.org/pdf/2310.02541v3.pdf', '2310.02541', 3],
  ['https://export.arxiv.org/html/2310.02541v1#S2', '2310.02541', 1],
  ['arxiv.org/abs/math/0309136?context=math.GT', 'math/0309136'],
  ['https://arxiv.org/abs/hep-th%2F9110025/', 'hep-th/9110025'],
  ['https://huggingface.co/papers/2310.02541', '2310.02541'],
  ['https://doi.org/10.48550/arXiv.2310.02541', '2310.02541'],
  ['oai:arXiv.org:2508.13426v1', '2508.13426', 1],
];

const rejected = [
  '',
  'hello',
  '2313.00001',
  '2300.00001',
  '0703.0001',
  '1412.00001',
  '1501.0001',
  '2310.025411',
  '2310.00000',
  '2310.02541v0',
  'hep-th/9106001',
  'hep-th/0704001',
  'hep-th/9113001',
  'hep-th/9110000',
  'foo/9110025',
  'cs.LG',
  'https://example.org/abs/2310.02541',
  '2310.02541 and more',
  `2310.02541?${'x'.repeat(300)}`,
];

describe('parseArxivId', () => {
  for (const [text, id, version] of accepted) {
    it(`reads ${text.trim()}`, () =>
      assert.deepEqual(parseArxivId(text), version === undefined ? { id } : { id, version }));
  }

  for (const text of rejected) {
    it(`refuses ${JSON.stringify(text.slice(0, 40))}`, () => assert.equal(parseArxivId(text), undefined));
  }

  const month = fc.integer({ min: 1, max: 12 }).map((value) => String(value).padStart(2, '0'));
  const newId = fc
    .tuple(fc.integer({ min: 8, max: 90 }), month, fc.integer({ min: 1, max: 9999 }))
    .map(([year, monthText, number]) => {
      const period = String(year).padStart(2, '0') + monthText;
      return `${period}.${String(number).padStart(Number(period) < 1501 ? 4 : 5, '0')}`;
    });
  const oldId = fc
    .tuple(
      fc.constantFrom('hep-th', 'math', 'cs', 'q-bio'),
      fc.integer({ min: 92, max: 106 }),
      month,
      fc.integer({ min: 1, max: 999 }),
    )
    .map(
      ([archive, year, monthText, number]) =>
        `${archive}/${String(year % 100).padStart(2, '0')}${monthText}${String(number).padStart(3, '0')}`,
    );

  it('reads every id from every spelling', () => {
    const spell = fc.constantFrom(
      (id: string) => id,
      (id: string) => id.toUpperCase(),
      (id: string) => `arXiv:${id}`,
      (id: string) => `https://arxiv.org/abs/${id}`,
      (id: string) => `http://export.arxiv.org/pdf/${id}.pdf`,
    );
    fc.assert(
      fc.property(fc.oneof(newId, oldId), spell, fc.option(fc.integer({ min: 1, max: 99 })), (id, spelled, version) => {
        const found = parseArxivId(spelled(version === null ? id : `${id}v${version}`));
        assert.deepEqual(found, version === null ? { id } : { id, version });
      }),
    );
  });

  it('gives only ids that it would read again as they are', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z.-]{0,9}\/?\d{0,7}\.?\d{0,6}(v\d)?$/), (text) => {
        const found = parseArxivId(text);
        if (found) assert.ok(isPaperId(found.id));
      }),
    );
  });
});

describe('isPaperId', () => {
  it('knows ids as they are stored, and no other spelling', () => {
    for (const id of ['2310.02541', 'hep-th/9110025', 'doi:10.1000/xyz', 'openreview:rJXMpikCZ'])
      assert.ok(isPaperId(id), id);
    for (const id of [
      '2310.02541v1',
      'HEP-TH/9110025',
      'math.GT/0309136',
      'doi:',
      'doi:a b',
      'DOI:10.1000/xyz',
      'doi:10.1000/XYZ',
      'foo:bar',
    ])
      assert.ok(!isPaperId(id), id);
  });
});

describe('parsePaperId', () => {
  for (const [text, id] of [
    ['arXiv:2310.02541v2', '2310.02541'],
    ['doi:10.48550/arXiv.2310.02541', '2310.02541'],
    ['DOI: 10.1000/XYZ', 'doi:10.1000/xyz'],
    ['openreview:rJXMpikCZ', 'openreview:rJXMpikCZ'],
    ['OpenReview:rJXMpikCZ', 'openreview:rJXMpikCZ'],
  ] as const) {
    it(`reads ${text}`, () => {
      assert.equal(parsePaperId(text), id);
      assert.ok(isPaperId(id));
    });
  }

  it('refuses what is no id', () => {
    for (const text of ['', 'doi:', 'doi:a b', 'foo:bar', `doi:${'x'.repeat(300)}`])
      assert.equal(parsePaperId(text), undefined, text.slice(0, 40));
  });
});

describe('an id of arXiv', () => {
  it('is told from others', () => {
    assert.deepEqual(['2310.02541', 'math/0309136', 'openreview:rJXMpikCZ', '2310.02541v1'].map(isArxivId), [
      true,
      true,
      false,
      false,
    ]);
  });

  it('says its month', () => {
    for (const [id, month] of [
      ['2310.02541', '2023-10'],
      ['0704.0001', '2007-04'],
      ['math/0309136', '2003-09'],
      ['hep-th/9110025', '1991-10'],
      ['doi:10.1000/2310', undefined],
    ] as const)
      assert.equal(arxivMonth(id), month, id);
  });
});
