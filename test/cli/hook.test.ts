/** `broadsheet hook …` and the line in `status`, as an operator types them. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openTestDatabase } from '../database.ts';
import { runProgram } from '../program.ts';
import { startReceiver } from '../receiver.ts';

test('a webhook is added, listed, tried, given a new secret and removed', { timeout: 120_000 }, async () => {
  await using receiver = await startReceiver();
  await using database = await openTestDatabase();
  const env = { ...database.settings, WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8', PUBLIC_URL: 'https://papers.example' };
  const hook = async (...args: string[]) => await runProgram(['hook', ...args], env);

  assert.match((await runProgram(['status'], env)).out, /^Webhooks: none$/m);
  const added = await hook(
    'add',
    `${receiver.url}/x/secret`,
    '--events',
    'paper.trending,edition.daily',
    '--format',
    'discord',
  );
  assert.equal(added.code, 0, added.err);
  const [id = '', secret = ''] = added.out.split('\n');
  assert.match(id, /^[0-9a-f]{24}$/);
  assert.match(secret, /^whsec_/);

  const listed = await hook('list');
  assert.equal(listed.out, `${id}\t${receiver.url}/…\tdiscord\tpaper.trending,edition.daily\t(site)\ton\n`);
  assert.doesNotMatch(listed.out, /secret/);
  assert.equal((JSON.parse((await hook('list', '--json')).out) as { id: string }[])[0]?.id, id);

  const tried = await hook('test', id);
  assert.deepEqual([tried.code, /^delivered: answered 204 after \d+ ms\n$/.test(tried.out)], [0, true], tried.err);
  assert.match(receiver.got[0]?.body ?? '', /A test from Daily Papers/);
  receiver.faults.push({ kind: 'status', status: 404 });
  const failed = await hook('test', id);
  assert.deepEqual([failed.code, failed.err], [1, 'broadsheet: The test was not delivered: answered 404.\n']);
  assert.match(
    (await runProgram(['status'], env)).out,
    /^Webhooks: 1; messages waiting: 0, lately delivered: 1, failed: 1$/m,
  );

  const rotated = await hook('rotate', id);
  assert.match(rotated.out, /^whsec_\S+\n$/);
  assert.notEqual(rotated.out.trim(), secret);

  for (const [args, message] of [
    [
      ['add', 'http://10.0.0.1/', '--events', 'paper.trending'],
      /10\.0\.0\.1 is inside of a network.*WEBHOOK_ALLOW_PRIVATE/,
    ],
    [['add', receiver.url, '--events', 'everything'], /Choose what to be told of: paper\.trending/],
    [['add', receiver.url, '--events', 'search.match'], /Say which search to follow/],
    [
      ['add', receiver.url, '--events', 'paper.trending', '--owner', 'ann@example.org'],
      /ann@example\.org has no account/,
    ],
    [['test', 'nonsense'], /There is no such webhook/],
  ] as const) {
    const { code, err } = await hook(...args);
    assert.equal(code, 2);
    assert.match(err, message);
  }
  assert.equal((await hook('remove', id)).code, 0);
  assert.equal((await hook('list')).out, '');
});
