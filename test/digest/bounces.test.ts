/** What comes back: reports as mail servers write them, from files and by the webhook. */

import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { noteReport } from '#digest/bounces/note-report.ts';
import { readBounceFiles } from '#digest/bounces/read-files.ts';
import { readReport } from '#digest/bounces/report.ts';
import { moveMails } from '#digest/move-mails.ts';
import { noteVerdict } from '#digest/note-verdict.ts';
import { verdictOfRefusal, verdictOfStatus } from '#digest/verdict.ts';
import { writeDue } from '#digest/write-mails.ts';
import { moveSubscriber } from '#subscriptions/account-address.ts';
import { liftByOwner } from '#subscriptions/subscribe.ts';
import { findSuppression, suppress, unsuppress } from '#subscriptions/suppress.ts';
import { onEachDatabase } from '../database.ts';
import { openPost, paperOf } from '../post.ts';
import type { Post } from '../post.ts';

const ANN = 'ann@example.org';
const LEE = 'lee@example.org';
const ID = '0123456789abcdef01234567';

/** As Postfix writes it. */
function bounceOf({
  id = ID,
  to = 'bounces@papers.example',
  status = '5.1.1',
  action = 'failed',
  encoding = '7bit',
} = {}): string {
  const block = `Reporting-MTA: dns; mx.example.org\n\nFinal-Recipient: rfc822; ann@example.org\nAction: ${action}\nStatus: ${status}\nDiagnostic-Code: smtp; 550 ${status} User\n    unknown\n`;
  return `From: MAILER-DAEMON@mx.example.org
To: ${to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="AB/CD"

--AB/CD
Content-Type: text/plain

I'm sorry.

--AB/CD
Content-Type: message/delivery-status
Content-Transfer-Encoding: ${encoding}

${encoding === 'base64' ? Buffer.from(block).toString('base64') : block}
--AB/CD
Content-Type: text/rfc822-headers

From: papers@papers.example
Message-ID: <${id}@papers.example>

--AB/CD--
`;
}

const COMPLAINT = `From: fbl@mail.example
To: bounces@papers.example
Content-Type: multipart/report; report-type=feedback-report; boundary=x

--x
Content-Type: message/feedback-report

Feedback-Type: abuse

--x
Content-Type: message/rfc822

Message-ID: <${ID}@papers.example>

hello
--x--
`;

describe('a report', () => {
  test('names the mail by the Message-ID that it brings along, or by where it came back to', () => {
    const report = { kind: 'bounce', mailId: ID, status: '5.1.1', detail: '550 5.1.1 User unknown' };
    assert.deepEqual(readReport(bounceOf()), report);
    assert.deepEqual(readReport(bounceOf().replaceAll('\n', '\r\n')), report);
    assert.deepEqual(readReport(bounceOf({ encoding: 'base64' })), report);
    assert.deepEqual(readReport(bounceOf({ id: 'unknown', to: `bounces+${ID}@papers.example` })), report);
  });

  test('of a delay, of a mail that is not ours, or no report at all, says nothing', () => {
    assert.equal(readReport(bounceOf({ action: 'delayed', status: '4.4.1' })), undefined);
    assert.equal(readReport(bounceOf({ id: 'somebody-elses' })), undefined);
    assert.equal(readReport('Subject: Hello\n\nAction: failed\nStatus: 5.1.1\n'), undefined);
    assert.equal(readReport(''), undefined);
  });

  test('can be a complaint, or a wish to unsubscribe', () => {
    assert.deepEqual(readReport(COMPLAINT), { kind: 'complaint', mailId: ID, detail: 'feedback: abuse' });
    const token = `${'a'.repeat(16)}.${'b'.repeat(22)}l`;
    assert.deepEqual(readReport(`Subject: unsubscribe ${token}\n\n`), { kind: 'unsubscribe', token });
  });

  test('the rule: gone at once, returned three times, or nothing', () => {
    const refusal = (code: number, reply = '', refused: 'recipient' | 'message' | 'session' = 'recipient') =>
      verdictOfRefusal({ refused, code, reply: `${code} ${reply}` });
    for (const code of [550, 551, 553, 555]) assert.equal(refusal(code), 'gone');
    assert.equal(refusal(550, '5.1.0 <no-reply@papers.example>: Sender address rejected: User unknown'), 'ours');
    assert.equal(refusal(550, 'relaying denied'), 'ours');
    assert.equal(refusal(554, '5.7.1 <ann@example.org>: Relay access denied'), 'ours');
    assert.equal(refusal(550, '5.1.1 <ann@example.org>: User unknown in relay recipient table'), 'gone');
    assert.equal(refusal(554, '5.7.1 refused: blacklisted', 'message'), 'ours');
    assert.equal(refusal(550, '5.1.0 address rejected'), 'returned');
    assert.equal(refusal(552), 'returned');
    assert.equal(refusal(550, '5.7.1 blocked by policy'), 'returned');
    assert.equal(refusal(554, '5.1.1 no such user'), 'gone');
    assert.equal(refusal(550, 'looks like spam', 'message'), 'returned');
    assert.equal(refusal(550, '', 'session'), 'nothing');
    assert.equal(refusal(450), 'nothing');
    assert.deepEqual(['5.1.1', '5.2.1', '5.2.2', '5.7.1', '4.2.2', 'x'].map(verdictOfStatus), [
      'gone',
      'gone',
      'returned',
      'returned',
      'nothing',
      'nothing',
    ]);
  });
});

