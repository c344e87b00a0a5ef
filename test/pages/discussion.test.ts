import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { dialects } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Person, TestSite } from '../site.ts';
import { readPage } from '../fuzz/html.ts';

const paper = (number: number) => `/papers/${makeDraft(number).id}`;
const JSON_ONLY = { Accept: 'application/json' };

for (const dialect of dialects) {
  describe(`what people say of papers (${dialect})`, () => {
    let site: TestSite;
    let ada: Person;
    let bob: Person;
    before(async () => {
      site = await openSite({ dialect, settings: { REGISTRATION: 'open' } });
      await save(site.db, ...Array.from({ length: 14 }, (_, index) => makeDraft(index + 1)));
      await save(site.db, makeDraft(20, { id: 'hep-th/9110025' }));
      ada = await site.signIn('ada@lab.example');
      bob = await site.signIn('bob@lab.example');
    });
    after(async () => await site[Symbol.asyncDispose]());

    const comment = async (who: Person, number: number, body: string, more: Record<string, string> = {}) => {
      const posted = await who.post(`${paper(number)}/comments`, { body, ...more });
      assert.equal(posted.status, 303, posted.text.slice(0, 500));
      return (posted.headers.get('location') ?? '').split('/').at(-1) ?? '';
    };

    test('programs get JSON, and learn what is wrong', async () => {
      const said = await ada.post(`${paper(3)}/comments`, { body: 'By a program' }, JSON_ONLY);
      assert.equal(said.status, 201);
      const { id, url } = JSON.parse(said.html) as { id: string; url: string };
      assert.equal(url, `https://papers.example/papers/2601.00003/comments/${id}`);
      assert.equal((await ada.post(`${paper(3)}/comments`, { body: '' }, JSON_ONLY)).status, 422);
    });

    test('a comment is shown with its formulas and mentions, and nothing in it acts', async () => {
      const body =
        'Is $x^2$ right, @bob? <script>alert(1)</script> [x](javascript:alert(1)) ![p](https://e.example/p.png)';
      const id = await comment(ada, 6, body);
      const { html, text } = await site.get(paper(6));
      assert.deepEqual(readPage(html).faults, []);
      assert.match(html, new RegExp(`id="c-${id}"`));
      assert.match(html, /<msup><mi>x<\/mi><mn>2<\/mn><\/msup>/);
      assert.match(html, /<a class="mention" href="\/users\/bob">@bob<\/a>/);
      assert.match(html, /<a href="https:\/\/e.example\/p.png" rel="nofollow ugc noopener">p<\/a>/);
      assert.doesNotMatch(html, /<script>alert|href="javascript|<img/);
      assert.match(text, /1 comment/);
      assert.match((await site.get('/authors/given-family6')).html, /2601.00006#comments">\s*1 comment/);
    });

    test('what cannot be posted is told above the form, which keeps the text', async () => {
      const long = `begin <b>${'x'.repeat(10_001)}`;
      const refused = await ada.post(`${paper(7)}/comments`, { body: long });
      assert.equal(refused.status, 422);
      assert.match(refused.text, /10,010 characters; 10,000 is the most. Shorten it by 10/);
      assert.match(refused.html, /<textarea[^>]*>\nbegin &lt;b&gt;x/);
      assert.equal((await ada.post(`${paper(7)}/comments`, { body: ' ' })).status, 422);
      const out = await site.post(`${paper(7)}/comments`, { body: 'kept' }, { Accept: 'text/html' });
      assert.equal(out.status, 401);
      assert.match(out.html, /<textarea[^>]*>\nkept<\/textarea>/);
      assert.match(out.text, /What you wrote is still here/);
      const gone = await ada.post(`${paper(7)}/comments`, { body: 'kept', replyTo: '0'.repeat(24) });
      assert.doesNotMatch(gone.html, /name="replyTo"/, 'sent again it is a comment of its own');
      assert.equal(gone.status, 409);
      assert.match(gone.html, /<textarea[^>]*>\nkept<\/textarea>/);
      assert.equal((await ada.post(`${paper(7)}/comments`, { body: 'x'.repeat(400_000) })).status, 413);
    });

    test('a preview posts nothing and keeps the text', async () => {
      const seen = await ada.post(`${paper(7)}/comments`, { body: 'So **bold**', preview: '1' });
      assert.equal(seen.status, 200);
      assert.match(seen.html, /So <strong>bold<\/strong>/);
      assert.match(seen.html, /<textarea[^>]*>\nSo \*\*bold\*\*<\/textarea>/);
      const json = await ada.post(`${paper(7)}/comments`, { body: '@bob', preview: '1' }, JSON_ONLY);
      assert.match((JSON.parse(json.html) as { html: string }).html, /href="\/users\/bob"/);
      assert.match((await site.get(paper(7))).text, /No comments here yet/);
      assert.equal((await site.post(`${paper(7)}/comments`, { body: 'x', preview: '1' }, JSON_ONLY)).status, 401);
    });

    test('answers, edits with their history, reactions, deletion', async () => {
      const top = await comment(ada, 8, 'Firstly');
      const reply = await comment(bob, 8, 'An answer', { replyTo: top });
      await comment(ada, 8, 'To the answer', { replyTo: reply });
      assert.match((await site.get(paper(8))).text, /Firstly.*An answer.*in reply to @bob.*To the answer/);

      const path = `${paper(8)}/comments/${top}`;
      assert.match((await ada.get(`${path}/edit`)).html, /<textarea[^>]*>\nFirstly<\/textarea>/);
      assert.equal((await bob.get(`${path}/edit`)).status, 403);
      assert.equal((await bob.post(`${path}/edit`, { body: 'mine now' })).status, 403);
      assert.equal((await ada.post(`${path}/edit`, { body: 'Secondly' })).status, 303);
      assert.match((await site.get(paper(8))).text, /Secondly/);
      assert.match((await site.get(`${path}/history`)).text, /Edited once.*Secondly.*Firstly/);

      assert.equal((await bob.post(`${path}/react`, { on: 'insight' })).status, 303);
      assert.match((await site.get(paper(8))).text, /insightful 1/);
      assert.match((await bob.get(paper(8))).html, /name="off" value="insight" aria-pressed="true"/);
      await bob.post(`${path}/react`, { off: 'insight' });
      assert.doesNotMatch((await site.get(paper(8))).text, /insightful 1/);

      assert.equal((await bob.post(`${path}/delete`)).status, 403);
      assert.equal((await ada.post(`${path}/delete`)).status, 303);
      const page = await site.get(paper(8));
      assert.match(page.text, /2 comments.*Deleted by its author.*An answer/);
      assert.equal((await site.get(`${path}/history`)).status, 404);
    });

    test('a permalink leads to the page and the place; a deleted comment says that it was', async () => {
      const first = await comment(ada, 9, 'number 0');
      const ids = [first];
      for (let number = 1; number < 60; number += 1) {
        site.clock.advance(3_600_000);
        ids.push(await comment(ada, 9, `number ${number}`));
      }
      const near = await site.get(`${paper(9)}/comments/${ids[3]}`);
      assert.equal(near.headers.get('location'), `${paper(9)}#c-${ids[3]}`);
      const far = await site.get(`${paper(9)}/comments/${ids[55]}`);
      const [path = ''] = (far.headers.get('location') ?? '').split('#');
      assert.match((await site.get(path)).html, new RegExp(`id="c-${ids[55]}"`));
      assert.match((await site.get(path)).html, /noindex, follow/);
      await ada.post(`${paper(9)}/comments/${ids[3]}/delete`);
      const gone = await site.get(`${paper(9)}/comments/${ids[3]}`);
      assert.equal(gone.status, 404);
      assert.match(gone.text, /was deleted by its author/);
      assert.match((await site.get(`${paper(9)}?comments=newest`)).text, /number 59.*number 12/);
      assert.equal((await site.get(`${paper(9)}?after=nonsense&comments=best`)).status, 200);
      assert.equal((await site.get(`${paper(8)}/comments/${ids[5]}`)).status, 404, 'below another paper');
    });

    test('a comment is changed below its own paper only', async () => {
      const ada = await site.signIn('ada@example.org', { createdAt: 0 });
      const written = await ada.post(`${paper(1)}/comments`, { body: 'Mine, here' });
      const id = (written.headers.get('location') ?? '').split('/').at(-1) ?? '';
      for (const deed of ['edit', 'delete', 'react']) {
        const answer = await ada.post(`${paper(2)}/comments/${id}/${deed}`, { body: 'Elsewhere', on: 'agree' });
        assert.equal(answer.status, 404, deed);
      }
      assert.equal((await ada.get(`${paper(2)}/comments/${id}/edit`)).status, 404);
      assert.match((await ada.get(`${paper(1)}/comments/${id}/edit`)).text, /Mine, here/);
    });

    test('whoever submitted the paper is marked', async () => {
      await site.db
        .insertInto('submissions')
        .values({ paper_id: makeDraft(10).id, day: '2026-01-07', position: 1, submitted_at: 0, user_id: bob.user.id })
        .execute();
      await comment(bob, 10, 'I like it');
      await comment(ada, 10, 'Me too');
      assert.equal((await site.get(paper(10))).text.match(/Submitter/g)?.length, 1);
    });

    test('whoever writes without end is told when to go on, and keeps the text', async () => {
      const eve = await site.signIn('eve@lab.example');
      let last = await eve.post(`${paper(11)}/comments`, { body: 'number 0' });
      for (let number = 1; number < 40 && last.status === 303; number += 1)
        last = await eve.post(`${paper(11)}/comments`, { body: `number ${number}` });
      assert.equal(last.status, 429);
      assert.match(last.html, /<textarea[^>]*>\nnumber \d+<\/textarea>/);
      assert.match(last.text, /works again in/);
      assert.match(last.headers.get('retry-after') ?? '', /^[1-9]\d*$/);
    });

    test('what is refused uses nothing up; previews and edits have limits of their own', async () => {
      const kim = await site.signIn('kim@lab.example');
      for (let number = 0; number < 12; number += 1)
        assert.equal((await kim.post(`${paper(12)}/comments`, { body: ' ' })).status, 422);
      const id = await comment(kim, 12, 'The first text');
      const untilRefused = async (path: string, fields: (number: number) => Record<string, string>) => {
        for (let number = 1; number < 100; number += 1) {
          if (number % 10 === 0) site.clock.advance(30_000); // past the limit of all writes
          const { status, html } = await kim.post(path, fields(number));
          if (status !== 429) continue;
          assert.match(html, /<textarea[^>]*>\nThe /);
          return number;
        }
        return 0;
      };
      const edits = await untilRefused(`${paper(12)}/comments/${id}/edit`, (number) => ({
        body: `The text ${number}`,
      }));
      const looks = await untilRefused(`${paper(12)}/comments`, () => ({ body: 'The $x$', preview: '1' }));
      // A third of 60 and of 120 an hour, as the account is new, and what some minutes bring back of it.
      assert.ok(edits > 20 && edits < 25 && looks > 40 && looks < 52, `${edits} edits, ${looks} previews`);
      await comment(kim, 12, 'Still possible');
    });

    test('a history is read page by page', async () => {
      const id = await comment(ada, 13, 'Text 0');
      for (let edit = 1; edit <= 12; edit += 1) {
        site.clock.advance(600_000);
        await ada.post(`${paper(13)}/comments/${id}/edit`, { body: `Text ${edit}` });
      }
      const path = `${paper(13)}/comments/${id}/history`;
      const first = await site.get(path);
      assert.match(first.text, /Edited 12 times .*Now, since .*Text 12 .*Text 2 .*Earlier texts/);
      assert.doesNotMatch(first.text, /Text 1 /);
      const [, next = ''] = /rel="next" href="([^"]+)"/.exec(first.html) ?? [];
      const last = await site.get(next);
      assert.match(last.text, /Earlier texts .*Written .*Text 1 .*Text 0/);
      assert.doesNotMatch(last.text, /Now, since|Text 2 /);
      assert.doesNotMatch(last.html, /rel="next"/);
      assert.equal((await site.get(`${path}?before=x`)).status, 200);
    });

    test('a page of the longest and costliest comments stays small', async () => {
      const matrix = (number: number) => `$\\begin{matrix}${number}&1&2&3&4&5&6\\\\\\end{matrix}$ `;
      for (let number = 0; number < 12; number += 1) {
        site.clock.advance(600_000);
        const body = Array.from({ length: 200 }, (_, at) => matrix(number * 200 + at)).join('');
        await comment(ada, 14, body.slice(0, 9_990));
      }
      let count = 0;
      for (let path: string | undefined = paper(14); path !== undefined;) {
        const { html, status } = await site.get(path);
        assert.equal(status, 200);
        assert.ok(html.length < 500_000, `${path} has ${html.length} characters`);
        count += html.match(/<article class="letter"/g)?.length ?? 0;
        path = /rel="next" href="([^"#]+\?after=[^"#]+)/.exec(html)?.[1];
      }
      assert.equal(count, 12);
    });

    test('an old-style id has a slash of its own', async () => {
      const said = await ada.post('/papers/hep-th/9110025/comments', { body: 'Classic.' });
      assert.match(
        (await site.get(said.headers.get('location') ?? '')).headers.get('location') ?? '',
        /^\/papers\/hep-th\/9110025#c-/,
      );
    });

    test('pages of people who are signed in take at most five queries too', async () => {
      for (const path of [paper(9), `${paper(9)}?comments=best`, '/', '/papers/week/2026-W02', '/categories/cs.LG']) {
        await ada.get(path);
        // What the ranking does after the last write belongs to no page.
        do {
          site.queries.length = 0;
          await new Promise((resolve) => setTimeout(resolve, 100));
        } while (site.queries.length > 0);
        // The search index looks every ten seconds whether it is current, which may fall into one page, but not into the next.
        let queries: string[] = [];
        for (let look = 0; look < 2; look++) {
          site.queries.length = 0;
          await ada.get(path);
          queries = [...site.queries];
          if (queries.length <= 5) break;
        }
        assert.ok(queries.length <= 5, `${path}: ${queries.join('\n')}`);
      }
    });
  });
}
