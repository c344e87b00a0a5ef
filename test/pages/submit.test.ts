import assert from 'node:assert/strict';
import { it } from 'node:test';
import { saveStars } from '#papers/star-store.ts';
import { findSubmission } from '#papers/submission-store.ts';
import { fetchSubmitted } from '#sources/fetch-submitted.ts';
import { manyPapers, startArxiv } from '../arxiv-server.ts';
import type { ArxivServer } from '../arxiv-server.ts';
import { onEachDatabase } from '../database.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';

const PATH = '/papers/submit';
const id = '2601.00001';

onEachDatabase('submitting on the site', (_open, dialect) => {
  const open = async (arxiv: ArxivServer, settings: Record<string, string> = {}) =>
    await openSite({ dialect, settings: { ...arxiv.settings, ...settings } });

  it('needs somebody who is signed in', async () => {
    await using arxiv = await startArxiv();
    await using site = await open(arxiv);
    const page = await site.get(PATH);
    assert.equal(page.status, 303);
    assert.match(page.headers.get('location') ?? '', /^\/sign-in\?next=%2Fpapers%2Fsubmit$/);
    assert.equal((await site.post(PATH, [['paper', id]], { Accept: 'text/html' })).status, 401);
  });

  it('brings a paper into today’s edition, with the name of who submitted it', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(3) });
    await using site = await open(arxiv);
    const ann = await site.signIn('ann@example.org');
    assert.match((await ann.get(PATH)).text, /arXiv id or address.*up to 14 days after.*up to 5 a day/);
    const answer = await ann.post(PATH, { paper: `https://arxiv.org/abs/${id}v1` });
    assert.deepEqual([answer.status, answer.headers.get('location')], [303, `${PATH}?paper=${id}`]);
    const done = await ann.get(`${PATH}?paper=${id}`);
    assert.deepEqual([done.status, done.headers.get('location')], [303, `/papers/${id}`]);
    const paper = await site.get(`/papers/${id}`);
    assert.match(paper.text, /Submitted by @ann /);
    const edition = await site.get('/papers/date/2026-01-08');
    assert.match(edition.text, /Diffusion at scale, part 1 .*submitted by @ann /);
    assert.match(edition.html, /submitted by <a href="\/users\/ann">@ann<\/a>/);
    // Those of the starter edition were submitted by nobody here.
    assert.doesNotMatch((await site.get('/papers/date/2026-01-06')).text, /submitted by/);
  });

  it('says why not, and keeps what was typed', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(3) });
    await using site = await open(arxiv, { SUBMIT_PER_DAY: '1' });
    const [ann, ben] = [await site.signIn('ann@example.org'), await site.signIn('ben@example.org')];
    const wrong = await ann.post(PATH, { paper: 'attention "is" all' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /“attention "is" all” is not an arXiv id or address\. An arXiv id looks like 2310\.02541/);
    assert.match(wrong.html, /value="attention &quot;is&quot; all"/);
    assert.match(
      (await ann.post(PATH, { paper: '2309.00002' })).text,
      /too old.*in September 2023, as its number says/,
    );
    assert.match((await ann.post(PATH, { paper: ' ' })).text, /Say which paper: its arXiv id is missing\. An arXiv id/);
    // Of the starter edition, which nobody here submitted.
    assert.match(
      (await ann.post(PATH, { paper: '2509.21043' })).text,
      /2509\.21043 stands in the edition of January 6, 2026 already.*Go to 2509\.21043/,
    );
    await ann.post(PATH, { paper: id });
    const again = await ben.post(PATH, { paper: id });
    assert.equal(again.status, 422);
    assert.match(again.text, /was submitted for the edition of January 8, 2026.*Go to 2601\.00001/);
    assert.match(
      (await ann.post(PATH, { paper: '2601.00002' })).text,
      /One person can submit 1 paper a day, and you have/,
    );
    const unknown = await ben.post(PATH, { paper: '2601.09999' });
    assert.equal(unknown.status, 303);
    const told = await ben.get(unknown.headers.get('location') ?? '');
    assert.match(told.text, /arXiv has no paper 2601\.09999\. Look at the number again/);
    assert.match(told.html, /value="2601\.09999"/);
    assert.equal((await ben.post(PATH, { paper: '2601.00003' })).status, 303, 'what was refused does not count');
  });

  it('lets moderators submit older papers', async () => {
    const [old] = manyPapers(1, { id: '2309.00002', versions: [{ at: '2023-09-01T10:00:00Z' }] });
    assert.ok(old);
    await using arxiv = await startArxiv({ papers: [old] });
    await using site = await open(arxiv);
    const [ann, mo] = [
      await site.signIn('ann@example.org'),
      await site.signIn('mo@example.org', { role: 'moderator' }),
    ];
    assert.equal((await ann.post(PATH, { paper: old.id, any_age: '1' })).status, 422, 'which readers cannot ask for');
    const refused = await mo.post(PATH, { paper: old.id });
    assert.equal(refused.status, 422);
    assert.match(refused.html, /name="any_age" value="1" checked/);
    await mo.post(PATH, { paper: old.id, any_age: '1' });
    assert.equal((await findSubmission(site.db, old.id))?.day, '2026-01-08');
  });

  it('keeps a submission while arXiv fails, shows it as such, and completes it later', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    await using site = await open(arxiv);
    const ann = await site.signIn('ann@example.org');
    arxiv.fail({ kind: 'status', status: 403 }, { service: 'api' });
    const answer = await ann.post(PATH, { paper: id });
    const waiting = await ann.get(answer.headers.get('location') ?? '');
    assert.equal(waiting.status, 200);
    assert.match(
      waiting.text,
      /2601\.00001 could not be fetched yet arXiv answered with an error \(403\)\. It is tried again in a minute, at 12:01\sPM\sUTC\. .*Your submission is kept.*Try it now Take it back .*One try has failed since/,
    );
    assert.doesNotMatch(waiting.text, /Cannot read|http:|api\/query/, 'words for the log');
    const [, seconds] = /<meta http-equiv="refresh" content="(\d+)"\/?>/.exec(waiting.html) ?? [];
    assert.ok(Number(seconds) > 60 && Number(seconds) < 90, `it looks again after the next try, not ${seconds} s on`);
    assert.match((await ann.get(PATH)).text, /2601\.00001 could not be fetched yet\. It is tried again in a minute/);
    site.clock.advance(120_000);
    assert.match((await ann.get(`${PATH}?paper=${id}`)).text, /It is being tried again now\./);
    await fetchSubmitted(site.app);
    const done = await ann.get(`${PATH}?paper=${id}`);
    assert.equal(done.headers.get('location'), `/papers/${id}`);
  });

  it('tries a submission again when its submitter asks for it, and forgets it when it is taken back', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(2) });
    await using site = await open(arxiv);
    const ann = await site.signIn('ann@example.org');
    const ben = await site.signIn('ben@example.org');
    arxiv.fail({ kind: 'status', status: 403 }, { service: 'api', times: 2 });
    await ann.post(PATH, { paper: id });
    await ann.post(PATH, { paper: '2601.00002' });
    await ben.post(PATH, { take_back: id });
    assert.match((await ann.get(PATH)).text, /2601\.00001 could not be fetched yet/, 'which is not Ben’s to take back');
    const again = await ann.post(PATH, { paper: id }); // the button “Try it now”
    assert.equal((await ann.get(again.headers.get('location') ?? '')).headers.get('location'), `/papers/${id}`);
    const taken = await ann.post(PATH, { take_back: '2601.00002' });
    assert.deepEqual([taken.status, taken.headers.get('location')], [303, PATH]);
    site.clock.advance(120_000);
    await fetchSubmitted(site.app);
    assert.equal(await findSubmission(site.db, '2601.00002'), undefined);
    assert.doesNotMatch((await ann.get(PATH)).text, /not in an edition/);
    // A refusal that has been read can be cleared away.
    await ann.post(PATH, { paper: '2601.09999' });
    assert.match((await ann.get(PATH)).text, /2601\.09999 : arXiv has no paper 2601\.09999\..*Clear/);
    await ann.post(PATH, { take_back: '2601.09999' });
    assert.doesNotMatch((await ann.get(PATH)).text, /2601\.09999/);
  });

  it('refuses banned accounts, and says so instead of a form', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    await using site = await open(arxiv);
    const eve = await site.signIn('eve@example.org');
    await site.db
      .updateTable('users')
      .set({ banned_at: 1, ban_reason: 'spam' })
      .where('id', '=', eve.user.id)
      .execute();
    const page = await eve.get(PATH);
    assert.match(page.text, /This account is banned/);
    assert.doesNotMatch(page.html, /name="paper"/);
    assert.equal((await eve.post(PATH, { paper: id })).status, 403);
    assert.equal(await findSubmission(site.db, id), undefined);
  });
});