async function sendOne(post: Post): Promise<string> {
  await post.subscribe({ email: ANN });
  await post.print(paperOf('2026-01-06', 1));
  await post.runAt('2026-01-06T07:00:00Z');
  return (await post.site.db.selectFrom('digest_mails').select('id').executeTakeFirstOrThrow()).id;
}

onEachDatabase('what comes back', (_open, dialect) => {
  test('from a mailbox: a bounce suppresses, a wish unsubscribes, strangers are not heard', async () => {
    await using post = await openPost({ dialect, settings: { BOUNCE_ADDRESS: 'bounces@papers.example' } });
    const id = await sendOne(post);
    const raw = post.sink.to(ANN)[0]?.raw.replaceAll(/\r\n\s+/g, ' ') ?? '';
    const [, token = ''] = /subject=unsubscribe%20([\w.-]+)>/.exec(raw) ?? [];
    const file = join(post.site.app.config.DATA_DIR, 'returned.mbox');
    const mails = [
      bounceOf(),
      bounceOf({ id }),
      `Subject: unsubscribe ${token}\n\nbye\n>From here\n`,
      'Subject: unsubscribe aaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbbbbbbbbl\n\n',
    ];
    await writeFile(file, mails.map((mail) => `From somebody Tue Jan  6 08:00:00 2026\n${mail}\n`).join(''));
    assert.deepEqual(await readBounceFiles(post.site.app, [file]), {
      bounces: 1,
      suppressed: 1,
      unsubscribed: 1,
      unread: 2,
    });
    assert.equal((await findSuppression(post.site.db, ANN))?.detail, '550 5.1.1 User unknown');
    const left = await post.site.db
      .selectFrom('subscriptions')
      .select('ended_at')
      .where('ended_at', 'is', null)
      .execute();
    assert.equal(left.length, 0);
    await assert.rejects(readBounceFiles(post.site.app, ['/nowhere/at/all']), /Cannot read \/nowhere\/at\/all/);
  });

  test('by the webhook: only with the secret, as JSON or as the mail itself', async () => {
    const secret = 's'.repeat(32);
    await using post = await openPost({ dialect, settings: { BOUNCE_SECRET: secret } });
    const id = await sendOne(post);
    const ask = async (body: string, type: string, authorization?: string) => {
      const { createHandler } = await import('../../src/handler.ts');
      const handler = createHandler(post.site.app, 'https://papers.example');
      const headers = {
        'content-type': type,
        ...(authorization === undefined ? {} : { authorization }),
      };
      const response = await handler(
        new Request('https://papers.example/mail/bounces', { method: 'POST', body, headers }),
      );
      return { status: response.status, text: await response.text() };
    };
    const full = JSON.stringify({
      bounces: [{ messageId: `<${id}@papers.example>`, status: '5.2.2', detail: 'full' }, { messageId: '<x@y>' }],
    });
    assert.equal((await ask(full, 'application/json')).status, 403);
    assert.equal((await ask(full, 'application/json', 'Bearer wrong')).status, 403);
    assert.deepEqual(await ask(full, 'application/json', `Bearer ${secret}`), {
      status: 200,
      text: '{"noted":["counted","ignored"]}',
    });
    const answer = await ask('{"bounces":1}', 'application/json', `Bearer ${secret}`);
    assert.match((JSON.parse(answer.text) as { hint: string }).hint, /It looks like/);
    const form = await ask('bounces=1', 'application/x-www-form-urlencoded', `Bearer ${secret}`);
    assert.equal(form.status, 415);
    assert.match(form.text, /Send JSON as application\/json/);
    assert.equal((await ask('x'.repeat(1_100_000), 'message/rfc822', `Bearer ${secret}`)).status, 413);
    const basic = `Basic ${Buffer.from(`mx:${secret}`).toString('base64')}`;
    assert.deepEqual(await ask(bounceOf({ id }), 'message/rfc822', basic), {
      status: 200,
      text: '{"noted":["suppressed"]}',
    });
  });

  test('the same report twice counts once; a complaint ends mail at once', async () => {
    await using post = await openPost({ dialect });
    const mailId = await sendOne(post);
    const full = { kind: 'bounce' as const, mailId, status: '5.2.2', detail: 'full' };
    for (let time = 0; time < 4; time += 1) assert.equal(await noteReport(post.site.app, full), 'counted');
    assert.equal(await noteReport(post.site.app, { kind: 'complaint', mailId, detail: 'abuse' }), 'suppressed');
    assert.equal((await findSuppression(post.site.db, ANN))?.reason, 'complained');
  });

  test('a report is read once, and says nothing of another address or of before a new yes', async () => {
    await using post = await openPost({ dialect });
    const { app, clock, db } = post.site;
    const mailId = await sendOne(post);
    const gone = { kind: 'bounce' as const, mailId, status: '5.1.1', detail: 'no such user' };
    assert.equal(await noteReport(app, gone), 'suppressed');
    await unsuppress(db, ANN, clock.now());
    assert.equal(await noteReport(app, gone), 'counted');
    assert.equal(await findSuppression(db, ANN), undefined);
    clock.advance(60_000);
    const consent = { now: clock.now(), from: undefined };
    const complaint = { kind: 'complaint' as const, mailId, detail: 'abuse' };
    await suppress(db, { email: ANN, reason: 'bounced', detail: '' }, clock.now());
    await liftByOwner(db, ANN, consent);
    assert.equal(await noteReport(app, complaint), 'ignored');
    await db.updateTable('subscribers').set({ confirmed_at: 0 }).execute();
    await db
      .transaction()
      .execute(async (trx) => await moveSubscriber(trx, { from: ANN, to: LEE, consent, moveMails }));
    assert.equal(await noteReport(app, complaint), 'ignored');
    assert.equal(await findSuppression(db, LEE), undefined);
  });

  test('three mails that came back long ago are no reason today', async () => {
    await using post = await openPost({ dialect });
    const { clock, db } = post.site;
    const sentAt = clock.now();
    clock.advance(40 * 86_400_000);
    for (const mailId of ['a', 'b', 'c', 'd']) {
      const returned = { email: ANN, mailId, verdict: 'returned', reason: 'bounced', detail: 'full', sentAt } as const;
      assert.equal(await noteVerdict(db, returned, clock.now()), false);
    }
  });

  test('who moves to an address that gets mail already loses none and gets none twice', async () => {
    await using post = await openPost({ dialect });
    const { app, clock, db } = post.site;
    await post.subscribe({ email: ANN, topics: [{ kind: 'category', id: 'math.AG' }] });
    await post.subscribe({ email: LEE });
    await post.print(paperOf('2026-01-06', 1));
    await post.runAt('2026-01-06T07:00:00Z');
    clock.advance(21 * 3_600_000);
    await post.print(paperOf('2026-01-07', 2));
    clock.advance(3 * 3_600_000);
    assert.equal(await writeDue(app), 1);
    const consent = { now: clock.now(), from: undefined };
    await db
      .transaction()
      .execute(async (trx) => await moveSubscriber(trx, { from: ANN, to: LEE, consent, moveMails }));
    await post.runAt('2026-01-07T07:01:00Z');
    await post.runAt('2026-01-08T07:00:00Z');
    assert.deepEqual(
      (await post.titlesTo(LEE)).map((titles) => titles.length),
      [1, 1],
    );
  });
});
