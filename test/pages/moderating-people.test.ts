import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findUserByEmail } from '#accounts/store.ts';
import { maySignIn } from '#accounts/registration.ts';
import { readConfig } from '#platform/config.ts';
import { onEachDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { mailsOf } from '../mailbox.ts';
import { openSite } from '../site.ts';

const PAPER = '2601.00001';
const AUTH_SECRET = 'a secret of forty letters for this test.';

onEachDatabase('an account and its moderators', (_open, dialect) => {
  async function open() {
    const site = await openSite({ dialect, settings: { AUTH_SECRET } });
    await save(site.db, makeDraft(1, { title: 'Zebrafish networks', announcedOn: '2026-01-08' }));
    const people = {
      eve: await site.signIn('eve@example.org', { createdAt: 0 }),
      mo: await site.signIn('mo@example.org', { role: 'moderator' }),
      root: await site.signIn('chief@example.org', { role: 'admin' }),
    };
    return { site, ...people, [Symbol.asyncDispose]: async () => await site[Symbol.asyncDispose]() };
  }

  it('that was banned does not come back by being deleted, unless it is invited', async () => {
    await using all = await open();
    const { site, eve, mo } = all;
    const kim = await site.signIn('kim@example.org');
    await mo.post('/moderation/people', { id: eve.user.id, reason: 'Advertising', do: 'ban' });
    for (const person of [eve, kim]) {
      assert.equal((await person.post('/settings/delete', { name: person.user.name })).status, 303);
      assert.equal(await findUserByEmail(site.db, person.user.email ?? ''), undefined);
    }
    const policy = { db: site.db, config: readConfig({ AUTH_SECRET }) };
    assert.equal(await maySignIn(policy, 'kim@example.org'), true);
    assert.equal(await maySignIn(policy, 'eve@example.org'), false);
    const kept = await site.db.selectFrom('users').select('email').where('id', '=', eve.user.id).executeTakeFirst();
    assert.doesNotMatch(kept?.email ?? '', /eve|example/);
    // What stands after a + is the same mailbox.
    assert.equal(await maySignIn(policy, 'eve+again@example.org'), false);
    assert.equal(await maySignIn(policy, 'evelyn@example.org'), true);
    await site.db
      .insertInto('invitations')
      .values({ email: 'eve@example.org', invited_by: mo.user.id, created_at: 1 })
      .execute();
    assert.equal(await maySignIn(policy, 'eve@example.org'), true);
  });

  it('that is banned has no second one under another address of its mailbox', async () => {
    await using all = await open();
    const { site, mo } = all;
    const zoe = await site.signIn('zo_e+papers@example.org', { createdAt: 0 });
    const policy = { db: site.db, config: readConfig({ AUTH_SECRET }) };
    assert.equal(await maySignIn(policy, 'zo_e@example.org'), false, 'a mailbox has one account, banned or not');
    await mo.post('/moderation/people', { id: zoe.user.id, reason: 'Advertising', do: 'ban' });
    for (const address of ['zo_e@example.org', 'zo_e+b@example.org', 'zo_e+papers+c@example.org'])
      assert.equal(await maySignIn(policy, address), false, address);
    assert.equal(await maySignIn(policy, 'zo_e+papers@example.org'), true, 'to read what they are told');
    for (const address of ['zoxe+b@example.org', 'zo_e+b@example.com'])
      assert.equal(await maySignIn(policy, address), true, address);
    await zoe.post('/settings/delete', { name: zoe.user.name });
    for (const address of ['zo_e@example.org', 'zo_e+papers@example.org', 'zo_e+b@example.org'])
      assert.equal(await maySignIn(policy, address), false, address);
  });

  it('is told by mail what it may from now on', async () => {
    await using all = await open();
    const { site, eve, root } = all;
    const give = async (role: string) =>
      await root.post('/moderation/people', { id: eve.user.id, reason: 'Secret words', do: `make ${role}` });
    for (const role of ['moderator', 'admin', 'reader']) assert.equal((await give(role)).status, 303);
    const told = (await mailsOf(site)).filter(({ to }) => to === 'eve@example.org');
    assert.deepEqual(
      told.map(({ subject }) => subject),
      [
        'You moderate at Daily Papers now',
        'You are an admin of Daily Papers now',
        'You no longer moderate at Daily Papers',
      ],
    );
    assert.match(
      told[2]?.text ?? '',
      /On Jan 8, 2026, .* was\s+made a reader: what is reported is decided on by others from now on\./,
    );
    for (const { text } of told) assert.doesNotMatch(text, /Secret/);
    await give('reader'); // the form sent twice
    assert.equal((await mailsOf(site)).length, 3);
  });

  it('that is banned takes its votes with it at once, and gets them back with the end of the ban', async () => {
    await using all = await open();
    const { site, eve, mo } = all;
    const other = '2601.00002';
    await save(
      site.db,
      makeDraft(2, { title: 'Yeast networks', announcedOn: '2026-01-08', publishedOn: '2026-01-06' }),
    );
    const [kim, ann] = [await site.signIn('kim@example.org'), await site.signIn('ann@example.org')];
    await site.db.updateTable('users').set({ created_at: 0 }).execute();
    for (const ring of [eve, kim]) await ring.post(`/papers/${PAPER}/upvote`, { voted: '1' });
    await ann.post(`/papers/${other}/upvote`, { voted: '1' });
    const orders = async () => {
      const pages = [];
      for (const path of ['/papers/date/2026-01-08', '/papers/trending', '/papers/trending?sort=upvotes'])
        pages.push(
          [...(await site.get(path)).html.matchAll(/<article class="[^"]*" id="p-([^"]+)"/g)].map(([, id]) => id),
        );
      return pages.map((ids) => ids.filter((id) => id === PAPER || id === other).join(' '));
    };
    const votes = async () => {
      const { html, text } = await site.get(`/papers/${PAPER}`);
      const voters = (await site.get(`/papers/${PAPER}/upvotes`)).text;
      return [/\/upvote">.*?<b>(\d+)<\/b>/s.exec(html)?.[1], ...[text, voters].map((page) => /\bkim\b/.test(page))];
    };
    assert.deepEqual(await orders(), Array(3).fill(`${PAPER} ${other}`));
    assert.deepEqual(await votes(), ['2', true, true]);
    const ban = async (id: string, wanted: string) =>
      assert.equal((await mo.post('/moderation/people', { id, reason: 'A ring', do: wanted })).status, 303);
    for (const ring of [eve, kim]) await ban(ring.user.id, 'ban');
    assert.deepEqual(await orders(), Array(3).fill(`${other} ${PAPER}`));
    assert.deepEqual(await votes(), ['0', false, false]);
    await ban(kim.user.id, 'unban');
    assert.deepEqual(await votes(), ['1', true, true]);
  });

  it('gets with its data what it submitted, asked for, linked and reported, and what was decided about it', async () => {
    await using all = await open();
    const { site, eve, mo, root } = all;
    await eve.post('/papers/submit', { paper: PAPER });
    await eve.post(`/papers/${PAPER}/links`, { code: 'https://github.com/eve/code' });
    await eve.post('/report', { kind: 'paper', id: PAPER, reason: 'I found a mistake of mine' });
    await mo.post('/report', { kind: 'paper', id: PAPER, reason: 'Somebody else reports' });
    const { id: user_id } = eve.user;
    const asked = { asked_at: 7, any_age: 0, next_at: null, attempts: 1, problem: 'Unknown to arXiv' };
    await site.db
      .insertInto('submission_requests')
      .values({ paper_id: '2601.09999', user_id, ...asked })
      .execute();
    const moderating = { id: user_id, reason: 'Advertising' };
    await mo.post('/moderation/people', { ...moderating, do: 'ban' });
    await root.post('/moderation/people', { ...moderating, do: 'unban', reason: 'An apology' });
    interface Own {
      papers: Record<'submissions' | 'hiddenSubmissions' | 'requests' | 'linkEdits', Record<string, unknown>[]>;
      discussion: Record<'reports' | 'decisions', Record<string, unknown>[]>;
    }
    const read = async () => {
      const { html } = await eve.get('/settings/export.json');
      for (const other of ['Somebody else reports', mo.user.id, root.user.id]) assert.ok(!html.includes(other), other);
      return JSON.parse(html) as Own;
    };
    const { papers, discussion } = await read();
    assert.deepEqual([papers.submissions.map((one) => one['paper_id']), papers.hiddenSubmissions], [[PAPER], []]);
    assert.deepEqual(
      papers.requests.map((one) => [one['paper_id'], one['problem']]),
      [['2601.09999', 'Unknown to arXiv']],
    );
    assert.deepEqual(
      papers.linkEdits.map((one) => [one['paper_id'], one['code_url']]),
      [[PAPER, 'https://github.com/eve/code']],
    );
    assert.deepEqual(
      discussion.reports.map((one) => [one['kind'], one['target_id'], one['reason'], one['settled_at']]),
      [['paper', PAPER, 'I found a mistake of mine', null]],
    );
    assert.deepEqual(
      discussion.decisions.map((one) => [one['action'], one['reason']]),
      [
        ['ban', 'Advertising'],
        ['unban', 'An apology'],
      ],
    );
    assert.match(String(discussion.decisions[0]?.['at']), /^2026-01-08T/);
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER, do: 'hide', reason: 'Not a paper' });
    const after = (await read()).papers;
    assert.deepEqual([after.submissions, after.hiddenSubmissions.map((one) => one['paper_id'])], [[], [PAPER]]);
  });

  it('is banned and given a role from its profile, by those who may', async () => {
    await using all = await open();
    const { site, eve, mo, root } = all;
    const buttons = async (who: { get: typeof site.get }, name: string) =>
      [...(await who.get(`/users/${name}`)).html.matchAll(/name="do" value="([^"]+)"/g)].map(([, one]) => one);
    const chief = root.user.name;
    assert.deepEqual(await buttons(site, 'eve'), []);
    assert.deepEqual(await buttons(eve, 'eve'), []);
    assert.deepEqual(await buttons(eve, 'mo'), []);
    assert.deepEqual(await buttons(mo, 'eve'), ['ask ban']);
    assert.deepEqual(await buttons(mo, 'mo'), [], 'nobody bans themselves');
    const refused = await mo.post('/moderation/people', { id: mo.user.id, do: 'ban', reason: 'A test' });
    assert.deepEqual([refused.status, /Nobody can ban themselves\./.test(refused.text)], [409, true]);
    assert.deepEqual(await buttons(mo, chief), [], 'only admins ban those who moderate');
    assert.deepEqual(await buttons(root, 'mo'), ['make reader', 'make admin', 'ask ban']);
    assert.deepEqual(await buttons(root, chief), [], 'one’s own role is changed among the people');
    const page = (await mo.get('/users/eve')).html;
    const [, path = '', id = ''] =
      /action="([^"]*)"[^>]*><input type="hidden" name="id" value="([^"]*)"/.exec(
        page.slice(page.indexOf('id="moderate"')),
      ) ?? [];
    const done = await mo.post(path, { id, do: 'ban', reason: 'Advertising' });
    assert.equal(done.status, 303);
    assert.match(
      (await mo.get(done.headers.get('location') ?? '')).text,
      /@eve .*A reader, banned since Jan 8, 2026, 12:0\d PM UTC: “Advertising”/,
    );
    assert.deepEqual(await buttons(mo, 'eve'), ['unban']);
    assert.match((await site.get('/users/eve')).text, /banned/);
    await root.post(path, { id, do: 'make moderator', reason: 'She has changed' });
    assert.deepEqual(await buttons(eve, 'mo'), [], 'who is banned moderates nobody');
  });
});