onEachDatabase('links on the site', (_open, dialect) => {
  it('are changed by the submitter and by moderators, and show stars', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    await using site = await openSite({ dialect, settings: arxiv.settings });
    const [ann, ben] = [await site.signIn('ann@example.org'), await site.signIn('ben@example.org')];
    const mo = await site.signIn('mo@example.org', { role: 'moderator' });
    await ann.post(PATH, { paper: id });
    const form = `/papers/${id}/links`;
    assert.match((await ann.get(`/papers/${id}`)).text, /Add code or project page/);
    assert.match((await mo.get(`/papers/${id}`)).text, /Add code or project page/);
    for (const page of [await ben.get(`/papers/${id}`), await site.get(`/papers/${id}`)])
      assert.doesNotMatch(page.text, /Add code/);
    assert.equal((await ben.get(form)).status, 403);
    assert.equal((await ben.post(form, { code: 'https://github.com/ben/spam' })).status, 403);
    assert.equal((await site.get(form)).status, 303);
    const wrong = await ann.post(form, { code: 'http://github.com/a/b', project: 'x y' });
    assert.equal(wrong.status, 422);
    assert.match(wrong.text, /Only addresses that begin with https.*“x y” is not an address/);
    assert.match(wrong.html, /value="http:\/\/github\.com\/a\/b"/);
    const right = await ann.post(form, { code: 'github.com/a/b.git', project: 'https://a.github.io/b' });
    assert.deepEqual([right.status, right.headers.get('location')], [303, `/papers/${id}`]);
    await saveStars(site.db, { paper_id: id, day: '2026-01-07', stars: 999 });
    await saveStars(site.db, { paper_id: id, day: '2026-01-08', stars: 1234 });
    const paper = await site.get(`/papers/${id}`);
    assert.match(paper.html, /href="https:\/\/github\.com\/a\/b"[^>]*>Code/);
    assert.match(paper.text, /★1\.2k , 1,234 stars on GitHub/);
    assert.match(paper.html, /href="https:\/\/a\.github\.io\/b"/);
    assert.match((await site.get('/papers/date/2026-01-08')).text, /Code ★1\.2k/);
    assert.match((await mo.get(form)).text, /Who set them @ann , Jan 8, 2026: code https:\/\/github\.com\/a\/b/);
  });

  it('have a form below papers with old ids too', async () => {
    await using arxiv = await startArxiv();
    await using site = await openSite({ dialect, settings: arxiv.settings });
    const mo = await site.signIn('mo@example.org', { role: 'moderator' });
    assert.equal((await mo.get('/papers/hep-th/9110025/links')).status, 404);
    await save(site.db, makeDraft(1, { id: 'hep-th/9110025' }));
    assert.equal((await mo.get('/papers/hep-th/9110025/links')).status, 200);
    const saved = await mo.post('/papers/hep-th/9110025/links', { code: 'https://github.com/a/b' });
    assert.equal(saved.headers.get('location'), '/papers/hep-th/9110025');
  });
});

