/** `broadsheet user` as an operator types it, and its link against the running program. */

import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { start } from '../program.ts';

let folder: string;
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'broadsheet-user-'))));
after(async () => await rm(folder, { recursive: true, force: true }));

async function user(env: Record<string, string>, ...args: string[]) {
  return await start(['user', ...args], { DATA_DIR: folder, REGISTRATION: 'closed', ...env }).finished;
}

test('people are added, listed and promoted; the first one is the admin', async () => {
  assert.deepEqual((await user({}, 'add', 'Ann@example.org', '--full-name', 'Ann Lee')).out, 'ann admin\n');
  assert.deepEqual((await user({}, 'add', 'bob@example.org')).out, 'bob reader\n');
  const list = await user({}, 'list');
  assert.match(list.out, /^ann\tann@example\.org\tadmin\t\d{4}-\d\d-\d\d\nbob\tbob@example\.org\treader\t/);
  const [first] = JSON.parse((await user({}, 'list', '--json')).out) as { fullName: string }[];
  assert.equal(first?.fullName, 'Ann Lee');
  assert.equal((await user({}, 'promote', 'bob@example.org')).out, 'bob admin\n');
  assert.equal((await user({}, 'promote', 'bob@example.org', '--role', 'moderator')).out, 'bob moderator\n');
});

test('what cannot be done says what would be right, and is no success', async () => {
  const cases: [string[], RegExp][] = [
    [['add', 'ann@example.org'], /has an account already/],
    [['add', 'ann+lab@example.org'], /has an account already, by ann@example\.org: one mailbox has one account/],
    [['sign-in-link', 'ann+lab@example.org'], /has no account, but ann@example\.org has, which is the same mailbox/],
    [['promote', 'ann+lab@example.org'], /has no account, but ann@example\.org has/],
    [['add', 'ann'], /no mail address.*\n.*ann@example\.org/],
    [['promote', 'nobody@example.org'], /has no account.*\n.*broadsheet user add/],
    [['promote', 'bob@example.org', '--role', 'king'], /Allowed choices are reader, moderator, admin/],
    [['sign-in-link', 'nobody@example.org'], /has no account/],
    [['promote', 'ann@example.org', '--role', 'reader'], /the only admin.*\n.*broadsheet user promote/],
  ];
  for (const [args, said] of cases) {
    const { code, err, out } = await user({}, ...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(err, said);
    assert.equal(out, '');
  }
});

test('the link signs in once and at once, in whichever browser, with no mail configured', async () => {
  await using server = await serving();
  const printed = await user({ PORT: server.port }, 'sign-in-link', 'ann@example.org');
  assert.match(printed.out, /^http:\/\/localhost:\d+\/sign-in\/link\?token=\w+&direct=[\w-]+\n$/, 'one address, alone');
  const entered = await fetch(printed.out.trim(), { redirect: 'manual' });
  assert.equal(entered.status, 303);
  const cookie = entered.headers.getSetCookie().find((one) => one.startsWith('broadsheet.session_token=')) ?? '';
  assert.match(cookie, /HttpOnly/i);
  assert.doesNotMatch(cookie, /Secure/i, 'over plain http a browser would refuse it');
  const page = await fetch(`http://localhost:${server.port}/settings`, {
    headers: { Cookie: cookie.split(';')[0] ?? '' },
  });
  assert.match(await page.text(), /ann@example\.org/);
  assert.equal((await fetch(printed.out.trim(), { redirect: 'manual' })).status, 400, 'once');
});

test('without a mail server the log has the link that was asked for', async () => {
  await using server = await serving();
  const form = new URLSearchParams({ email: 'bob@example.org' });
  const asked = await fetch(`http://localhost:${server.port}/sign-in`, { method: 'POST', body: form });
  assert.match(await asked.text(), /Look into your mail/);
  const [, link = ''] = await server.program.saw(/bob@example\.org.* (http:\/\/localhost\S+)/);
  assert.match(await (await fetch(link)).text(), /<button class="main">Sign in as b…@example\.org<\/button>/);
});

async function serving() {
  const program = start(['serve'], { DATA_DIR: folder, REGISTRATION: 'closed' });
  const [, port = ''] = await program.saw(/is at http:\/\/localhost:(\d+)/);
  return {
    program,
    port,
    async [Symbol.asyncDispose]() {
      program.kill('SIGTERM');
      assert.equal((await program.finished).code, 0);
    },
  };
}
