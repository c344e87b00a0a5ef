/** Every form that writes, sent by a program: JSON with the right status and the reason, whatever it is. */

import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createToken } from '#accounts/token-store.ts';
import { findSubmission } from '#papers/submission-store.ts';
import { manyPapers, startArxiv } from '../arxiv-server.ts';
import { onEachDatabase } from '../database.ts';
import { openSite } from '../site.ts';
import type { Fields, TestSite } from '../site.ts';

const PAPER = '/papers/2509.21043';
const JSON_TYPE = /^application\/json/;

/** What a program sends that knows nothing but its token: curl's `Accept`, no `Origin`. */
async function program(site: TestSite, email: string, scope: 'read' | 'write' = 'write') {
  const { user } = await site.signIn(email, { createdAt: 0 });
  const token = await createToken(site.db, user.id, { name: 'a script', scope }, site.clock.now());
  const headers = { Authorization: `Bearer ${token ?? ''}`, Accept: '*/*' };
  const read = (page: { status: number; headers: Headers; html: string }) => {
    if (page.html !== '') assert.match(page.headers.get('content-type') ?? '', JSON_TYPE, page.html);
    return {
      status: page.status,
      location: page.headers.get('location'),
      said: (page.html === '' ? {} : JSON.parse(page.html)) as Record<string, unknown>,
    };
  };
  return {
    user,
    get: async (path: string) => read(await site.get(path, headers)),
    post: async (path: string, fields: Fields = {}) => read(await site.post(path, fields, headers)),
  };
}

