import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { manualClock } from '#platform/clock.ts';
import { readConfig } from '#platform/config.ts';
import { AppError } from '#platform/errors.ts';
import { createLog } from '#platform/log.ts';
import { onEachDatabase } from '../../../test/database.ts';
import type { TestDatabase } from '../../../test/database.ts';
import { makeDraft, save } from '../../../test/drafts.ts';
import { modelFaults, startModelServer } from '../../../test/model-server.ts';
import type { ModelServer } from '../../../test/model-server.ts';
import { indexPapers } from '../index-papers.ts';
import { parseQuery } from '../query/parse.ts';
import { createSearch } from '../search.ts';
import { listEmbeddedModels } from '../vectors/embed-due.ts';
import { openShipped } from '../vectors/shipped.ts';
import { openChosenVectors } from './chosen-vectors.ts';
import { describeMeaning } from './describe.ts';
import { embedWithConfigured } from './embed-papers.ts';
import { openModels } from './models.ts';
import type { TransformersLibrary } from './transformers-library.ts';

/** Of the shipped model and of the stand-in. */
const SHIPPED = 256;
const SERVER = 32;
/** More than a server's two batches, so that one can be stopped in between. */
const PAPERS = 600;

let server: ModelServer;
before(async () => {
  server = await startModelServer({ dimensions: SERVER });
});
after(async () => await server[Symbol.asyncDispose]());
beforeEach(() => {
  server.requests.length = 0;
  server.faults.length = 0;
  server.rule = undefined;
});

const shipped = openShipped();

/** What a program that was started with these settings has of the search. */
function start(
  { db, settings }: TestDatabase,
  more: Record<string, string> = {},
  library?: () => Promise<TransformersLibrary>,
) {
  const lines: string[] = [];
  const clock = manualClock(Date.parse('2026-01-06T12:00:00Z'));
  const log = createLog({ level: 'info', format: 'json' }, { write: (line) => void lines.push(line) });
  const config = readConfig({ ...settings, ...more });
  const models = openModels({
    config,
    clock,
    log,
    fetch,
    shipped: () => shipped().embedder,
    ...(library ? { library } : {}),
  });
  const search = createSearch(db, openChosenVectors({ db, clock, log, models }));
  return {
    db,
    models,
    lines,
    clock,
    find: async (text: string) => await search.find({ query: parseQuery(text), limit: 10 }),
    facts: async () => await describeMeaning({ db, models }, shipped),
    /** How long the vectors of the model that answers are; undefined where none answers. */
    async answering() {
      clock.advance(5_000);
      await search.state(); // finds out in the background
      await new Promise((resolve) => setTimeout(resolve, 100));
      return (await (await search.state()).vectors?.encode('graph networks'))?.length;
    },
  };
}

const settingsOf = (model: string) => ({ EMBEDDINGS_URL: server.url, EMBEDDINGS_MODEL: model });

async function fill(db: TestDatabase['db']): Promise<void> {
  const drafts = Array.from({ length: PAPERS }, (_, number) =>
    makeDraft(number + 1, { title: `Graph networks ${number}` }),
  );
  await save(db, ...drafts);
}

async function rowsOf(db: TestDatabase['db']): Promise<Record<string, number>> {
  const rows = await db
    .selectFrom('embeddings')
    .select((e) => ['model', e.fn.countAll<number>().as('rows')])
    .groupBy('model')
    .execute();
  return Object.fromEntries(rows.map(({ model, rows: count }) => [model, count]));
}

