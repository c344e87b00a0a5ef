import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { FORMULA } from './formula.ts';
import { countedPeople } from './people.ts';
import { trendingBy, trendingParts, trendingScore } from './score.ts';
import { MS_PER_DAY } from './signals.ts';
import type { Deed, Signals } from './signals.ts';

const NOW = Date.parse('2026-01-08T12:00:00Z');
const YEAR = 365 * MS_PER_DAY;
/** Sums of powers of two in another order differ in their last digits; a ten-thousandth of a second does not matter. */
const CLOSE = 1e-9;

/** How long ago these people made their accounts, in days: an account has one age at a time. */
const ACCOUNTS = [0, 0.01, 1, 3, 6, 6.99, 7, 7.01, 10, 40, 200, 400, 4_000];

const deed: fc.Arbitrary<Deed> = fc
  .record({
    user: fc.nat(ACCOUNTS.length - 1),
    kind: fc.constantFrom('vote' as const, 'comment' as const),
    at: fc.integer({ min: NOW - YEAR, max: NOW }),
  })
  .map(({ user, kind, at }) => deedOf(user, kind, at));

function deedOf(user: number, kind: Deed['kind'], at: number): Deed {
  const created = NOW - (ACCOUNTS[user] ?? 0) * MS_PER_DAY;
  return { userId: `user ${user}`, kind, at, accountAge: Math.max(0, at - created) };
}

const paper: fc.Arbitrary<Signals> = fc.record(
  {
    publishedAt: fc.integer({ min: NOW - 20 * YEAR, max: NOW }),
    deeds: fc.array(deed, { maxLength: 30 }),
    submitterId: fc.constantFrom('user 0', 'nobody else'),
    stars: fc.record({ perDay: fc.nat(10_000), at: fc.integer({ min: NOW - YEAR, max: NOW }) }),
  },
  { requiredKeys: ['publishedAt', 'deeds'] },
);

const established = 5 * YEAR;
const votes = (people: number, more: Partial<Deed> = {}): Deed[] =>
  Array.from({ length: people }, (_, index) => ({
    userId: `voter ${index}`,
    kind: 'vote',
    at: NOW,
    accountAge: established,
    ...more,
  }));
const fresh: Signals = { publishedAt: NOW, deeds: [] };

test('what somebody does now never lowers the score', () => {
  fc.assert(
    fc.property(paper, fc.nat(ACCOUNTS.length - 1), fc.constantFrom('vote', 'comment'), (signals, user, kind) => {
      const deeds = [...signals.deeds, deedOf(user, kind, NOW)];
      assert.ok(trendingScore({ ...signals, deeds }) >= trendingScore(signals) - CLOSE);
    }),
    { numRuns: 2_000 },
  );
});

test('more stars never lower the score', () => {
  fc.assert(
    fc.property(paper, fc.nat(1_000), fc.nat(1_000), (signals, some, more) => {
      const withStars = (perDay: number) => trendingScore({ ...signals, stars: { perDay, at: NOW } });
      assert.ok(withStars(some + more) >= withStars(some));
    }),
  );
});

test('the order of two papers is the same after any common shift of time', () => {
  const shifted = (signals: Signals, by: number): Signals => ({
    ...signals,
    publishedAt: signals.publishedAt + by,
    deeds: signals.deeds.map((one) => ({ ...one, at: one.at + by })),
    stars: signals.stars && { ...signals.stars, at: signals.stars.at + by },
  });
  fc.assert(
    fc.property(paper, paper, fc.integer({ min: -20 * YEAR, max: 20 * YEAR }), (one, other, by) => {
      const before = trendingScore(one) - trendingScore(other);
      const after = trendingScore(shifted(one, by)) - trendingScore(shifted(other, by));
      assert.ok(Math.abs(before - after) < CLOSE);
      if (Math.abs(before) > CLOSE) assert.equal(Math.sign(before), Math.sign(after));
    }),
  );
});

test('nobody moves a paper twice', () => {
  fc.assert(
    fc.property(paper, fc.nat(100), (signals, pick) => {
      const voted: Deed[] = signals.deeds.filter(({ kind }) => kind === 'vote');
      const again = voted[pick % Math.max(1, voted.length)];
      if (again === undefined) return;
      for (const kind of ['vote', 'comment'] as const) {
        const deeds: Deed[] = [...signals.deeds, { ...again, kind, at: NOW, accountAge: 20 * YEAR }];
        assert.equal(trendingScore({ ...signals, deeds }), trendingScore(signals));
      }
    }),
  );
});