onEachDatabase('a program with an access token', (_open, dialect) => {
  it('votes, comments, edits, reacts and deletes, and is told why it cannot', async () => {
    await using site = await openSite({ dialect });
    const ann = await program(site, 'ann@example.org');
    assert.deepEqual((await ann.post(`${PAPER}/upvote`, { voted: '1' })).said, {
      id: '2509.21043',
      upvotes: 1,
      upvoted: true,
    });
    const made = await ann.post(`${PAPER}/comments`, { body: 'Is $x$ right?' });
    const path = `${PAPER}/comments/${String(made.said['id'])}`;
    assert.deepEqual([made.status, made.location, made.said['url']], [201, path, `https://papers.example${path}`]);
    assert.match(String((await ann.post(`${PAPER}/comments`, { body: '*a*', preview: '1' })).said['html']), /<em>a/);
    assert.equal((await ann.post(`${path}/edit`, { body: 'Is $y$ right?' })).status, 204);
    const { said: reacted } = await ann.post(`${path}/react`, { on: 'agree' });
    assert.deepEqual(reacted['reactions'], [{ emoji: 'agree', count: 1, mine: true }]);
    assert.match(String(reacted['html']), /<button name="off" value="agree" aria-pressed="true">/);
    assert.equal((await ann.post(`${path}/delete`)).status, 204);

    const wrong: [path: string, fields: Fields, status: number, error: RegExp][] = [
      [`${PAPER}/upvote`, {}, 400, /does not say whether to vote/],
      ['/papers/2509.99999/upvote', { voted: '1' }, 404, /is not here/],
      [`${PAPER}/comments`, { body: ' ' }, 422, /The comment is empty/],
      [`${PAPER}/comments`, { body: 'x'.repeat(10_001) }, 422, /10,001 characters/],
      [`${PAPER}/comments`, { body: '', preview: '1' }, 422, /The comment is empty/],
      [`${path}/edit`, { body: 'again' }, 404, /was deleted by its author/],
      [`${PAPER}/comments`, { body: 'x'.repeat(400_000) }, 413, /more than this form can take/],
    ];
    for (const [at, fields, status, error] of wrong) {
      const answer = await ann.post(at, fields);
      assert.equal(answer.status, status, at);
      assert.match(String(answer.said['error']), error);
    }
  });

  it('submits papers, follows what becomes of them, and takes them back', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(3) });
    await using site = await openSite({ dialect, settings: { ...arxiv.settings, SUBMIT_PER_DAY: '2' } });
    const ann = await program(site, 'ann@example.org');
    const submit = async (paper: string) => await ann.post('/papers/submit', { paper });
    const placed = await submit('arXiv:2601.00001v1');
    assert.deepEqual(
      [placed.status, placed.location, placed.said],
      [
        201,
        '/papers/2601.00001',
        { id: '2601.00001', status: 'placed', url: 'https://papers.example/papers/2601.00001' },
      ],
    );
    assert.equal((await findSubmission(site.db, '2601.00001'))?.user_id, ann.user.id);
    assert.equal((await ann.get('/papers/submit?paper=2601.00001')).said['status'], 'placed');

    arxiv.fail({ kind: 'status', status: 403 }, { service: 'api', times: 1 });
    const kept = await submit('2601.00002');
    assert.deepEqual([kept.status, kept.location], [202, '/papers/submit?paper=2601.00002']);
    const { nextTry, ...said } = kept.said;
    assert.deepEqual(said, {
      id: '2601.00002',
      status: 'waiting',
      failedTries: 1,
      problem: 'arXiv answered with an error (403).',
      url: 'https://papers.example/papers/submit?paper=2601.00002',
    });
    assert.ok(Date.parse(String(nextTry)) > site.clock.now());
    assert.equal((await ann.get(kept.location ?? '')).said['failedTries'], 1);
    assert.equal((await submit('2601.00003')).status, 429);
    assert.equal((await ann.post('/papers/submit', { take_back: '2601.00002' })).status, 204);
    assert.equal((await ann.post('/papers/submit', { take_back: '2601.00002' })).status, 404);

    const refused: [paper: string, status: number, reason: string | undefined, error: RegExp][] = [
      ['', 422, 'unreadable', /its arXiv id is missing/],
      ['attention', 422, 'unreadable', /is not an arXiv id/],
      ['2309.00002', 422, 'too-old', /too old/],
      ['2601.00001', 409, 'submitted', /was submitted for the edition of January 8, 2026/],
      ['2509.21043', 409, 'submitted', /stands in the edition of January 6, 2026 already/],
      ['2601.09999', 422, undefined, /arXiv has no paper 2601\.09999/],
    ];
    for (const [paper, status, reason, error] of refused) {
      const answer = await submit(paper);
      assert.equal(answer.status, status, paper);
      assert.equal(answer.said['reason'], reason);
      assert.match(String(answer.said['error']), error);
    }
    assert.deepEqual(
      ((await ann.get('/papers/submit')).said['submissions'] as { id: string; status: string }[]).map(
        ({ id, status }) => [id, status],
      ),
      [['2601.09999', 'refused']],
    );
  });

  it('sets links and reports, and as a moderator decides', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    await using site = await openSite({ dialect, settings: arxiv.settings });
    const ann = await program(site, 'ann@example.org');
    await ann.post('/papers/submit', { paper: '2601.00001' });
    const links = '/papers/2601.00001/links';
    const set = await ann.post(links, { code: 'github.com/a/b.git', project: '' });
    assert.deepEqual(
      [set.status, set.said],
      [200, { id: '2601.00001', code: 'https://github.com/a/b', project: null }],
    );
    const wrong = await ann.post(links, { code: 'http://github.com/a/b', project: 'https://a.example' });
    assert.equal(wrong.status, 422);
    assert.match(String(wrong.said['error']), /Only addresses that begin with https/);
    assert.deepEqual(Object.keys(wrong.said['problems'] as object), ['code']);
    assert.equal((await ann.post(`${PAPER}/links`, { code: 'https://github.com/a/b' })).status, 403);

    const thing = { kind: 'paper', id: '2509.21043' };
    assert.deepEqual(await ann.post('/report', { ...thing, reason: 'Not a paper' }), {
      status: 201,
      location: null,
      said: thing,
    });
    assert.equal((await ann.post('/report', { ...thing, reason: ' ' })).status, 422);
    assert.equal((await ann.post('/report', { kind: 'paper', id: 'nope', reason: 'x' })).status, 404);
    assert.equal((await ann.post('/moderation/act', { ...thing, do: 'hide', reason: 'x' })).status, 403);

    const inPerson = await site.signIn('mo@example.org', { role: 'moderator' });
    const mo = await program(site, 'mo@example.org');
    const done = await mo.post('/moderation/act', { ...thing, do: 'lock', reason: 'It goes in circles' });
    assert.deepEqual([done.status, done.said], [200, { ...thing, done: 'lock' }]);
    assert.equal((await mo.post('/moderation/act', { ...thing, do: 'lock', reason: '' })).status, 422);
    const ban = { id: ann.user.id, do: 'ban', reason: 'Advertising' };
    const byToken = await mo.post('/moderation/people', ban);
    assert.deepEqual(
      [byToken.status, byToken.said['error']],
      [403, 'This is done in a browser, not with an access token.'],
    );
    assert.equal((await inPerson.post('/moderation/people', ban)).status, 303);
    const banned = await ann.post('/papers/submit', { paper: '2601.00002' });
    assert.equal(banned.status, 403);
    assert.match(String(banned.said['error']), /The reason given: “Advertising”/);
  });

  it('is told with 401, 403 and 429 what its token and its limits do not allow', async () => {
    await using site = await openSite({ dialect, settings: { WRITES_PER_MINUTE: '3' } });
    const ann = await program(site, 'ann@example.org', 'read');
    const refused = await ann.post(`${PAPER}/upvote`, { voted: '1' });
    assert.equal(refused.status, 403);
    assert.match(String(refused.said['error']), /may read only/);
    const ben = await program(site, 'ben@example.org');
    const statuses = [];
    for (let votes = 0; votes < 5; votes += 1)
      statuses.push((await ben.post(`${PAPER}/upvote`, { voted: '1' })).status);
    assert.deepEqual(statuses, [200, 200, 200, 429, 429]);
    for (const headers of [
      { Authorization: `Bearer broadsheet_${'x'.repeat(43)}` },
      { Accept: 'application/json' },
    ] as Record<string, string>[]) {
      const answer = await site.post('/papers/submit', { paper: '2601.00001' }, headers);
      assert.equal(answer.status, 401);
      assert.match(answer.headers.get('content-type') ?? '', JSON_TYPE);
    }
  });
});