onEachDatabase('switching models', (open) => {
  test('the shipped model answers until the new one has all papers, also if it is stopped half-way', async () => {
    await using opened = await open();
    const { db } = opened;
    const first = start(opened);
    await fill(db);
    await indexPapers(first);
    assert.equal(await first.answering(), SHIPPED);
    const own = first.models.wanted()?.name ?? '';
    const name = `${new URL(server.url).host}/words`;

    // Stopped after the first batch of 256: what it made is kept.
    const second = start(opened, settingsOf('words'));
    const stop = new AbortController();
    server.rule = () => {
      if (server.requests.length > 12) stop.abort(new Error('shutting down'));
      return undefined;
    };
    await assert.rejects(embedWithConfigured(second, stop.signal), /shutting down/);
    server.rule = undefined;
    assert.deepEqual(await rowsOf(db), { [own]: PAPERS, [name]: 256 });
    assert.equal(await second.answering(), SHIPPED);
    assert.ok((await second.find('graph networks')).papers.length > 0);
    assert.deepEqual(await second.facts(), { model: name, waiting: PAPERS - 256, answering: own, problem: null });

    // New papers have vectors of the old model at once, for as long as it answers.
    await save(db, makeDraft(PAPERS + 1));
    await indexPapers(second);
    assert.deepEqual(await rowsOf(db), { [own]: PAPERS + 1, [name]: 256 });

    // Started again, it goes on where it was, and the program that serves needs no restart.
    server.requests.length = 0;
    await embedWithConfigured(start(opened, settingsOf('words')));
    assert.equal(
      server.requests.reduce((sum, { input }) => sum + input.length, 0),
      PAPERS + 1 - 256,
    );
    assert.deepEqual(await rowsOf(db), { [name]: PAPERS + 1 });
    assert.deepEqual(await listEmbeddedModels(db), [name]);
    assert.equal(await second.answering(), SERVER);
    assert.match(second.lines.join(''), /another model answers/);
    assert.deepEqual(await second.facts(), { model: name, waiting: 0, answering: name, problem: null });
    assert.ok((await second.find('graph networks')).papers.some(({ cosine }) => cosine > 0.5));
  });

  test('readers never notice: while the vectors change hands, each question has an answer by meaning', async () => {
    await using opened = await open();
    await fill(opened.db);
    await indexPapers(start(opened));
    const serving = start(opened, settingsOf('words'));
    let isDone = false;
    const work = embedWithConfigured(serving).finally(() => (isDone = true));
    const lengths = new Set<number | undefined>();
    while (!isDone) lengths.add(await serving.answering());
    await work;
    lengths.add(await serving.answering());
    assert.deepEqual([...lengths], [SHIPPED, SERVER]);
  });

  test('of two models of one server the one before answers, as long as the server has it', async () => {
    await using opened = await open();
    await fill(opened.db);
    const first = start(opened, settingsOf('one'));
    await indexPapers(first);
    await embedWithConfigured(first);
    const second = start(opened, settingsOf('two'));
    server.requests.length = 0;
    assert.equal(await second.answering(), SERVER);
    assert.deepEqual(
      server.requests.map(({ model, input }) => [model, input]),
      [['one', ['graph networks']]],
    );
    await embedWithConfigured(second);
    server.requests.length = 0;
    assert.equal(await second.answering(), SERVER);
    assert.deepEqual(
      server.requests.map(({ model }) => model),
      ['two'],
    );
    assert.deepEqual(Object.values(await rowsOf(opened.db)), [PAPERS]);
  });

  test('a model of transformers.js takes over likewise, and without the library the one before stays', async () => {
    await using opened = await open();
    await fill(opened.db);
    await indexPapers(start(opened));
    const settings = { EMBEDDINGS_MODEL: 'transformers:me/tiny' };
    const missing = start(opened, settings, async () => {
      throw new AppError('invalid', 'It is not installed.');
    });
    await assert.rejects(embedWithConfigured(missing), /not installed/);
    assert.equal(await missing.answering(), SHIPPED);
    const library: TransformersLibrary = {
      env: { cacheDir: null, localModelPath: '' },
      pipeline: async () => async (texts) => ({
        dims: [texts.length, 8],
        data: texts.flatMap((text) => Array.from({ length: 8 }, (_, at) => text.charCodeAt(at) || 1)),
      }),
    };
    const serving = start(opened, settings, async () => library);
    await embedWithConfigured(serving);
    assert.equal(await serving.answering(), 8);
    assert.deepEqual(await rowsOf(opened.db), { 'transformers:me/tiny': PAPERS });
  });

  test('back to the shipped model', async () => {
    await using opened = await open();
    await fill(opened.db);
    const first = start(opened, settingsOf('words'));
    await indexPapers(first);
    assert.deepEqual(await rowsOf(opened.db), {}, 'no vectors that nobody asked for');
    await embedWithConfigured(first);
    const second = start(opened);
    await indexPapers(second);
    assert.equal(await second.answering(), SHIPPED);
    await embedWithConfigured(second);
    assert.deepEqual(Object.values(await rowsOf(opened.db)), [PAPERS]);
    assert.equal(await second.answering(), SHIPPED);
  });
});

onEachDatabase('a model server in trouble', (open) => {
  test('search goes on by words, says so once, and status says why', async () => {
    await using opened = await open();
    await fill(opened.db);
    const serving = start(opened, { ...settingsOf('words'), EMBEDDINGS_KEY: 'sk-hunter2' });
    await indexPapers(serving);
    await embedWithConfigured(serving);
    server.rule = () => modelFaults.status(401, 'Incorrect API key provided: sk-hunter2');
    for (const text of ['graph', 'networks', 'graph networks']) {
      const { papers } = await serving.find(text);
      assert.equal(papers.length, 10);
      assert.ok(papers.every(({ why }) => why === 'words'));
    }
    assert.equal(server.requests.filter(({ input }) => input.length === 1).length, 1, 'nobody asks again for a while');
    assert.equal(serving.lines.filter((line) => line.includes('by words alone')).length, 1);
    assert.match(
      (await start(opened, settingsOf('words')).facts()).problem ?? '',
      /401: it wants a key.*EMBEDDINGS_KEY/,
    );
    server.rule = undefined;
    serving.clock.advance(30_000);
    assert.ok((await serving.find('graph')).papers.some(({ cosine }) => cosine > 0));
    assert.doesNotMatch(serving.lines.join(''), /hunter2/);
  });

  test('what is due stays due, with what was made kept', async () => {
    await using opened = await open();
    await fill(opened.db);
    const serving = start(opened, settingsOf('words'));
    server.rule = () => (server.requests.length > 9 ? modelFaults.status(500) : undefined);
    await assert.rejects(embedWithConfigured(serving), /after 5 tries/);
    assert.equal((await serving.facts()).waiting, PAPERS - 256);
  });

  test('another model under the same name is noticed after a restart too', async () => {
    await using opened = await open();
    await fill(opened.db);
    await embedWithConfigured(start(opened, settingsOf('words')));
    await save(opened.db, makeDraft(PAPERS + 1));
    server.rule = () => modelFaults.changed((answer) => answer, 64);
    await assert.rejects(
      embedWithConfigured(start(opened, settingsOf('words'))),
      /64 numbers, and those that are kept have 32.*EMBEDDINGS_MODEL/,
    );
    assert.deepEqual(Object.values(await rowsOf(opened.db)), [PAPERS]);
  });
});
