/** Comments in their orders, page by page. */

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { onEachDatabase } from '../../test/database.ts';
import { openTalk, paper } from '../../test/talk.ts';
import type { Talk } from '../../test/talk.ts';
import { react } from './change-comment.ts';
import { findPageOf, listComments } from './list-comments.ts';

onEachDatabase('lists of comments', (open) => {
  let talk: Talk;
  before(async () => void (talk = await openTalk(open)));
  after(async () => await talk.close());

  test('sorted by age either way, or by echo; replies stay in their order', async () => {
    const quiet = await talk.say(9, 'ada', 'quiet');
    const loved = await talk.say(9, 'ada', 'loved');
    await talk.say(9, 'bob', 'discussed');
    await talk.say(9, 'bob', 'r1', quiet);
    await talk.say(9, 'bob', 'r2', quiet);
    for (const who of ['bob', 'eve'] as const)
      await react(talk.db, { ...talk.by(who, loved), emoji: 'thanks', on: true });
    assert.deepEqual(await talk.bodies(9), ['quiet', 'r1', 'r2', 'loved', 'discussed']);
    assert.deepEqual(await talk.bodies(9, 'newest'), ['discussed', 'loved', 'quiet', 'r1', 'r2']);
    assert.deepEqual(await talk.bodies(9, 'best'), ['loved', 'quiet', 'r1', 'r2', 'discussed']);
  });

  test('pages of any size add up to the whole in each order, and each comment is found on its page', async () => {
    const tops: string[] = [];
    for (let number = 0; number < 6; number += 1) {
      const top = await talk.say(10, 'ada', `top ${number}`);
      tops.push(top);
      for (let reply = 0; reply < number; reply += 1) await talk.say(10, 'bob', `re ${number}.${reply}`, top);
    }
    for (const id of tops.slice(2, 5)) await react(talk.db, { ...talk.by('eve', id), emoji: 'agree', on: true });
    for (const sort of ['oldest', 'newest', 'best'] as const) {
      const whole = await talk.bodies(10, sort);
      assert.equal(whole.length, 21);
      for (const limit of [1, 4, 7, 21]) {
        const seen: string[] = [];
        let after: string | undefined;
        do {
          const page = await listComments(talk.db, paper(10), { sort, after, limit });
          seen.push(...page.items.map(({ body }) => body));
          after = page.next;
        } while (after !== undefined);
        assert.deepEqual(seen, whole, `${sort}, ${limit} a page`);
      }
    }
    const [first] = await talk.list(10);
    assert.equal(await findPageOf(talk.db, paper(10), first?.id ?? ''), undefined);
  });

  test('a long thread goes over pages, and a permalink finds the right one', async () => {
    const top = await talk.say(11, 'ada', 'top');
    const ids = [top];
    for (let number = 0; number < 120; number += 1) ids.push(await talk.say(11, 'bob', `reply ${number}`, top));
    for (const at of [0, 49, 50, 99, 100, 120]) {
      const after = await findPageOf(talk.db, paper(11), ids[at] ?? '');
      assert.equal(after, at < 50 ? undefined : ids[Math.floor(at / 50) * 50 - 1], `comment ${at}`);
      const { items } = await listComments(talk.db, paper(11), { sort: 'oldest', after });
      assert.ok(items.some(({ id }) => id === ids[at]));
    }
  });

  test('long comments are fewer to a page, and each is found on its page too', async () => {
    const lengths = [10_000, 10_000, 10_000, 10_000, 1, 9_999, 30, 401, 5_000, 10_000, 10_000, 7, 8_000, 8_000, 8_000];
    const ids: string[] = [];
    for (let number = 0; number < 45; number += 1)
      ids.push(
        await talk.say(16, 'ada', `${String.fromCodePoint(0x1d400 + number)}x`.padEnd(lengths[number % 15] ?? 3, 'y')),
      );
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more; more = after !== undefined) {
      const { items, next } = await listComments(talk.db, paper(16), { sort: 'oldest', after });
      const length = items.reduce((sum, { body }) => sum + [...body].length, 0);
      assert.ok(length <= 30_000 && items.length <= 50, `${length} characters in ${items.length}`);
      seen.push(...items.map(({ id }) => id));
      after = next;
    }
    assert.deepEqual(seen, ids);
    for (const id of ids) {
      const after = await findPageOf(talk.db, paper(16), id);
      const { items } = await listComments(talk.db, paper(16), { sort: 'oldest', after });
      assert.ok(items.some((one) => one.id === id));
    }
  });

  test('a page takes one query', async () => {
    talk.queries.length = 0;
    await talk.list(10, 'best', 'ada');
    assert.equal(talk.queries.length, 1);
  });
});
