/** Reports: how moderators learn of them, how who reported changes one, and how one goes from each to the next. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { openAccounts } from '#accounts/accounts.ts';
import { report } from '#discussion/moderation/report.ts';
import { tellOfReports } from '#discussion/moderation/tell.ts';
import { MailError } from '#platform/mail/mail.ts';
import { onEachDatabase } from '../database.ts';
import { mailsOf } from '../mailbox.ts';
import { comment, openModerated, PAPER, PAPER_ID } from './moderated.ts';

onEachDatabase('a report', (_open, dialect) => {
  it('is seen by moderators on every page, without a query more, and by nobody else', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const path = '/';
    const asked = async (who: typeof mo) => {
      site.queries.length = 0;
      const page = await who.get(path);
      return { page, count: site.queries.length };
    };
    const before = await asked(mo);
    assert.doesNotMatch(before.page.text, /Moderation \(|report waits/);
    const id = await comment(eve, 'Buy cheap stars');
    await ann.post('/report', { kind: 'comment', id, reason: 'An advertisement' });
    const one = await asked(mo);
    assert.match(one.page.text, /Account of @mo 1 report waits .*Moderation \(1\)/);
    assert.equal(one.count, before.count, site.queries.join('\n\n'));
    await ann.post('/report', { kind: 'paper', id: PAPER_ID, reason: 'Not a paper' });
    assert.match((await asked(mo)).page.text, /2 reports wait .*Moderation \(2\)/);
    assert.match((await mo.get('/moderation')).text, /Reports \(2\)/);
    const reader = await asked(ann);
    assert.doesNotMatch(reader.page.text, /Moderation|reports? waits?/);
    assert.equal(reader.count, before.count);
    await mo.get(PAPER); // what similar papers are found with is in memory then
    for (const page of [
      PAPER,
      '/moderation',
      `/moderation/act?kind=comment&id=${id}`,
      '/moderation/log',
      '/users/eve',
    ]) {
      site.queries.length = 0;
      await mo.get(page);
      assert.ok(site.queries.length <= 5, `${page}: ${site.queries.join('\n')}`);
    }
  });

  it('is mailed to those who moderate when nothing waited, and no other until all is decided', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo, root } = all;
    const id = await comment(eve, 'Buy cheap stars');
    await ann.post('/report', { kind: 'comment', id, reason: 'An <advertisement>' });
    const first = await mailsOf(site);
    assert.deepEqual(first.map(({ to }) => to).toSorted(), ['mo@example.org', 'root@example.org']);
    assert.match(first[0]?.subject ?? '', /^A report waits at /);
    assert.match(first[0]?.text ?? '', /https:\/\/papers\.example\/moderation\n/);
    assert.doesNotMatch(first[0]?.text ?? '', /advertisement/, 'words of strangers are not mailed');
    await ann.post('/report', { kind: 'comment', id, reason: 'An advertisement, again' });
    await ann.post('/report', { kind: 'paper', id: PAPER_ID, reason: 'Not a paper' });
    // What its author deletes waits still: somebody has to have looked.
    await eve.post(`${PAPER}/comments/${id}/delete`);
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'dismiss', reason: 'It is one' });
    await ann.post('/report', { kind: 'paper', id: PAPER_ID, reason: 'But look' });
    assert.equal((await mailsOf(site)).length, 2);
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'dismiss', reason: 'It is one' });
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'dismiss', reason: 'Gone' });
    // Who reports knows; who is banned or made a reader has no say any more.
    await root.post('/moderation/people', { id: mo.user.id, do: 'make reader', reason: 'Tired' });
    await mo.post('/report', { kind: 'paper', id: PAPER_ID, reason: 'A last word' });
    assert.deepEqual(
      (await mailsOf(site)).slice(2).map(({ to, subject }) => [to, subject]),
      [
        ['mo@example.org', 'You no longer moderate at Daily Papers'],
        ['root@example.org', 'A report waits at Daily Papers'],
      ],
    );
  });

  it('is mailed again where the mail was lost, or there was nobody else to be told', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo, root } = all;
    await root.post('/moderation/people', { id: mo.user.id, do: 'make reader', reason: 'Tired' });
    const id = await comment(eve, 'Buy cheap stars');
    const tell = async () =>
      await tellOfReports(openAccounts({ ...site.app, url: 'https://papers.example' }), AbortSignal.timeout(9_000));
    const told = async () => (await mailsOf(site)).filter(({ subject }) => /report waits/.test(subject)).length;
    await root.post('/report', { kind: 'comment', id, reason: 'Mine' });
    assert.equal(await told(), 0, 'she knows of her own');
    await ann.post('/report', { kind: 'comment', id, reason: 'Somebody else’s' });
    assert.equal(await told(), 1);
    site.clock.advance(2 * 86_400_000);
    await tell();
    assert.equal(await told(), 1);
    site.clock.advance(2 * 86_400_000);
    await tell();
    await tell();
    assert.equal(await told(), 2, 'it waits still');
  });

  it('is mailed for days where the mail server is down for hours', async () => {
    await using all = await openModerated(dialect);
    const { site, ann } = all;
    let isDown = true;
    const sent: string[] = [];
    const accounts = openAccounts({
      ...site.app,
      url: 'https://papers.example',
      mail: {
        ...site.app.mail,
        send: async ({ to }) => {
          await Promise.resolve();
          if (isDown) throw new MailError('connection refused', false, undefined);
          sent.push(to);
        },
      },
    });
    await report(site.db, {
      kind: 'paper',
      id: PAPER_ID,
      userId: ann.user.id,
      reason: 'Not a paper',
      now: site.clock.now(),
    });
    for (let hours = 0; hours < 30; hours += 1) {
      await tellOfReports(accounts, AbortSignal.timeout(9_000));
      site.clock.advance(3_600_000);
    }
    isDown = false;
    await tellOfReports(accounts, AbortSignal.timeout(9_000));
    assert.deepEqual(sent.toSorted(), ['mo@example.org', 'root@example.org']);
  });

  it('is mailed once where several come at the same moment', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve } = all;
    const kim = await site.signIn('kim@example.org', { createdAt: 0 });
    const about = { kind: 'paper', id: PAPER_ID, reason: 'Not a paper' };
    const sent = await Promise.all([ann, eve, kim].map(async (who) => await who.post('/report', about)));
    assert.deepEqual(
      sent.map(({ status }) => status),
      [303, 303, 303],
    );
    assert.equal((await mailsOf(site)).length, 2, 'one to each of two');
  });

  it('is changed by who made it, and says so', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Is $E=mc^2$ **new**?');
    const about = { kind: 'comment', id };
    const form = await ann.get(`/report?kind=comment&id=${id}`);
    assert.match(form.html, /<strong>new<\/strong>/, 'as readers see it');
    assert.match(form.html, /<math/);
    await ann.post('/report', { ...about, reason: 'Rude words' });
    const again = await ann.get(`/report?kind=comment&id=${id}`);
    assert.match(
      again.text,
      /Change your report .*You reported it, Jan 8, 2026, 12:00 PM UTC\. The moderators have not/,
    );
    assert.match(again.html, /<textarea[^>]*>\s*Rude words<\/textarea>/);
    const changed = await ann.post('/report', { ...about, reason: 'Rude words, and wrong' });
    assert.match((await ann.get(changed.headers.get('location') ?? '')).text, /Your report says now what you wrote\./);
    const queue = await mo.get('/moderation');
    assert.match(queue.text, /“Rude words, and wrong” @ann, Jan 8, 2026, 12:00 PM UTC/);
    assert.equal(queue.text.split('Rude words').length, 2, 'once');
    await mo.post('/moderation/act', { ...about, do: 'dismiss', reason: 'Neither' });
    const settled = await ann.get(`/report?kind=comment&id=${id}`);
    assert.match(
      settled.text,
      /Report a comment .*The moderators decided, Jan 8, 2026, 12:0\d PM UTC\. Report it again if/,
    );
    assert.doesNotMatch(settled.html, /Rude words/);
    const json = { Accept: 'application/json' };
    assert.equal((await ann.post('/report', { ...about, reason: 'Still' }, json)).status, 201);
    assert.equal((await ann.post('/report', { ...about, reason: 'Still so' }, json)).status, 200);
  });

  it('is told to who made it, with what became of it, and stays when it is made anew', async () => {
    await using all = await openModerated(dialect);
    const { site, ann, eve, mo } = all;
    const [id, other] = [await comment(eve, 'Buy cheap stars'), await comment(eve, 'Rude')];
    const send = async (what: { kind: string; id: string }, reason: string) =>
      await ann.post('/report', { ...what, reason });
    const own = async (who = ann) => (await who.get('/reports')).text;
    assert.match(await own(), /You have reported nothing\./);
    const sent = await send({ kind: 'comment', id }, 'An advertisement');
    assert.match(
      (await ann.get(sent.headers.get('location') ?? '')).html,
      /What becomes of it stands among <a href="\/reports">your reports<\/a>/,
    );
    assert.match((await ann.get('/settings')).html, /<a href="\/reports">What you reported<\/a>/);
    assert.match(await own(), /A comment on Zebrafish networks : “An advertisement” .* have not decided yet\./);
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'dismiss', reason: 'Secret words of moderators' });
    assert.match(await own(), /“An advertisement” .* looked at it and left it as it is\. Jan 8, 2026/);
    await send({ kind: 'comment', id }, 'Still one');
    await send({ kind: 'comment', id }, 'Still one, look');
    await send({ kind: 'comment', id: other }, 'Rude');
    await send({ kind: 'paper', id: PAPER_ID }, 'Retracted');
    assert.match(await own(), /“Still one, look” .* not decided yet.*“An advertisement” .*left it as it is/);
    const act = await mo.get(`/moderation/act?kind=comment&id=${id}`);
    assert.match(
      act.text,
      /“Still one, look” @ann, .*“An advertisement” @ann, .*; decided by @mo/,
      'both, to moderators',
    );
    await mo.post('/moderation/act', { kind: 'comment', id, do: 'hide', reason: 'Secret words of moderators' });
    await mo.post('/moderation/act', { kind: 'comment', id: other, do: 'ban', reason: 'Secret' });
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'lock', reason: 'Heated' });
    const page = await own();
    assert.match(page, /“Retracted” .* have closed the discussion\./);
    assert.match(page, /“Rude” .* have banned who wrote it\./);
    assert.match(page, /“Still one, look” .* have hidden it\..*“An advertisement” .* left it as it is/);
    assert.doesNotMatch(page, /Secret|@mo|@eve|stars/, 'neither by whom nor why');
    site.queries.length = 0;
    const json = JSON.parse((await ann.get('/reports', { Accept: 'application/json' })).html) as {
      reports: { reason: string; decision: string | null; decidedAt: string | null }[];
    };
    assert.deepEqual(
      json.reports.map(({ reason, decision }) => [reason, decision]),
      [
        ['Retracted', 'lock'],
        ['Rude', 'ban'],
        ['Still one, look', 'hide'],
        ['An advertisement', 'dismiss'],
      ],
    );
    assert.equal(site.queries.length, 2, 'who asks, and the list');
    await mo.post('/moderation/act', { kind: 'paper', id: PAPER_ID, do: 'hide', reason: 'Withdrawn' });
    await eve.post(`${PAPER}/comments/${other}/delete`);
    assert.doesNotMatch((await ann.get('/reports')).html, /Zebrafish|comments\/|href="\/papers\/2601/);
    assert.match(await own(mo), /You have reported nothing\./, 'nobody sees those of others');
    assert.equal((await site.get('/reports')).status, 303);
  });

  it('is not made of one’s own comment', async () => {
    await using all = await openModerated(dialect);
    const id = await comment(all.eve, 'Mine');
    assert.match((await all.eve.get(`/report?kind=comment&id=${id}`)).text, /This is your own comment\. You can edit/);
    const refused = await all.eve.post('/report', { kind: 'comment', id, reason: 'Sorry' });
    assert.equal(refused.status, 409);
  });

  it('is listed for programs, too', async () => {
    await using all = await openModerated(dialect);
    const { ann, eve, mo } = all;
    const id = await comment(eve, 'Buy cheap stars');
    await ann.post('/report', { kind: 'comment', id, reason: 'An advertisement' });
    const { html } = await mo.get('/moderation', { Accept: 'application/json' });
    const { reports } = JSON.parse(html) as { reports: Record<string, string>[] };
    const { reportedAt = '', ...told } = reports[0] ?? {};
    assert.deepEqual(told, { kind: 'comment', id, paper: PAPER_ID, reason: 'An advertisement', by: 'ann' });
    assert.match(reportedAt, /^2026-01-08T12:00:\d\d\.\d{3}Z$/);
    assert.equal(reports.length, 1);
  });
});
