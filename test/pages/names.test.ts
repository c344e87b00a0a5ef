/** Who somebody is can be told wherever they speak, whatever full name they chose. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { onEachDatabase } from '../database.ts';
import { openSite } from '../site.ts';

const PAPER = '/papers/2509.21043';

onEachDatabase('a full name', (_open, dialect) => {
  async function open() {
    const site = await openSite({ dialect });
    const root = await site.signIn('chief@example.org', { role: 'admin' });
    const mo = await site.signIn('mo@example.org', { role: 'moderator' });
    const mia = await site.signIn('mia@example.org', { createdAt: 0 });
    const ada = await site.signIn('ada@example.org', { createdAt: 0 });
    assert.equal((await mia.post('/settings/profile', { name: 'mia', full_name: 'chief' })).status, 303);
    assert.equal((await mo.post('/settings/profile', { name: 'mo', full_name: 'Mo Li' })).status, 303);
    return { site, root, mo, mia, ada, [Symbol.asyncDispose]: async () => await site[Symbol.asyncDispose]() };
  }

  it('that is somebody else’s name has its own beside it, and those whose word is the site’s have their role', async () => {
    await using all = await open();
    const { site, root, mo, mia, ada } = all;
    const ids: string[] = [];
    for (const who of [root, mo, mia, ada]) {
      const written = await who.post(`${PAPER}/comments`, { body: `Said by ${who.user.id}` });
      ids.push((written.headers.get('location') ?? '').split('/').at(-1) ?? '');
    }
    await mia.post(`${PAPER}/upvote`, { voted: '1' });
    const { html, text } = await site.get(PAPER);
    const heads = ids.map((id) => {
      const [head = ''] = html.split(`id="by-${id}">`)[1]?.split('<span class="letter-when">') ?? [];
      return head
        .replaceAll(/<[^>]+>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim();
    });
    assert.deepEqual(heads, ['@chief Admin', 'Mo Li @mo Moderator', 'chief @mia', '@ada']);
    assert.match(text, /Upvoted by chief @mia /);
    assert.match((await site.get(`${PAPER}/upvotes`)).text, /chief @mia Jan 8, 2026/);
    const seen = (await ada.get(PAPER)).text;
    assert.match(seen, /React to chief \(@mia\) .*Reply to chief \(@mia\) Your answer to chief \(@mia\)/);
    const feed = JSON.parse((await site.get(`${PAPER}/comments.feed.json`)).html) as {
      items: { title: string; authors: { name: string }[] }[];
    };
    assert.deepEqual(
      feed.items.map(({ authors }) => authors[0]?.name),
      ['@ada', 'chief (@mia)', 'Mo Li (@mo)', '@chief'],
    );
    assert.match(feed.items[1]?.title ?? '', /^chief \(@mia\) on “/);
  });

  it('cannot look like the name that an address has', async () => {
    await using all = await open();
    for (const full_name of ['@chief', 'chief ＠chief']) {
      const refused = await all.mia.post('/settings/profile', { name: 'mia', full_name });
      assert.equal(refused.status, 422);
      assert.match(refused.text, /A full name cannot contain @: it marks names like @ann, which nobody else has\./);
    }
  });
});
