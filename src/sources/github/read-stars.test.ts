import assert from 'node:assert/strict';
import { it, test } from 'node:test';
import { setLinks } from '#papers/set-links.ts';
import { listStars } from '#papers/star-store.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { makeDraft, save } from '../../../test/drafts.ts';
import { startGithub } from '../../../test/github-server.ts';
import type { GithubFault, GithubServer } from '../../../test/github-server.ts';
import { LISTING_MORNING, sourceContext } from '../../../test/source-context.ts';
import { readStars } from './read-stars.ts';
import { apiPathOf } from './repository.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const id = '2601.00001';

test('only a repository on GitHub has a place in its API', () => {
  assert.equal(apiPathOf('https://github.com/owner/na.me-1'), '/repos/owner/na.me-1');
  for (const other of [
    'https://gitlab.com/a/b',
    'https://github.com/a',
    'https://github.com/../..',
    'https://github.com/a/b?c',
    'http://github.com/a/b',
  ])
    assert.equal(apiPathOf(other), undefined, other);
});

onEachDatabase('stars', (open) => {
  async function set(database: TestDatabase, github: GithubServer, settings: Record<string, string> = {}) {
    await save(database.db, makeDraft(1, { codeUrl: 'https://github.com/Ann/Code' }), makeDraft(2));
    return sourceContext(database, github, { settings });
  }
  const stars = async ({ db }: TestDatabase) =>
    (await listStars(db, id, '2026-01-01')).map((reading) => `${reading.day} ${reading.stars}`);
  const problem = async ({ db }: TestDatabase) =>
    (await db.selectFrom('star_checks').select('problem').executeTakeFirst())?.problem;

  it('are read once a day, and an unchanged repository costs GitHub nothing', async () => {
    await using database = await open();
    await using github = await startGithub({ 'ann/code': 12 });
    const context = await set(database, github);
    assert.equal(await readStars(context), 1);
    assert.equal(await readStars(context), 0);
    context.clock.advance(DAY);
    assert.equal(await readStars(context), 1);
    assert.deepEqual(
      github.requests.map(({ status, etag }) => [status, etag]),
      [
        [200, undefined],
        [304, 'W/"ann/code-12"'],
      ],
    );
    github.stars.set('ann/code', 40);
    context.clock.advance(DAY);
    await readStars(context);
    assert.deepEqual(await stars(database), ['2026-01-06 12', '2026-01-07 12', '2026-01-08 40']);
    assert.equal(github.requests[0]?.authorization, undefined);
    assert.deepEqual(github.requests[0]?.path, '/repos/Ann/Code');
  });

  it('of old papers are read seldom', async () => {
    await using database = await open();
    await using github = await startGithub({ 'a/new': 1, 'a/older': 2, 'a/old': 3 });
    const context = await set(database, github);
    await save(
      database.db,
      makeDraft(1, { codeUrl: 'https://github.com/a/new', updatedOn: '2026-01-06' }),
      makeDraft(3, { codeUrl: 'https://github.com/a/older', publishedOn: '2025-10-01' }),
      makeDraft(4, { codeUrl: 'https://github.com/a/old', publishedOn: '2024-01-01' }),
    );
    const read: string[] = [];
    for (let day = 0; day < 30; day += 1) {
      await readStars(context);
      read.push(...github.requests.splice(0).map(({ path }) => path.slice('/repos/a/'.length)));
      context.clock.advance(DAY);
    }
    const count = (name: string) => read.filter((one) => one === name).length;
    assert.deepEqual(read.slice(0, 3), ['new', 'older', 'old'], 'the newest first');
    assert.deepEqual([count('new'), count('older'), count('old')], [30, 5, 1]);
  });

  it('wait as long as GitHub says, in every process', async () => {
    await using database = await open();
    await using github = await startGithub({ 'ann/code': 12 });
    const context = await set(database, github);
    const reset = String((LISTING_MORNING + 40 * 60_000) / 1000);
    const used = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset };
    github.faults.push({ kind: 'status', status: 403, headers: used, body: '{"message":"API rate limit exceeded"}' });
    await readStars(context);
    context.clock.advance(39 * 60_000);
    assert.equal(await readStars(sourceContext(database, github, { clock: context.clock })), 0, 'of another process');
    assert.equal(github.requests.length, 1);
    context.clock.advance(60_000);
    github.faults.push({ kind: 'status', status: 429, headers: { 'retry-after': '120' } });
    await readStars(context);
    context.clock.advance(119_000);
    assert.equal(await readStars(context), 0);
    context.clock.advance(1_000);
    assert.equal(await readStars(context), 1);
    assert.deepEqual(await stars(database), ['2026-01-06 12']);
    assert.equal(await problem(database), null, 'a pause is no failure of the repository');
  });

  it('end a run when the last request of the hour was used', async () => {
    await using database = await open();
    await using github = await startGithub({ 'ann/code': 12, 'a/b': 3 });
    const context = await set(database, github);
    await save(database.db, makeDraft(3, { codeUrl: 'https://github.com/a/b' }));
    github.headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(LISTING_MORNING / 1000 + 600) };
    assert.equal(await readStars(context), 1);
    github.headers = {};
    context.clock.advance(600_000);
    assert.equal(await readStars(context), 1);
  });

  it('follow a repository that was renamed, and only below the API', async () => {
    await using database = await open();
    await using github = await startGithub({ 'ben/renamed': 12 });
    github.moved.set('ann/code', 'ben/renamed');
    const context = await set(database, github, { GITHUB_TOKEN: 'ghp_secret' });
    await readStars(context);
    assert.deepEqual(await stars(database), ['2026-01-06 12']);
    context.clock.advance(DAY);
    await readStars(context);
    assert.deepEqual(
      github.requests.map(({ path, status }) => `${status} ${path}`),
      ['301 /repos/Ann/Code', '200 /repositories/1', '304 /repositories/1'],
    );
    await using elsewhere = await startGithub({});
    const location = `${elsewhere.settings.GITHUB_API_URL}/repositories/1`;
    github.faults.push({ kind: 'status', status: 302, headers: { location } });
    context.clock.advance(DAY);
    await readStars(context);
    assert.match((await problem(database)) ?? '', /not its own/);
    assert.equal(elsewhere.requests.length, 0, 'the token stays where it belongs');
    assert.equal(github.requests.at(-1)?.authorization, 'Bearer ghp_secret');
  });

  const faults: [string, GithubFault, RegExp][] = [
    ['an error of the server', { kind: 'status', status: 502, body: '<html>' }, /answers 502/],
    ['garbage', { kind: 'status', status: 200, body: 'not json' }, /without a number of stars/],
    ['no number', { kind: 'status', status: 200, body: '{"stargazers_count":"many"}' }, /without a number/],
    ['null', { kind: 'status', status: 200, body: 'null' }, /without a number/],
    ['a connection that breaks', { kind: 'reset' }, /no answer from GitHub/],
    ['an endless answer', { kind: 'status', status: 200, body: ' '.repeat(1_100_000) }, /larger than 1 MB/],
    ['a redirect to nowhere', { kind: 'status', status: 301 }, /redirects/],
  ];
  it('survive what goes wrong, later each time, and lose no reading', async () => {
    await using database = await open();
    await using github = await startGithub({ 'ann/code': 12 });
    const context = await set(database, github);
    await readStars(context);
    context.clock.advance(DAY);
    let wait = HOUR;
    for (const [name, fault, expected] of faults.slice(0, 4)) {
      github.faults.push(fault);
      assert.equal(await readStars(context), 1, name);
      assert.match((await problem(database)) ?? '', expected, name);
      context.clock.advance(wait - 300); // each look is followed by a quarter of a second of rest
      assert.equal(await readStars(context), 0, name);
      context.clock.advance(300);
      wait *= 2;
    }
    for (const [name, fault, expected] of faults.slice(4)) {
      github.faults.push(fault);
      assert.equal(await readStars(context), 1, name);
      assert.match((await problem(database)) ?? '', expected, name);
      context.clock.advance(DAY);
    }
    assert.equal(await readStars(context), 1);
    assert.equal(await problem(database), null);
    const readings = await stars(database);
    assert.deepEqual([readings[0], readings.length], ['2026-01-06 12', 2]);
  });

  it('of a repository that is gone are asked for again in a month, by its name', async () => {
    await using database = await open();
    await using github = await startGithub({});
    const context = await set(database, github);
    await readStars(context);
    assert.match((await problem(database)) ?? '', /404: deleted, private or taken down/);
    context.clock.advance(29 * DAY);
    assert.equal(await readStars(context), 0);
    github.stars.set('ann/code', 5);
    context.clock.advance(DAY);
    await readStars(context);
    assert.deepEqual(await stars(database), ['2026-02-05 5']);
  });

  it('begin anew with another link', async () => {
    await using database = await open();
    await using github = await startGithub({ 'ann/code': 12, 'a/b': 500 });
    const context = await set(database, github);
    await readStars(context);
    const links = { codeUrl: 'https://github.com/a/b', projectUrl: null };
    const by = async () => await Promise.resolve({ id: 'x', isModerator: true });
    await setLinks(database.db, { id, links, by, now: context.clock.now() });
    assert.equal(await readStars(context), 1);
    assert.deepEqual(await stars(database), ['2026-01-06 500']);
    assert.equal(github.requests.at(-1)?.etag, undefined);
  });

  it('are not asked for with a token that is refused, and the job says so', async () => {
    await using database = await open();
    await using github = await startGithub({ 'ann/code': 12 });
    const context = await set(database, github, { GITHUB_TOKEN: 'ghp_wrong' });
    github.faults.push({ kind: 'status', status: 401 });
    await assert.rejects(readStars(context), /refuses the token/);
  });
});
