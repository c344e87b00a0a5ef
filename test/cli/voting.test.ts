import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Db } from '#schema.ts';
import { gather, sendVote } from '../crowd.ts';
import { dialects, openTestDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';

const PEOPLE = 100;

for (const dialect of dialects) {
  test(`a hundred people at once on two servers, double clicks included, are counted exactly (${dialect})`, async () => {
    await using database = await openTestDatabase(dialect);
    await save(database.db, makeDraft(1), makeDraft(2));
    await using crowd = await gather(database.settings, { people: PEOPLE, servers: 2 });
    const url = (number: number) => crowd.urls[number % crowd.urls.length] ?? '';
    // Both clicks of a double click, each at another server; every tenth changes their mind afterwards.
    await Promise.all(
      crowd.people.flatMap(({ cookie }, number) =>
        [0, 1].map(async (click) => await sendVote(url(number + click), '2601.00001', cookie, true)),
      ),
    );
    const leaving = crowd.people.filter((_, number) => number % 10 === 0);
    assert.equal(await shownBy(crowd.urls, '2601.00001'), `${PEOPLE} ${PEOPLE}`);
    await Promise.all(
      leaving.flatMap(({ cookie }, number) =>
        [0, 1].map(async (click) => await sendVote(url(number + click), '2601.00001', cookie, false)),
      ),
    );
    const left = PEOPLE - leaving.length;
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // pages are kept for a second
    assert.equal(await shownBy(crowd.urls, '2601.00001'), `${left} ${left}`);
    const tally = await database.db.selectFrom('paper_tallies').select(['paper_id', 'upvotes']).execute();
    assert.deepEqual({ ...tally[0] }, { paper_id: '2601.00001', upvotes: left });
    assert.equal(await rankedBy(database.db, '2601.00001', left), left);
  });
}

/** What each server's page says. */
async function shownBy(urls: readonly string[], paperId: string): Promise<string> {
  const counts: (string | undefined)[] = [];
  for (const url of urls) {
    const page = await (await fetch(`${url}/papers/${paperId}`)).text();
    counts.push(/\/upvote">.*?<b>(\d+)<\/b>/s.exec(page)?.[1]);
  }
  return counts.join(' ');
}

/** The votes with which the trending lists have it, once those are as many as `wanted`, or after ten seconds. */
async function rankedBy(db: Db, paperId: string, wanted: number): Promise<number | undefined> {
  for (let tries = 100; ; tries -= 1) {
    const row = await db
      .selectFrom('trending')
      .innerJoin('papers', 'papers.seq', 'trending.seq')
      .select('trending.upvotes')
      .where('papers.id', '=', paperId)
      .executeTakeFirst();
    if (row?.upvotes === wanted || tries === 0) return row?.upvotes;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