onEachDatabase('writing too fast', (_open, dialect) => {
  it('arXiv is asked for so many papers of one person an hour, whether it has them or not', async () => {
    await using arxiv = await startArxiv({ papers: manyPapers(1) });
    await using site = await openSite({ dialect, settings: { ...arxiv.settings, SUBMIT_PER_DAY: '3' } });
    const old = await site.signIn('old@example.org', { createdAt: 0 });
    const young = await site.signIn('young@example.org');
    const statuses = async (person: typeof old, from: number, count: number) => {
      const all: number[] = [];
      for (let at = from; at < from + count; at += 1)
        all.push((await person.post(PATH, { paper: `2601.${String(at).padStart(5, '0')}` })).status);
      return all;
    };
    assert.deepEqual(await statuses(young, 9000, 9), [...Array<number>(7).fill(303), 429, 429]);
    assert.deepEqual(await statuses(old, 9100, 22), [...Array<number>(20).fill(303), 429, 429]);
    assert.equal((await old.post(PATH, { paper: 'nonsense' })).status, 422, 'what is no id asks nobody');
    assert.ok((await old.get(PATH)).text.includes('2601.09119'), 'the newest refusal');
  });

  it('is refused per account with the time to wait, sooner for new accounts', async () => {
    await using site = await openSite({ dialect, settings: { WRITES_PER_MINUTE: '6' } });
    const old = await site.signIn('old@example.org', { createdAt: 0 });
    const young = await site.signIn('young@example.org');
    const statuses = async (person: typeof old) => {
      const all: number[] = [];
      for (let count = 0; count < 9; count += 1) all.push((await person.post(PATH, { paper: 'nonsense' })).status);
      return all;
    };
    // Two seconds pass between requests of a test.
    assert.deepEqual(await statuses(old), [422, 422, 422, 422, 422, 422, 422, 429, 429]);
    assert.deepEqual((await statuses(young)).slice(0, 4), [422, 422, 429, 429]);
    const refused = await young.post(PATH, { paper: 'nonsense' });
    assert.equal(refused.status, 429);
    assert.match(
      refused.text,
      /A little slower, please.*One account can send 2 forms a minute while it is new.*works again in \d+ seconds/,
    );
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
    assert.equal((await young.get(PATH)).status, 200, 'reading goes on');
    site.clock.advance(Number(refused.headers.get('retry-after')) * 1000);
    assert.equal((await young.post(PATH, { paper: 'nonsense' })).status, 422);
  });

  it('is refused per address, however many accounts there are', async () => {
    await using site = await openSite({ dialect, settings: { WRITES_PER_MINUTE_ADDRESS: '3' } });
    const post = async (peer: string) => await site.postFrom(peer, '/sign-in', { email: 'nobody' });
    const all = [];
    for (const peer of ['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'])
      all.push((await post(peer)).status);
    assert.deepEqual(all, [422, 422, 422, 429, 422]);
    const six = [];
    for (const end of ['1', '2', '3', '4']) six.push((await post(`2001:db8::${end}`)).status);
    assert.deepEqual(six, [422, 422, 422, 429], 'the addresses of one network are one');
  });
});
