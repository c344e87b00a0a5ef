import assert from 'node:assert/strict';
import { test } from 'node:test';
import { citedDoi } from './doi.ts';

test('a paper is cited by the DOI of its journal, else by that of arXiv', () => {
  for (const [id, doi, cited] of [
    ['2310.02541', null, '10.48550/arXiv.2310.02541'],
    ['2310.02541', '', '10.48550/arXiv.2310.02541'],
    ['hep-th/9110025', null, '10.48550/arXiv.hep-th/9110025'],
    ['2310.02541', '10.1000/x_(y)', '10.1000/x_(y)'],
    ['2310.02541', '10.1000/x 10.1000/y', '10.1000/x'],
    ['2310.02541', '10.1000/x, 10.1000/y', '10.1000/x'],
    ['doi:10.1000/x', null, '10.1000/x'],
    ['openreview:rJXMpikCZ', null, null],
  ] as const)
    assert.equal(citedDoi({ id, doi }), cited);
});