test('votes of established accounts that were added up weigh what they weigh one by one', () => {
  const times = fc.array(fc.integer({ min: NOW - YEAR, max: NOW }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(
      paper,
      times,
      fc.integer({ min: 0, max: YEAR }),
      ({ publishedAt, stars, ...signals }, votedAt, later) => {
        const people = countedPeople(signals);
        const old = votedAt.map((at) => ({ at, voted: true, accountAge: established }));
        const newest = Math.max(...votedAt);
        const at = newest + later;
        const votes = old.reduce((sum, one) => sum + 2 ** ((one.at - at) / MS_PER_DAY / FORMULA.halfLife), 0);
        const added = trendingBy({ people, sum: { people: old.length, votes, at, newest } }, { publishedAt, stars });
        const single = trendingBy({ people: [...people, ...old] }, { publishedAt, stars });
        assert.ok(Math.abs(added.score - single.score) < CLOSE);
        const { lift: _, ...parts } = added.parts;
        assert.partialDeepStrictEqual(single.parts, { ...parts, shares: single.parts.shares });
        for (const [name, share] of Object.entries(parts.shares))
          assert.ok(Math.abs(share - single.parts.shares[name as keyof typeof parts.shares]) <= 1);
      },
    ),
  );
});

test('the order in which deeds are read does not matter', () => {
  fc.assert(
    fc.property(paper, (signals) => {
      const reversed = { ...signals, deeds: signals.deeds.toReversed() };
      assert.ok(Math.abs(trendingScore(reversed) - trendingScore(signals)) < CLOSE);
    }),
  );
});

test('a paper without votes stands at its date, and the first vote lifts it by one half-life', () => {
  assert.equal(trendingScore(fresh), NOW / MS_PER_DAY);
  assert.equal(trendingParts(fresh).lift, 0);
  assert.equal(trendingParts({ ...fresh, deeds: votes(1) }).lift, FORMULA.halfLife);
});

test('code without new stars leaves an old paper at its date', () => {
  const old = { publishedAt: NOW - 20 * YEAR, deeds: [], stars: { perDay: 0, at: NOW } };
  assert.equal(trendingScore(old), old.publishedAt / MS_PER_DAY);
});

test('each further vote lifts less than the one before', () => {
  const lifts = [0, 1, 2, 3, 4, 5].map((people) => trendingParts({ ...fresh, deeds: votes(people) }).lift);
  const steps = lifts.slice(1).map((lift, index) => lift - (lifts[index] ?? 0));
  assert.ok(steps.every((step, index) => step > 0 && step <= (steps[index - 1] ?? Infinity)));
});

test('its submitter and two fresh accounts weigh less than one reader who has been here for a week', () => {
  const submitter: Deed = { userId: 'submitter', kind: 'vote', at: NOW, accountAge: established };
  const pushed = { ...fresh, submitterId: 'submitter', deeds: [submitter, ...votes(2, { accountAge: 600_000 })] };
  const read = { ...fresh, deeds: votes(1, { accountAge: 7 * MS_PER_DAY }) };
  assert.ok(trendingScore(pushed) < trendingScore(read));
  assert.ok(trendingParts(pushed).lift < FORMULA.halfLife / 3);
});

test('a hundred fresh accounts weigh less than one established one', () => {
  assert.ok(
    trendingScore({ ...fresh, deeds: votes(100, { accountAge: 0 }) }) < trendingScore({ ...fresh, deeds: votes(1) }),
  );
});

test('where everybody is new, votes still make an order', () => {
  const some = trendingScore({ ...fresh, deeds: votes(2, { accountAge: 0 }) });
  const more = trendingScore({ ...fresh, deeds: votes(3, { accountAge: 0 }) });
  assert.ok(more > some && some > trendingScore(fresh));
});

test('what the submitter does changes nothing', () => {
  const own: Deed[] = [
    { userId: 'me', kind: 'vote', at: NOW, accountAge: established },
    { userId: 'me', kind: 'comment', at: NOW, accountAge: established },
  ];
  assert.equal(trendingScore({ ...fresh, submitterId: 'me', deeds: own }), trendingScore(fresh));
});

test('much-voted papers of the week lead unknown ones of today, and fall behind within the month', () => {
  const voted = (days: number): Signals => ({
    publishedAt: NOW - days * MS_PER_DAY,
    deeds: votes(60, { at: NOW - days * MS_PER_DAY }),
  });
  assert.ok(trendingScore(voted(5)) > trendingScore(fresh));
  assert.ok(trendingScore(voted(30)) < trendingScore(fresh));
});

test('an old paper that people turn to now trends', () => {
  const old: Signals = { publishedAt: NOW - 20 * YEAR, deeds: votes(10) };
  assert.ok(trendingScore(old) > trendingScore({ ...fresh, deeds: votes(5) }));
});

test('the parts say who counted and what for', () => {
  const deeds: Deed[] = [
    ...votes(3),
    { userId: 'voter 0', kind: 'comment', at: NOW, accountAge: established },
    { userId: 'talker', kind: 'comment', at: NOW, accountAge: established },
    { userId: 'new', kind: 'vote', at: NOW, accountAge: 0 },
  ];
  const parts = trendingParts({ ...fresh, deeds, stars: { perDay: 100, at: NOW } });
  assert.deepEqual(
    { voters: parts.voters, commenters: parts.commenters, newcomers: parts.newcomers, stars: parts.starsPerDay },
    { voters: 4, commenters: 1, newcomers: 1, stars: 100 },
  );
  const { publication, established: people, newcomers, stars } = parts.shares;
  assert.ok(people > stars && stars > newcomers && publication > newcomers);
  assert.ok(Math.abs(publication + people + newcomers + stars - 100) <= 2);
});
