import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { blend, breakTies, fuse, raise, rankedAt, raiseEntitled } from './fusion.ts';
import type { Ranking } from './fusion.ts';

function order(...candidates: [lexical: number, cosine: number][]): number[] {
  const { seqs } = fuse({
    seqs: Int32Array.from(candidates, (_, at) => at + 1),
    lexical: Float64Array.from(candidates, ([lexical]) => lexical),
    cosines: Float32Array.from(candidates, ([, cosine]) => cosine),
  });
  return [...seqs];
}

test('one of the two alone keeps its order', () => {
  assert.deepEqual(order([0.2, 0], [1, 0], [0.5, 0]), [2, 3, 1]);
  assert.deepEqual(order([0, 0.1], [0, 0.9], [0, -0.2]), [2, 1, 3]);
});

test('of papers with equally good words the one closer in meaning comes first; of equal ones the newer', () => {
  assert.deepEqual(order([0.5, 0.1], [0.5, 0.4], [0.5, 0.1]), [2, 3, 1]);
});

test('meaning turns near-ties of words around, not clear cases', () => {
  assert.deepEqual(order([1, 0.2], [0.95, 0.6]), [2, 1]);
  assert.deepEqual(order([1, 0.2], [0.3, 0.9]), [1, 2]);
});

test('feedback has half of the say', () => {
  assert.equal(blend(1, 0), 0.5);
  assert.equal(blend(0, 1), 0.5);
  assert.equal(blend(0.8, 0.2), 0.5);
});

test('nothing in, nothing out', () => assert.deepEqual(order(), []));

test('each paper keeps what is known of it', () => {
  const ranking = fuse({
    seqs: Int32Array.of(7, 9),
    lexical: Float64Array.of(0.25, 0.5),
    cosines: Float32Array.of(0.5, -0.25),
  });
  const [first, second] = [rankedAt(ranking, 0), rankedAt(ranking, 1)];
  assert.deepEqual([first.seq, first.lexical, first.cosine], [9, 0.5, -0.25]);
  assert.deepEqual([second.seq, second.lexical, second.cosine], [7, 0.25, 0.5]);
  assert.ok(Math.abs(first.score - 0.45) < 1e-8 && Math.abs(second.score - 0.35) < 1e-8);
});

test('the first papers change places by what is added to them, the others stay below', () => {
  const ranking = fuse({
    seqs: Int32Array.of(1, 2, 3, 4),
    lexical: Float64Array.of(1, 0.5, 0.75, 0.25),
    cosines: new Float32Array(4),
  });
  assert.deepEqual([...raise(ranking, Float64Array.of(0, 0.5, 0)).seqs], [3, 1, 2, 4]);
  // Paper 3 draws level with paper 1: the newer comes first.
  assert.deepEqual([...raise(ranking, Float64Array.of(0, 0.25)).seqs], [3, 1, 2, 4]);
  assert.deepEqual(raise(ranking, new Float64Array(0)).seqs, ranking.seqs);
});

test('the very title comes first however low it stood, and a title that begins with the question comes higher', () => {
  const ranking = fuse({
    seqs: Int32Array.of(1, 2, 3),
    lexical: Float64Array.of(1, 0.9, 0.1),
    cosines: new Float32Array(3),
  });
  assert.deepEqual([...raiseEntitled(ranking, Float64Array.of(0, 0, 1)).seqs], [3, 1, 2]);
  assert.deepEqual([...raiseEntitled(ranking, Float64Array.of(0, 0.5, 0)).seqs], [2, 1, 3]);
  assert.equal(raiseEntitled(ranking, new Float64Array(3)), ranking);
});

interface Tied {
  score: number;
  /** Days since some day. */
  day?: number;
  votes?: number;
  isWithdrawn?: boolean;
}

const TODAY = 20_000;

/** Papers 1, 2, … with these scores, falling. */
function broken(papers: readonly Tied[]): Ranking {
  const ranking = {
    seqs: Int32Array.from(papers.keys(), (at) => at + 1),
    lexical: new Float64Array(papers.length),
    cosines: new Float32Array(papers.length),
    scores: Float64Array.from(papers, ({ score }) => score),
  };
  const days = Int32Array.of(0, ...papers.map(({ day = TODAY }) => day));
  const votes = Uint16Array.of(0, ...papers.map(({ votes: count = 0 }) => count));
  const withdrawn = new Set(papers.flatMap(({ isWithdrawn }, at) => (isWithdrawn ? [at + 1] : [])));
  return breakTies(ranking, days, { votes, withdrawn });
}

const places = (...papers: Tied[]) => [...broken(papers).seqs];

test('of papers as good as each other the newer one comes first, whichever arrived first', () => {
  assert.deepEqual(places({ score: 1, day: TODAY - 700 }, { score: 1, day: TODAY }), [2, 1]);
  assert.deepEqual(places({ score: 1, day: TODAY }, { score: 1, day: TODAY - 1 }), [1, 2]);
  assert.deepEqual(places({ score: 1, day: TODAY - 700 }, { score: 0.999 }), [2, 1]);
});

test('votes break a tie as well; as much as a year, if they are five', () => {
  assert.deepEqual(places({ score: 1 }, { score: 1, votes: 1 }), [2, 1]);
  const older = { score: 1, day: TODAY - 365 };
  assert.deepEqual(places({ ...older, votes: 4 }, { score: 1 }), [2, 1]);
  assert.deepEqual(places({ score: 1 }, { ...older, votes: 6 }), [2, 1]);
});

test('neither age nor votes turn around what differs by more than half a percent', () => {
  const old = { score: 1, day: TODAY - 9000 };
  assert.deepEqual(places(old, { score: 0.994, votes: 60_000 }), [1, 2]);
  assert.deepEqual(places(old, { score: 0.996, votes: 60_000 }), [2, 1]);
});

test('a withdrawn paper stands below all that it nearly ties with, and above what is clearly worse', () => {
  const withdrawn = { score: 1, votes: 1000, isWithdrawn: true };
  assert.deepEqual(places(withdrawn, { score: 0.996, day: TODAY - 9000 }, { score: 0.98 }), [2, 1, 3]);
});

test('where all are of one day and nobody voted, nothing changes', () => {
  const scores = [2.25, 1, 1 - 2 ** -40, 0.3, 0, -0.1];
  const { seqs, scores: after } = broken(scores.map((score) => ({ score })));
  assert.deepEqual([...seqs], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...after], scores);
});

test('any papers come out with falling scores, each within half of a near-tie of what it had', () => {
  const paper = fc.record({
    score: fc.double({ min: -0.2, max: 3, noNaN: true }),
    day: fc.integer({ min: 1, max: TODAY }),
    votes: fc.integer({ min: 0, max: 65_535 }),
  });
  fc.assert(
    fc.property(fc.array(paper, { maxLength: 60 }), (papers) => {
      const sorted = papers.toSorted((a, b) => b.score - a.score);
      const { seqs, scores } = broken(sorted);
      assert.deepEqual(
        [...seqs].toSorted((a, b) => a - b),
        sorted.map((_, at) => at + 1),
      );
      seqs.forEach((seq, at) => {
        const { score } = sorted[seq - 1] ?? assert.fail();
        assert.ok(Math.abs((scores[at] ?? NaN) - score) <= 0.0025 * Math.abs(score) + 1e-12);
        const before = scores[at - 1] ?? Infinity;
        assert.ok(before > (scores[at] ?? NaN) || (before === scores[at] && (seqs[at - 1] ?? 0) > seq));
      });
    }),
  );
});
