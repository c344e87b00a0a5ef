import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { rankDue } from '#ranking/rank-due.ts';
import { FORMULA } from '#ranking/formula.ts';
import { trendingScore } from '#ranking/score.ts';
import { indexPapers } from '#search/index-papers.ts';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Person, TestSite } from '../site.ts';

const paper = (number: number) => makeDraft(number).id;

for (const dialect of dialects) {
  describe(`trending pages (${dialect})`, () => {
    let site: TestSite;
    let people: Person[];
    before(async () => {
      site = await openSite({ dialect, starter: false, settings: { REGISTRATION: 'open' } });
      await save(
        site.db,
        ...Array.from({ length: 60 }, (_, index) => makeDraft(index + 1)),
        makeDraft(70, { publishedOn: '2025-12-20', announcedOn: '2025-12-22' }),
        makeDraft(80, { publishedOn: '2025-10-01', announcedOn: '2025-10-02' }),
      );
      await rankDue({ db: site.db, now: site.clock.now() });
      people = [];
      for (const name of ['ada', 'bob', 'eve']) people.push(await site.signIn(`${name}@lab.example`));
      // They have been here for long.
      await site.db.updateTable('users').set({ created_at: 0 }).execute();
    });
    after(async () => await site[Symbol.asyncDispose]());

    const idsOn = (html: string) =>
      [...html.matchAll(/<article class="[^"]*" id="p-([^"]+)"/g)].map((match) => match[1]);
    const idsAt = async (path: string) => {
      const page = await site.get(path);
      assert.equal(page.status, 200, page.text.slice(0, 300));
      return idsOn(page.html);
    };
    const vote = async (voters: number, number: number) => {
      for (const person of people.slice(0, voters)) {
        assert.equal((await person.post(`/papers/${paper(number)}/upvote`, { voted: '1' })).status, 303);
      }
      await site.app.later.settled();
    };

    test('votes reorder the page without anybody waiting for a job, and it says why', async () => {
      assert.equal((await idsAt('/papers/trending'))[0], paper(60), 'the newest in the database, before anybody voted');
      await vote(2, 7);
      await vote(3, 9);
      assert.deepEqual((await idsAt('/papers/trending')).slice(0, 3), [paper(9), paper(7), paper(60)]);
      const { text } = await site.get('/papers/trending');
      assert.match(
        text,
        /Why is it here\? 3 people voted for it\. It was published on Jan 5, 2026\. All this lifts it by/,
      );
      assert.match(text, /Why is it here\? It was published on Jan 5, 2026\. Nobody has voted for it yet/);
      await people[2]?.post(`/papers/${paper(9)}/upvote`, { voted: '0' });
      await people[1]?.post(`/papers/${paper(9)}/upvote`, { voted: '0' });
      await site.app.later.settled();
      assert.deepEqual((await idsAt('/papers/trending')).slice(0, 2), [paper(7), paper(9)]);
    });

    test('each order in each period', async () => {
      await vote(1, 70);
      await vote(3, 80);
      await people[0]?.post(`/papers/${paper(3)}/comments`, { body: 'Interesting.' });
      await site.app.later.settled();
      const first = async (query: string) => (await idsAt(`/papers/trending?${query}`))[0];
      assert.equal(await first('sort=upvotes'), paper(80));
      assert.equal(await first('sort=upvotes&period=week'), paper(7));
      assert.equal(await first('sort=comments'), paper(3));
      assert.equal(await first('sort=comments&period=day'), paper(3));
      assert.equal(await first('period=day'), paper(7));
      assert.ok((await idsAt('/papers/trending?sort=upvotes&period=month')).includes(paper(70)));
      assert.ok(!(await idsAt('/papers/trending?sort=upvotes&period=week')).includes(paper(70)));
      const newest = await idsAt('/papers/trending?sort=publishedAt');
      assert.ok(!newest.includes(paper(70)) && newest.length === 50);
    });

    test('pages add up without repeats, in every order and period', async () => {
      for (const sort of ['trending', 'publishedAt', 'upvotes', 'comments']) {
        for (const [period, size] of [
          ['day', 60],
          ['week', 60],
          ['month', 61],
          ['all', 62],
        ] as const) {
          const seen: (string | undefined)[] = [];
          let path: string | undefined = `/papers/trending?sort=${sort}&period=${period}`;
          while (path !== undefined) {
            const { html } = await site.get(path);
            seen.push(...idsOn(html));
            path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
          }
          assert.equal(seen.length, size, `${sort} ${period}`);
          assert.equal(new Set(seen).size, size, `${sort} ${period}`);
        }
      }
    });

    test('at most five queries, for somebody who is signed in too', async () => {
      for (const query of ['', '?period=day', '?sort=comments&period=month']) {
        site.queries.length = 0;
        await people[0]?.get(`/papers/trending${query}`);
        assert.ok(site.queries.length <= 5, site.queries.join('\n'));
      }
    });

    test('what is not an order or a period is said, with those that are', async () => {
      for (const [query, hint] of [
        ['sort=best', /trending, publishedAt, upvotes, comments/],
        ['period=year', /day, week, month, all/],
        ['sort=constructor', /no order/],
      ] as const) {
        const page = await site.get(`/papers/trending?${query}`);
        assert.equal(page.status, 400);
        assert.match(page.text, hint);
      }
    });

    test('a mark of another order is refused, not passed on', async () => {
      const { html } = await site.get('/papers/trending?sort=publishedAt');
      const mark = /after=([\w-]+)/.exec(html)?.[1] ?? '';
      assert.equal((await site.get(`/papers/trending?sort=publishedAt&after=${mark}`)).status, 200);
      assert.equal((await site.get(`/papers/trending?sort=upvotes&after=${mark}`)).status, 400);
      assert.equal((await site.get(`/papers/trending?after=${mark}`)).status, 400);
    });

    test('the masthead and the front page lead there; the page on the formula has its numbers', async () => {
      const front = await site.get('/');
      assert.match(front.html, /<nav aria-label="Site">.*?href="\/papers\/trending"/s);
      assert.match(front.html, /aria-label="Other orders".*?sort=upvotes&amp;period=day/s);
      const ranking = await site.get('/about/ranking');
      assert.equal(ranking.status, 200);
      assert.match(ranking.text, new RegExp(`New accounts weigh less: ${FORMULA.newcomer} at first`));
      assert.match(ranking.text, new RegExp(`${FORMULA.stars} × ln\\(1 \\+ stars a day\\)`));
      assert.match(ranking.text, /Votes Ahead by 1 1 day 3 2 days/);
      // What it says of old papers is what the formula does with one.
      const days = (deeds: { kind: 'vote' | 'comment'; accountAge: number }[]) => {
        const done = deeds.map((deed, at) => ({ ...deed, userId: String(at), at: 0 }));
        const score = trendingScore({ publishedAt: Date.parse('1961-05-01T00:00:00Z'), deeds: done });
        return Math.abs(score).toFixed(1);
      };
      const vote = { kind: 'vote', accountAge: 0 } as const;
      assert.equal(days([{ ...vote, accountAge: 1e12 }]), '0.0', 'an established reader: as one published now');
      assert.match(ranking.text, /vote of one established reader puts it where a paper without votes stands/);
      assert.match(ranking.text, new RegExp(`puts any old paper ${days([vote])} days behind that place`));
      assert.match(ranking.text, new RegExp(`the votes of two ${days([vote, vote])} days`));
      assert.match(ranking.text, new RegExp(`a mere comment of one ${days([{ ...vote, kind: 'comment' }])} days`));
    });

    test('a search by trend asks the same scores', async () => {
      await indexPapers(site.app);
      const found = await site.get('/search?q=number+sort:trending');
      assert.equal(found.status, 200);
      assert.deepEqual(idsOn(found.html).slice(0, 4), (await idsAt('/papers/trending')).slice(0, 4));
    });
  });
}

test('each order and period is followed by a feed of its own, in the same order', async () => {
  await using site = await openSite();
  for (const query of ['', '?sort=upvotes', '?sort=publishedAt&period=week', '?sort=comments&period=month']) {
    const { html } = await site.get(`/papers/trending${query}`);
    const [, feed = ''] = /<link rel="alternate" type="application\/atom\+xml"[^>]* href="([^"]+)"/.exec(html) ?? [];
    assert.equal(feed.replaceAll('&amp;', '&'), `/papers/trending.atom${query}`);
    const ids = [...html.matchAll(/<article class="[^"]*" id="p-([^"]+)"/g)].map(([, id]) => id);
    const atom = (await site.get(`/papers/trending.atom${query}`, {})).html;
    const entries = [...atom.matchAll(/<id>tag:[^<]*\/papers\/([^<]+)<\/id>/g)].map(([, id]) => id);
    assert.deepEqual(entries.slice(1), ids, query);
  }
  assert.equal((await site.get('/papers/trending.rss?sort=nonsense', {})).status, 400);
});
