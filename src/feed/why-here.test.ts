import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Paper } from '#papers/paper.ts';
import { days, whyHere } from './why-here.ts';

const paper = { publishedOn: '2026-01-05' } as Paper;
const parts = {
  voters: 12,
  commenters: 0,
  newcomers: 0,
  starsPerDay: 0,
  shares: { publication: 8, established: 92, newcomers: 0, stars: 0 },
  lift: 3.7,
};
const at = Date.parse('2026-01-08T17:00:00Z');
const why = (votes: number, more: Partial<typeof parts> = {}, comments = 0) =>
  whyHere({ paper, votes, comments, trending: { at, parts: { ...parts, ...more } } }).join(' ');

test('the words say who voted, and what it does to the paper’s place', () => {
  assert.equal(
    why(12),
    '12 people voted for it. It was published on Jan 5, 2026. All this lifts it by 3.7 days, to where a paper without votes stands that is published on Jan 8, 2026.',
  );
});

test('an old paper that people turn to is not lifted by a thousand days', () => {
  assert.match(
    why(12, { lift: 1_951 }),
    /All this puts it where a paper without votes stands that is published on Jan 8, 2026/,
  );
});

test('one is not “1 people”', () => {
  assert.match(
    why(1, { voters: 1, commenters: 1, newcomers: 1 }),
    /^One person voted for it, and one more discusses it\. One of them has a new account/,
  );
  assert.match(why(0, { voters: 0, commenters: 1 }), /^One person discusses it\./);
  assert.match(why(0, { voters: 0, starsPerDay: 1 }), /^Its code gains 1 star a day\./);
});

test('of new accounts it is said as people say it', () => {
  const young = (voters: number, newcomers: number) => why(voters, { voters, newcomers });
  assert.match(young(1, 1), /^One person voted for it\. Their account is new, which weighs less\./);
  assert.match(young(2, 2), /^2 people voted for it\. Both have a new account/);
  assert.match(young(3, 3), /^3 people voted for it\. All have a new account/);
  assert.match(young(3, 2), /^3 people voted for it\. 2 of them have a new account/);
});

test('comments of people who voted are named, and that they count no more', () => {
  assert.match(why(12, {}, 3), /^12 people voted for it\. Its 3 comments do not count besides: who votes and comments/);
  assert.match(why(12, {}, 1), /Its comment does not count besides/);
  assert.doesNotMatch(why(12, { commenters: 1 }, 3), /besides/);
});

test('votes that do not count are told', () => {
  assert.match(why(13), /One vote is not counted/);
  assert.match(why(15), /3 votes are not counted/);
  assert.doesNotMatch(why(12), /not counted/);
});

test('without votes the date is all there is', () => {
  const alone = (votes: number) => whyHere({ paper, votes, comments: 0, trending: { at, parts: undefined } }).join(' ');
  assert.match(alone(0), /Nobody has voted for it yet, so it stands at its date\./);
  assert.match(alone(1), /Nobody but its submitter/);
  assert.match(whyHere({ paper, votes: 0, comments: 0, trending: undefined }).join(' '), /has just come in/);
});

test('spans of time are rounded as people say them', () => {
  assert.deepEqual([0.01, 0.28, 0.99, 1, 1.04, 4.25, 9.96, 33.4].map(days), [
    '1 hour',
    '7 hours',
    '24 hours',
    '1 day',
    '1 day',
    '4.3 days',
    '10 days',
    '33 days',
  ]);
});
