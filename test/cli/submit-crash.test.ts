import assert from 'node:assert/strict';
import { it } from 'node:test';
import { findRequest, updateRequest } from '#papers/request-store.ts';
import { findPaper } from '#papers/store.ts';
import { countSubmissions, findSubmission } from '#papers/submission-store.ts';
import { systemClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { createLog } from '#platform/log.ts';
import { createApp } from '../../src/app.ts';
import { manyPapers, startArxiv } from '../arxiv-server.ts';
import { onEachDatabase } from '../database.ts';
import { signInPerson } from '../people.ts';
import { runProgram, start } from '../program.ts';

/** Submitted papers have to be new by the real clock, which the program goes by. */
const NOW = new Date().toISOString();
const ID = `${NOW.slice(2, 4)}${NOW.slice(5, 7)}.00077`;

onEachDatabase('a server that is killed while it fetches a submission', (open) => {
  it('completes it after the next start, once', { timeout: 240_000 }, async () => {
    const papers = manyPapers(1, { id: ID, versions: [{ at: NOW }], datestamp: NOW.slice(0, 10) });
    await using arxiv = await startArxiv({ papers });
    await using database = await open();
    const { db } = database;
    const settings = { ...database.settings, ...arxiv.settings };
    const first = start(['serve'], settings);
    const [, url = ''] = await first.saw(/is at (http:\S+)/);
    await using app = await createApp(readConfig({ ...settings, ARXIV_FETCH: 'off' }), {
      log: createLog({ level: 'error', format: 'text' }),
    });
    const { user, cookie } = await signInPerson(app, url, 'ann@example.org');
    const who = { userId: user.id, paperId: ID };
    // Its answer comes one byte at a time: the kill meets it half read.
    arxiv.fail({ kind: 'drip' }, { service: 'api' });
    const pressed = fetch(`${url}/papers/submit`, {
      method: 'POST',
      headers: { Cookie: cookie, Origin: url, 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams({ paper: ID }),
    }).catch(() => undefined);
    const asked = () => arxiv.requests.filter(({ service }) => service === 'api').length;
    for (let waited = 0; asked() === 0; waited += 20) {
      assert.ok(waited < 60_000, 'arXiv is asked');
      await systemClock.sleep(20);
    }
    await systemClock.sleep(100);
    first.kill('SIGKILL');
    assert.equal((await first.finished).code, null, 'it was still at work');
    assert.equal(await pressed, undefined, 'nobody was answered');
    assert.notEqual((await findRequest(db, who))?.next_at ?? null, null, 'it still waits');
    assert.deepEqual([await findPaper(db, ID), await findSubmission(db, ID)], [undefined, undefined]);

    // It is left to the form that asked for half a minute, which has passed as far as the database knows.
    await updateRequest(
      db,
      { user_id: user.id, paper_id: ID },
      { next_at: 0, attempts: 2, problem: 'It answered 503.' },
    );
    const status = await runProgram(['status'], settings);
    assert.match(status.out, /Submissions to be fetched: 1\n/);
    assert.match(status.out, new RegExp(`Submission ${ID}: by @ann, asked for .*, 2 failed: It answered 503\\.`));
    const second = start(['serve'], settings);
    const [, again = ''] = await second.saw(/is at (http:\S+)/);
    for (let waited = 0; (await findSubmission(db, ID)) === undefined; waited += 200) {
      assert.ok(waited < 120_000, 'it is completed');
      await systemClock.sleep(200);
    }
    assert.equal(await findRequest(db, who), undefined);
    const submission = await findSubmission(db, ID);
    assert.equal(submission?.user_id, user.id);
    assert.equal(await countSubmissions(db, [user.id], submission?.day ?? ''), 1);
    assert.match((await findPaper(db, ID))?.title ?? '', /at scale/);
    assert.match(await (await fetch(`${again}/papers/${ID}`)).text(), /Submitted by.*ann/s);
    second.kill('SIGTERM');
    assert.equal((await second.finished).code, 0);
  });
});
