/** One mailbox has one account, by whatever address of it somebody comes; and leaving and coming again gains nothing. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openAccounts } from '#accounts/accounts.ts';
import { addUser, NotWelcome } from '#accounts/add-user.ts';
import { changeEmail } from '#accounts/change-email.ts';
import { mayRegister } from '#accounts/registration.ts';
import { findUserByEmail } from '#accounts/store.ts';
import { forgetExpired } from '#accounts/sessions.ts';
import { onEachDatabase } from '../database.ts';
import { mailsOf } from '../mailbox.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Person } from '../site.ts';
import { comment, openModerated, PAPER } from './moderated.ts';

onEachDatabase('one mailbox', (_open, dialect) => {
  it('has one account: who comes by another address of it is told so by mail, and nobody else', async () => {
    await using site = await openSite({ dialect, starter: false });
    await site.signIn('root@example.org', { role: 'admin' });
    await site.signIn('plus@example.org');
    await site.signIn('pl_s+a@example.org');
    const before = (await mailsOf(site)).length;
    const answers = [];
    for (const email of ['plus+1@example.org', 'pl_s@example.org', 'pl_s+b@example.org', 'nobody@example.org']) {
      const { status, html } = await site.post('/sign-in', { email, next: '/' });
      answers.push(`${status} ${html}`);
      await site.app.later.settled();
    }
    assert.equal(new Set(answers).size, 1, 'the form tells nobody');
    const told = (await mailsOf(site)).slice(before);
    assert.deepEqual(
      told.map(({ to, subject }) => [to, /your other address/.test(subject)]),
      [
        ['plus+1@example.org', true],
        ['pl_s@example.org', true],
        ['pl_s+b@example.org', true],
        ['nobody@example.org', false],
      ],
    );
    for (const { text } of told.slice(0, 3)) {
      assert.match(text, /one mailbox has one account\..*https:\/\/papers\.example\/sign-in\?next=%2F/s);
      assert.doesNotMatch(text, /token|plus@|pl_s@|\+a@/, 'names no address, and lets nobody in');
    }
    // Others of that name, and what only looks like it.
    for (const email of ['plus@example.com', 'plus+1@example.com', 'plusx@example.org', 'plxs+1@example.org'])
      assert.ok(await mayRegister({ db: site.db, config: site.app.config }, email), email);
  });

  it('keeps a second one from being made by an invitation, at once, or by moving an account there', async () => {
    await using site = await openSite({ dialect, starter: false });
    const root = await site.signIn('root@example.org', { role: 'admin' });
    const ann = await site.signIn('ann@example.org');
    const eve = await site.signIn('eve@example.org');
    const refused = await root.post('/settings/invitations', { email: 'ann+2@example.org' });
    assert.equal(refused.status, 422);
    assert.match(refused.text, /ann\+2@example\.org has an account already, by ann@example\.org\./);
    const accounts = openAccounts({ ...site.app, url: 'https://papers.example' });
    const move = async (who: typeof ann, from: string, to: string) =>
      await changeEmail(accounts, { userId: who.user.id, from, to }, async () => {});
    assert.equal(await move(eve, 'eve@example.org', 'ann+eve@example.org'), false);
    assert.equal(await move(ann, 'ann@example.org', 'ann+papers@example.org'), true, 'one’s own mailbox');
    assert.equal(await move(eve, 'eve@example.org', 'ann@example.org'), false);
    const mayBe = (email: string) => async (trx: typeof site.db) =>
      await mayRegister({ db: trx, config: site.app.config }, email);
    const emails = ['kim@example.org', 'kim+1@example.org', 'kim+2@example.org'];
    const made = await Promise.allSettled(
      emails.map(async (email) => await addUser(site.db, { email }, site.clock.now(), mayBe(email))),
    );
    assert.equal(made.filter(({ status }) => status === 'fulfilled').length, 1);
    for (const one of made) if (one.status === 'rejected') assert.ok(one.reason instanceof NotWelcome);
  });

  it('lets two accounts that were made before in, both', async () => {
    await using site = await openSite({ dialect, starter: false });
    await addUser(site.db, { email: 'old+1@example.org' }, site.clock.now());
    await addUser(site.db, { email: 'old@example.org' }, site.clock.now() + 1);
    for (const email of ['old@example.org', 'old+1@example.org']) {
      const { user } = await site.signIn(email);
      assert.equal(user.id, (await findUserByEmail(site.db, email))?.id);
    }
  });

  it('has its limits still when the account was deleted and made anew, and its reactions are gone', async () => {
    await using all = await openModerated(dialect);
    const { site, ann } = all;
    const id = await comment(ann, 'Worth reading');
    let eve = await site.signIn('cycle@example.org');
    await eve.post(`${PAPER}/comments/${id}/react`, { on: 'agree' });
    const score = async () =>
      (await site.db.selectFrom('comments').select('score').where('id', '=', id).executeTakeFirst())?.score;
    assert.equal(await score(), 1_000);
    const report = async (reason: string) =>
      (await eve.post('/report', { kind: 'comment', id, reason }, { Accept: 'application/json' })).status;
    let taken = 0;
    while ((await report(`Look ${taken}`)) < 300) taken += 1;
    assert.equal(taken, 7, 'a third of twenty');
    await eve.post('/settings/delete', { name: 'cycle' });
    assert.equal(await score(), 0);
    assert.doesNotMatch((await site.get(PAPER)).text, /agree 1/);
    eve = await site.signIn('cycle@example.org');
    assert.equal(await report('Again'), 429);
    const told = await eve.post('/report', { kind: 'comment', id, reason: 'Again' });
    assert.match(told.text, /With one mailbox one can make 7 reports an hour, in accounts that were deleted, too\./);
    site.clock.advance(3_600_000);
    assert.ok((await report('Later')) < 300);
  });

  it('puts no more papers into the edition of a day by leaving and coming again', async () => {
    await using site = await openSite({ dialect, starter: false, settings: { SUBMIT_PER_DAY: '2' } });
    await save(site.db, ...Array.from({ length: 6 }, (_, index) => makeDraft(index + 1)));
    await site.signIn('root@example.org', { role: 'admin' });
    const submit = async (who: Person, number: number) =>
      await who.post('/papers/submit', { paper: makeDraft(number).id }, { Accept: 'application/json' });
    let eve = await site.signIn('cycle@example.org');
    assert.equal((await submit(eve, 1)).status, 201);
    await eve.post('/settings/delete', { name: 'cycle' });
    eve = await site.signIn('cycle+again@example.org');
    assert.equal((await submit(eve, 2)).status, 201);
    await eve.post('/settings/delete', { name: eve.user.name });
    eve = await site.signIn('cycle@example.org');
    const refused = await submit(eve, 3);
    assert.equal(refused.status, 429);
    assert.match(refused.html, /One person can submit 2 papers a day/);
    const ann = await site.signIn('ann@example.org');
    assert.equal((await submit(ann, 4)).status, 201, 'nobody else is concerned');
    site.clock.advance(86_400_000);
    assert.equal((await submit(await site.signIn('cycle@example.org'), 3)).status, 201);
    const kept = async () => await site.db.selectFrom('left_mailboxes').selectAll().execute();
    assert.doesNotMatch(JSON.stringify(await kept()), /cycle|example/);
    await forgetExpired(site.db, site.clock.now() + 86_400_000);
    assert.deepEqual(await kept(), []);
  });
});
