import assert from 'node:assert/strict';
import { it } from 'node:test';
import { saysWithdrawn } from './withdrawn.ts';

it('knows how authors and administrators withdraw', () => {
  for (const comments of [
    'Withdrawn',
    'withdrawn.',
    'This paper has been withdrawn by the author due to a crucial sign error in equation 1',
    'Paper withdrawn due to an error in the proof of Lemma 2',
    '12 pages; this submission has been withdrawn by arXiv administrators because of duplication',
    'The article is temporarily withdrawn',
    'Withdrawn from arXiv by the authors',
    '(withdrawn)',
  ]) {
    assert.ok(saysWithdrawn(comments, ''), comments);
  }
  assert.ok(saysWithdrawn(undefined, 'This paper has been withdrawn by the authors because of an error.'));
});

it('is not fooled by other uses of the word', () => {
  for (const comments of [
    'Withdrawn from ICLR 2024, now at ICML',
    'This paper replaces the withdrawn submission arXiv:2301.00001',
    'Supersedes a withdrawn paper',
    '10 pages',
    'Withdrawn papers on arXiv: a study',
  ]) {
    assert.equal(saysWithdrawn(comments, ''), false, comments);
  }
  assert.equal(
    saysWithdrawn(undefined, 'We study how troops were withdrawn. The paper has been withdrawn from X.'),
    false,
  );
});

it('costs nothing where the text is long and hostile', () => {
  const started = process.cpuUsage().user;
  for (const sign of ['.', '. ', ';|', '!\t', 'this paper ', '.the paper has been '])
    assert.equal(saysWithdrawn(sign.repeat(100_000), sign.repeat(100_000)), false);
  // Some milliseconds; a pattern that tries every start takes minutes.
  assert.ok(process.cpuUsage(undefined).user - started < 2_000_000);
});