onEachDatabase('a form that cannot be read', (_open, dialect) => {
  it('is refused with what would be right: bytes that are no UTF-8, and what is no form', async () => {
    await using site = await openSite({ dialect });
    const ann = await site.signIn('ann@example.org');
    const send = async (path: string, body: string | Buffer, type: string) =>
      await site.ask(path, {
        method: 'POST',
        body,
        headers: { Accept: 'text/html', Cookie: ann.cookie, 'Content-Type': type },
      });
    const urlencoded = 'application/x-www-form-urlencoded';
    const paths: [string, string][] = [
      [`${PAPER}/comments`, 'body'],
      [`${PAPER}/upvote`, 'voted'],
      ['/papers/submit', 'paper'],
      [`${PAPER}/links`, 'code'],
      ['/report', 'reason'],
      ['/settings/profile', 'full_name'],
      ['/sign-in', 'email'],
      ['/similar', 'text'],
    ];
    const role = { role: 'admin' } as const;
    await site.db.updateTable('users').set(role).where('id', '=', ann.user.id).execute();
    for (const [path, field] of paths) {
      for (const value of ['caf%E9', '%ED%A0%80', 'a%C3', '%F8%88']) {
        const answer = await send(path, `${field}=${value}`, urlencoded);
        assert.equal(answer.status, 400, `${path} ${value}`);
        assert.match(answer.text, /bytes that are no UTF-8, so nothing was done\. Send its text as UTF-8\./);
      }
      const raw = await send(path, Buffer.from(`${field}=caf\xE9`, 'latin1'), urlencoded);
      assert.equal(raw.status, 400, path);
      const multipart = Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="${field}"\r\n\r\ncaf\xE9\r\n--b--\r\n`,
        'latin1',
      );
      assert.equal((await send(path, multipart, 'multipart/form-data; boundary=b')).status, 400, path);
      const json = await send(path, '{}', 'application/json');
      assert.equal(json.status, 415, path);
      assert.match(
        json.text,
        /it came as application\/json\. Send it as application\/x-www-form-urlencoded or multipart/,
      );
    }
    const latin = await send(`${PAPER}/comments`, 'body=caf%E9', `${urlencoded}; charset=iso-8859-1`);
    assert.equal(latin.status, 415);
    assert.match(latin.text, /it came in iso-8859-1\. Send its text as UTF-8\./);
    const broken = await send(`${PAPER}/comments`, 'body=x', 'multipart/form-data; boundary=b');
    assert.equal(broken.status, 400);
    assert.match(broken.text, /Its parts have to begin with the boundary that its Content-Type names/);
    assert.equal((await site.db.selectFrom('comments').selectAll().execute()).length, 0);
    // Letters of every alphabet, and a percent sign that means itself.
    const kept = await send(
      `${PAPER}/comments`,
      'body=caf%C3%A9+%E6%B7%B1+50%+sure+%zz+%F0%9F%91%A9',
      `${urlencoded}; charset="UTF-8"`,
    );
    assert.equal(kept.status, 303);
    const [row] = await site.db.selectFrom('comments').select('body').execute();
    assert.equal(row?.body, 'café 深 50% sure %zz 👩');
  });
});
