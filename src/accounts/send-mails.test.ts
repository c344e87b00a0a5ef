/** Mails about accounts when the server fails: nothing lost, nothing doubled, and a log that says so. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLater } from '#platform/later.ts';
import { createLog } from '#platform/log.ts';
import { MailError } from '#platform/mail/mail.ts';
import type { Message } from '#platform/mail/mail.ts';
import { onEachDatabase } from '../../test/database.ts';
import type { TestDatabase } from '../../test/database.ts';
import { openAccounts } from './accounts.ts';
import { requestSignIn } from './request-sign-in.ts';
import { sendMails } from './send-mails.ts';

const MINUTE = 60_000;

function openPost(database: TestDatabase) {
  const clock = manualClock(Date.parse('2026-01-08T12:00:00Z'));
  const lines: string[] = [];
  const log = createLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) });
  const sent: Message[] = [];
  const post = { fails: undefined as MailError | undefined, slowMs: 0 };
  const accounts = openAccounts({
    db: database.db,
    clock,
    log,
    config: readConfig(database.settings),
    url: 'https://papers.example',
    later: createLater(log),
    fetch: () => Promise.reject(new Error('nothing is to be fetched')),
    mail: {
      place: undefined,
      close: () => undefined,
      async send(message) {
        if (post.fails !== undefined) throw post.fails;
        clock.advance(post.slowMs);
        sent.push(message);
        await Promise.resolve();
      },
    },
  });
  const never = new AbortController().signal;
  return { accounts, clock, sent, post, lines, send: async () => await sendMails(accounts, never) };
}

onEachDatabase('mails about accounts', (open) => {
  test('a mail that a server refuses for now is sent later, once', async () => {
    await using database = await open();
    const { accounts, clock, sent, post, send } = openPost(database);
    post.fails = new MailError('The mail server refuses: later, please.', false, undefined);
    await requestSignIn(accounts, 'ann@example.org', '/');
    await accounts.later.settled();
    assert.equal(sent.length, 0);
    const [waiting] = await database.db.selectFrom('account_mails').selectAll().execute();
    assert.deepEqual([waiting?.attempts, waiting?.last_error], [1, 'The mail server refuses: later, please.']);
    post.fails = undefined;
    await send();
    assert.equal(sent.length, 0, 'not at once');
    clock.advance(MINUTE);
    await Promise.all([send(), send(), send()]);
    assert.equal(sent.length, 1);
    assert.match(sent[0]?.text ?? '', /https:\/\/papers\.example\/sign-in\/link\?token=/);
    await send();
    assert.equal(sent.length, 1);
  });

  test('after an hour, or when the address is refused for good, it is given up and logged', async () => {
    await using database = await open();
    const { accounts, clock, post, lines, send } = openPost(database);
    post.fails = new MailError('refuses: no such mailbox', true, undefined);
    await requestSignIn(accounts, 'gone@example.org', '/');
    await accounts.later.settled();
    assert.equal((await database.db.selectFrom('account_mails').selectAll().execute()).length, 0);
    post.fails = new MailError('is down', false, undefined);
    await requestSignIn(accounts, 'ann@example.org', '/');
    for (let minutes = 0; minutes < 70; minutes += 1) {
      await accounts.later.settled();
      await send();
      clock.advance(MINUTE);
    }
    assert.equal((await database.db.selectFrom('account_mails').selectAll().execute()).length, 0);
    const told = lines.filter((line) => line.includes('could not be sent'));
    assert.ok(told.length >= 5 && told.length <= 12, `${told.length} tries`);
    assert.match(told.at(-1) ?? '', /"givesUp":true/);
    assert.ok(!lines.join('').includes('token='), 'no link in the log where mail goes to a server');
  });

  test('a mail whose link cannot be made holds up no other one, and is given up like every other', async () => {
    await using database = await open();
    const { accounts, clock, sent, lines, send } = openPost(database);
    // Addresses that the sign-in form refuses today, as an older version or a provider may have left them.
    const now = clock.now();
    for (const [index, email] of ['a..b@example.org', '.a@example.org', 'a@münchen.de'].entries()) {
      const row = { id: `bad-${index}`, kind: 'sign-in' as const, email, user_id: null, origin: 'https://x.example' };
      await accounts.db
        .insertInto('account_mails')
        .values({ ...row, next_path: '/', created_at: now, due_at: now - 1, attempts: 0, last_error: null })
        .execute();
    }
    await requestSignIn(accounts, 'ann@example.org', '/');
    await accounts.later.settled();
    assert.deepEqual(
      sent.map(({ to }) => to),
      ['ann@example.org'],
    );
    const waiting = await database.db.selectFrom('account_mails').select(['attempts', 'last_error']).execute();
    assert.deepEqual(
      waiting.map(({ attempts }) => attempts),
      [1, 1, 1],
    );
    assert.ok(waiting.every(({ last_error }) => last_error !== null && last_error !== ''));
    for (let minutes = 0; minutes < 70; minutes += 1) {
      await send();
      clock.advance(MINUTE);
    }
    assert.equal((await database.db.selectFrom('account_mails').selectAll().execute()).length, 0);
    assert.match(lines.join(''), /could not be sent/);
  });

  test('a mail that a program held when it died is sent by the next one', async () => {
    await using database = await open();
    const { accounts, clock, sent, send } = openPost(database);
    const now = clock.now();
    const row = {
      id: 'a',
      kind: 'sign-in' as const,
      email: 'ann@example.org',
      user_id: null,
      origin: 'https://x.example',
    };
    await accounts.db
      .insertInto('account_mails')
      .values({ ...row, next_path: '/', created_at: now, due_at: now + 2 * MINUTE, attempts: 0, last_error: null })
      .execute();
    await send();
    assert.equal(sent.length, 0);
    clock.advance(2 * MINUTE);
    await send();
    assert.equal(sent.length, 1);
  });
});
