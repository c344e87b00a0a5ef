import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Person, TestSite } from '../site.ts';

const paper = (number: number) => `/papers/${makeDraft(number).id}`;
const JSON_ONLY = { Accept: 'application/json' };

for (const dialect of dialects) {
  describe(`votes on pages (${dialect})`, () => {
    let site: TestSite;
    let ada: Person;
    let bob: Person;
    before(async () => {
      site = await openSite({ dialect, settings: { REGISTRATION: 'open' } });
      await save(site.db, ...Array.from({ length: 5 }, (_, index) => makeDraft(index + 1)));
      await save(site.db, makeDraft(20, { id: 'hep-th/9110025' }));
      ada = await site.signIn('ada@lab.example');
      bob = await site.signIn('bob@lab.example');
    });
    after(async () => await site[Symbol.asyncDispose]());

    const countOn = (html: string, id: string) =>
      new RegExp(`action="/papers/${id}/upvote".*?<b>([\\d,]+)</b>`, 's').exec(html)?.[1];
    test('a vote is a form: it is counted, comes back to the card, and is shown as one’s own', async () => {
      const from = { Referer: 'https://papers.example/papers/date/2026-01-06?after=x' };
      const sent = await ada.post(`${paper(1)}/upvote`, { voted: '1' }, from);
      assert.equal(sent.status, 303);
      assert.equal(sent.headers.get('location'), '/papers/date/2026-01-06?after=x#p-2601.00001');
      await ada.post(`${paper(1)}/upvote`, { voted: '1' });
      const own = await ada.get(paper(1));
      assert.equal(countOn(own.html, '2601.00001'), '1');
      assert.match(own.html, /name="voted" value="0" aria-pressed="true"/);
      assert.match(own.text, /Upvoted by @ada/);
      const others = await bob.get('/papers/date/2026-01-06');
      assert.equal(countOn(others.html, '2601.00001'), '1');
      assert.match(others.html, /2601.00001\/upvote"><button name="voted" value="1" aria-pressed="false"/);
      assert.equal(countOn((await site.get(paper(1))).html, '2601.00001'), '1', 'for everybody');
      await ada.post(`${paper(1)}/upvote`, { voted: '0' });
      assert.match((await site.get(paper(1))).text, /Nobody has voted for this paper yet/);
    });

    test('a page of another site is no way back', async () => {
      for (const referer of ['https://evil.example/x', 'nonsense', 'https://papers.example//evil.example/']) {
        const sent = await ada.post(`${paper(2)}/upvote`, { voted: '1' }, { Referer: referer });
        assert.equal(sent.headers.get('location'), '/papers/2601.00002#vote', referer);
      }
    });

    test('programs get JSON, and learn what is wrong', async () => {
      const voted = await ada.post(`${paper(3)}/upvote`, { voted: '1' }, JSON_ONLY);
      assert.deepEqual(JSON.parse(voted.html), { id: '2601.00003', upvotes: 1, upvoted: true });
      const nobody = await site.post(`${paper(3)}/upvote`, { voted: '1' }, JSON_ONLY);
      assert.equal(nobody.status, 401);
      assert.equal((await ada.post(`${paper(3)}/upvote`, {}, JSON_ONLY)).status, 400);
      assert.equal((await ada.post('/papers/2601.99999/upvote', { voted: '1' }, JSON_ONLY)).status, 404);
    });

    test('signed out, the button leads to the sign-in page, and afterwards the vote is cast, once', async () => {
      const from = { Accept: 'text/html', Referer: 'https://papers.example/' };
      const sent = await site.post(`${paper(4)}/upvote`, { voted: '1' }, from);
      assert.equal(sent.status, 303);
      const to = new URL(sent.headers.get('location') ?? '', 'https://papers.example');
      assert.equal(to.pathname, '/sign-in');
      const next = to.searchParams.get('next') ?? '';
      const [intent = ''] = (sent.headers.get('set-cookie') ?? '').split(';');
      assert.equal(countOn((await site.get(paper(4))).html, '2601.00004'), '0', 'not yet');
      const door = `${to.pathname}${to.search}`;
      assert.match((await site.get(door, { Cookie: intent })).text, /Then your vote is cast/);
      assert.doesNotMatch((await site.get(door)).text, /your vote/, 'an address promises nothing');
      assert.doesNotMatch((await site.get('/sign-in?next=/', { Cookie: intent })).text, /your vote/);
      const back = await bob.get(next, { Cookie: `${bob.cookie}; ${intent}` });
      assert.equal(back.status, 303);
      assert.equal(back.headers.get('location'), '/#p-2601.00004');
      assert.equal(countOn((await site.get(paper(4))).html, '2601.00004'), '1');
      await bob.post(`${paper(4)}/upvote`, { voted: '0' });
      await bob.get(next);
      assert.equal(countOn((await site.get(paper(4))).html, '2601.00004'), '0', 'the address alone casts nothing');
    });

    test('everybody who voted is on a page of their own', async () => {
      for (const who of [ada, bob]) await who.post(`${paper(5)}/upvote`, { voted: '1' });
      assert.match((await site.get(`${paper(5)}/upvotes`)).text, /bob.*ada/);
      assert.equal((await site.get(`${paper(5)}/upvotes?after=nobody`)).status, 200);
    });

    test('an old-style id has a slash of its own', async () => {
      const sent = await ada.post('/papers/hep-th/9110025/upvote', { voted: '1' });
      assert.equal(sent.headers.get('location'), '/papers/hep-th/9110025#vote');
    });
  });
}
