/** Who somebody is can be told wherever they speak, whatever full name they chose. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { addUser } from '#accounts/add-user.ts';
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
    assert.equal((await mia.post('/settings/profile', { name: 'mia', full_name: 'ada' })).status, 303);
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
    assert.deepEqual(heads, ['@chief Admin', 'Mo Li @mo Moderator', 'ada @mia', '@ada']);
    assert.match(text, /Upvoted by ada @mia /);
    assert.match((await site.get(`${PAPER}/upvotes`)).text, /ada @mia Jan 8, 2026/);
    const seen = (await ada.get(PAPER)).text;
    assert.match(seen, /React to ada \(@mia\) .*Reply to ada \(@mia\) Your answer to ada \(@mia\)/);
    const feed = JSON.parse((await site.get(`${PAPER}/comments.feed.json`)).html) as {
      items: { title: string; authors: { name: string }[] }[];
    };
    assert.deepEqual(
      feed.items.map(({ authors }) => authors[0]?.name),
      ['@ada', 'ada (@mia)', 'Mo Li (@mo)', '@chief'],
    );
    assert.match(feed.items[1]?.title ?? '', /^ada \(@mia\) on “/);
  });

  it('cannot look like the name that an address has', async () => {
    await using all = await open();
    for (const full_name of ['@chief', 'chief ＠chief']) {
      const refused = await all.mia.post('/settings/profile', { name: 'mia', full_name });
      assert.equal(refused.status, 422);
      assert.match(refused.text, /A full name cannot contain @: it marks names like @ann, which nobody else has\./);
    }
  });

  it('does not say what only the site can say of somebody', async () => {
    await using all = await open();
    const write = async (full_name: string) => await all.mia.post('/settings/profile', { name: 'mia', full_name });
    for (const name of [
      'Admin',
      'chief · Admin',
      'Moderators',
      'the ＭＯＤＥＲＡＴＯＲ',
      'deleted account',
      'Administrator (mo)',
      'Adrn1n',
      'M0dérator',
      'A d m i n',
      'Staff',
      'DeIeted  Account',
      'ᴀᴅᴍɪɴ',
      '🅰dmin',
      'Adm!n',
      'Admin1',
      'SiteAdmin',
      'Moderation team',
      'Staff of Broadsheet',
      'm0d',
      'Webmaster',
    ]) {
      const refused = await write(name);
      assert.equal(refused.status, 422, name);
      assert.match(refused.text, /A full name cannot say admin, moderator, staff or deleted account/);
    }
    for (const name of ['Daily Papers', 'The Daily Papers team', 'dailypapers'])
      assert.match((await write(name)).text, /Daily Papers is the name of the site itself\./, name);
    for (const name of ['Ꭺdmin', 'ᗩdmin', 'Аdmin', 'Αnn Lee'])
      assert.match((await write(name)).text, /A full name cannot have letters of two alphabets in one word\./, name);
    for (const name of [
      'Badminton',
      'Ann Administratrix',
      'Modest Mussorgsky',
      'Ann Model',
      'Иван Петров',
      'Íñigo Lindahl',
      'Wei Wang 2',
    ])
      assert.equal((await write(name)).status, 303, name);
  });

  it('or a name looks like that of nobody who moderates', async () => {
    await using all = await open();
    const { site, mo, mia, ada } = all;
    const write = async (who: typeof mia, name: string, full_name: string) => {
      const { status, text } = await who.post('/settings/profile', { name, full_name });
      return status === 303 ? '' : (/That looks like the name of @\w+, who moderates here\./.exec(text)?.[0] ?? text);
    };
    const posing = 'That looks like the name of @chief, who moderates here.';
    for (const [name, fullName] of [
      ['ch1ef', ''],
      ['c-hief', ''],
      ['mia', 'chief'],
      ['mia', 'C h1ef'],
    ] as const)
      assert.equal(await write(mia, name, fullName), posing, `${name} ${fullName}`);
    for (const name of [
      'adm1n',
      'the-moderator',
      'm0derators',
      'staff',
      'admin1',
      'siteadmin',
      'mod',
      'mods',
      'staff1',
      'official',
    ])
      assert.match(await write(mia, name, ''), /is kept for the site itself/, name);
    assert.match(await write(mia, 'mia', 'M0 LI'), /That looks like the name of @mo, who moderates here\./);
    assert.equal(await write(mia, 'ad-a', 'ada'), '', 'readers may look alike');
    assert.equal(await write(ada, 'chief-2', 'Chief Scientist'), '');
    assert.equal(await write(mo, 'mo', 'mo'), '', 'one’s own');
    assert.equal((await site.signIn('ch1ef@example.org')).user.name, 'ch1ef-2', 'nor does a newcomer’s');
    const { full_name } = await addUser(site.db, { email: 'kim@example.org', fullName: 'ch1ef' }, site.clock.now());
    assert.equal(full_name, null, 'whatever a provider says');
  });
});

onEachDatabase('a name that was given up', (_open, dialect) => {
  it('is nobody else’s for 90 days, leads to its owner, and stands in the log as it was', async () => {
    await using site = await openSite({ dialect });
    const root = await site.signIn('chief@example.org', { role: 'admin' });
    const ben = await site.signIn('ben@example.org', { createdAt: 0 });
    const troll = await site.signIn('troll@example.org', { createdAt: 0 });
    await root.post('/moderation/people', { id: ben.user.id, do: 'make moderator', reason: 'Known' });
    const rename = async (who: typeof ben, name: string) =>
      (await who.post('/settings/profile', { name, full_name: '' })).status;
    assert.equal(await rename(ben, 'benjamin'), 303);
    const refused = await troll.post('/settings/profile', { name: 'ben', full_name: '' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /The name ben belongs to somebody else, or did a short time ago\./);
    assert.equal((await site.get('/users/ben')).headers.get('location'), '/users/benjamin');
    assert.match((await root.get('/moderation/log')).text, /@chief made @ben, now @benjamin a moderator: “Known”/);
    const own = JSON.parse((await ben.get('/settings/export.json')).html) as {
      accounts: { formerNames: { name: string }[] };
    };
    assert.deepEqual(
      own.accounts.formerNames.map(({ name }) => name),
      ['ben'],
    );
    assert.equal(await rename(ben, 'ben'), 303, 'its owner takes it back');
    assert.equal(await rename(ben, 'benjamin'), 303);

    // Nor a newcomer whose address would suggest it.
    assert.equal((await site.signIn('ben@elsewhere.example')).user.name, 'ben-2');
    const then = site.db
      .updateTable('former_names')
      .set((e) => ({ given_up_at: e('given_up_at', '-', 91 * 86_400_000) }));
    await then.execute();
    assert.equal((await site.get('/users/ben')).status, 404);
    assert.equal(await rename(troll, 'ben'), 303);
  });

  it('is one of a few: nobody takes all good ones', async () => {
    await using site = await openSite({ dialect });
    await site.signIn('chief@example.org', { role: 'admin' });
    const ann = await site.signIn('ann@example.org', { createdAt: 0 });
    const rename = async (name: string) => await ann.post('/settings/profile', { name, full_name: '' });
    for (const name of ['ann-a', 'ann-b', 'ann-c']) assert.equal((await rename(name)).status, 303, name);
    const refused = await rename('ann-d');
    assert.equal(refused.status, 422);
    assert.match(
      refused.text,
      /You have given up 3 names within 90 days, which are kept for you: take one of them, or wait\./,
    );
    assert.equal((await rename('ann')).status, 303, 'one of them');
    site.clock.advance(91 * 86_400_000);
    const again = await site.signIn('ann@example.org');
    assert.equal((await again.post('/settings/profile', { name: 'ann-d', full_name: '' })).status, 303);
  });

  it('of a deleted account is kept, too, without saying whose it was', async () => {
    await using site = await openSite({ dialect });
    const ann = await site.signIn('ann@example.org', { createdAt: 0 });
    const kim = await site.signIn('kim@example.org', { createdAt: 0 });
    await kim.post('/settings/profile', { name: 'kim-lee', full_name: '' });
    await kim.post('/settings/delete', { name: 'kim-lee' });
    for (const name of ['kim', 'kim-lee'])
      assert.equal((await ann.post('/settings/profile', { name, full_name: '' })).status, 422, name);
    assert.equal((await site.get('/users/kim')).status, 404);
    const kept = await site.db.selectFrom('former_names').select(['name', 'user_id']).orderBy('name').execute();
    assert.deepEqual(
      kept.map(({ name, user_id }) => [name, user_id]),
      [
        ['kim', null],
        ['kim-lee', null],
      ],
    );
  });
});
