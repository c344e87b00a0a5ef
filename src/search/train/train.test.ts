/** Training on a small made-up library: it learns what goes together, and repeats itself exactly. */

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { encode, openModel } from '../embed.ts';
import type { Model } from '../embed.ts';
import { packModel } from '../model-file.ts';
import { readCorpus } from './corpus.ts';
import { seededRandom } from './random.ts';
import { scoreHeldOut } from './score.ts';
import { train } from './train.ts';
import type { TrainOptions } from './train.ts';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-train-'));
after(() => rmSync(folder, { recursive: true }));

const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** Titles and abstracts of a topic share no word, so only their meeting tells that they belong together. */
const topics = [
  [
    ['telescope', 'galaxy', 'orbit', 'comet'],
    ['redshift', 'nebula', 'parallax', 'quasar', 'eclipse'],
  ],
  [
    ['protein', 'enzyme', 'genome', 'ribosome'],
    ['folding', 'mutation', 'sequencing', 'peptide', 'catalysis'],
  ],
  [
    ['compiler', 'parser', 'kernel', 'scheduler'],
    ['syntax', 'register', 'latency', 'thread', 'allocation'],
  ],
  [
    ['sonata', 'violin', 'chorus', 'melody'],
    ['pitch', 'rhythm', 'timbre', 'harmony', 'tempo'],
  ],
] as const;

function library(papers: number): string {
  const random = seededRandom(7);
  const some = (words: readonly string[], count: number): string =>
    Array.from({ length: count }, () => words[Math.floor(random() * words.length)]).join(' ');
  return Array.from({ length: papers }, (_, index) => {
    const [titles, abstracts] = topics[index % topics.length] ?? topics[0];
    return `${some(titles, 4)}\t${some(abstracts, 12)}\n`;
  }).join('');
}

const options: TrainOptions = {
  words: 100,
  dimensions: 16,
  steps: 60,
  batch: 16,
  threads: 2,
  seed: 1,
  heldOut: 20,
  report: () => undefined,
};

const cosine = (model: Model, a: string, b: string): number => {
  const other = encode(model, b);
  return encode(model, a).reduce((sum, value, k) => sum + value * (other[k] ?? 0), 0);
};

test('learns that words belong together which never stand in the same text', async () => {
  const corpus = await readCorpus(file('library.tsv', library(400)));
  const lines: string[] = [];
  const { model, score } = await train(corpus, { ...options, steps: 200, report: (line) => lines.push(line) });
  const opened = openModel(model, 'test');
  const sky = 'telescope comet orbit';
  assert.ok(cosine(opened, sky, 'nebula quasar redshift') > cosine(opened, sky, 'peptide mutation folding') + 0.3);
  const music = 'violin melody chorus';
  assert.ok(cosine(opened, music, 'rhythm timbre tempo') > cosine(opened, music, 'syntax register thread') + 0.3);
  // 5 of 20 held-out abstracts are of the same topic: chance would find half of them among ten.
  assert.ok(score.firstTen > 0.9, JSON.stringify(score));
  assert.match(lines.join('\n'), /step 200 of 200, loss \d/);
});

test('the same data and seed give the same bytes, another seed does not', async () => {
  const corpus = await readCorpus(file('again.tsv', library(100)));
  const bytes = async (changed: Partial<TrainOptions>): Promise<Buffer> =>
    packModel((await train(corpus, { ...options, ...changed })).model);
  const first = await bytes({});
  assert.ok(first.equals(await bytes({})));
  assert.ok(!first.equals(await bytes({ seed: 2 })));
});

test('reads tab-separated and JSON lines, gzipped or not, alike; skips lines without an abstract', async () => {
  const plain = await readCorpus(file('a.tsv', 'Graph networks\tGraphs are networks.\nno abstract\n'));
  const json = `${JSON.stringify({ title: 'Graph networks', abstract: 'Graphs are networks.' })}\n{"title":"x"}\n`;
  const zipped = await readCorpus(file('a.jsonl.gz', gzipSync(json)));
  assert.deepEqual(zipped, plain);
  assert.deepEqual(plain.words, ['graph', 'network', 'are']);
  assert.deepEqual([...plain.tokens], [0, 1, 0, 2, 1]);
  assert.deepEqual([...plain.starts], [0, 2, 5]);
});

test('papers that teach nothing make no model: the loss is no number, and that is said', async () => {
  // Each word is in each paper, so all are worth ln(1) = 0.
  const corpus = await readCorpus(file('alike.tsv', 'telescope galaxy\tredshift nebula\n'.repeat(60)));
  await assert.rejects(train(corpus, options), { message: /went astray by step 1: the loss is no longer a number/ });
});

test('what is no number is never found', () => {
  const texts = { rows: new Uint16Array(new SharedArrayBuffer(8)), starts: starts(0, 1, 2, 3, 4) };
  const model = { dimensions: 2, words: ['x'], scales: Float32Array.of(Number.NaN), vectors: Int8Array.of(1, 1) };
  const score = scoreHeldOut(openModel(model, 'broken'), texts, { from: 0, to: 2 });
  assert.deepEqual(score, { papers: 2, first: 0, firstTen: 0, halfFirst: 0, halfFirstTen: 0 });
});

function starts(...at: number[]): Uint32Array<SharedArrayBuffer> {
  const shared = new Uint32Array(new SharedArrayBuffer(4 * at.length));
  shared.set(at);
  return shared;
}

test('a line that is no JSON is named', async () => {
  const wrong = file('wrong.jsonl', '{"title":"a","abstract":"b"}\n\n{title}\n');
  await assert.rejects(readCorpus(wrong), { message: /wrong\.jsonl, line 3: this is not JSON/ });
});

test('too few papers, and a file without any, are refused with what would do', async () => {
  const corpus = await readCorpus(file('few.tsv', library(30)));
  await assert.rejects(train(corpus, options), { message: /30 papers are too few/, hint: 'Give at least 36.' });
  await assert.rejects(readCorpus(file('empty.tsv', '\n')), /no titles and abstracts/);
});
