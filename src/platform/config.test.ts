import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { describeConfig, publicUrl, readConfig } from './config.ts';

test('an empty environment gives a working configuration', () => {
  const config = readConfig({});
  assert.equal(config.PORT, 3000);
  assert.equal(config.HOST, '127.0.0.1');
  assert.deepEqual(config.ARXIV_SETS, ['cs']);
  assert.equal(publicUrl(config), 'http://localhost:3000');
});

test('all problems are reported at once, each with what would be right', () => {
  const wrong = { PORT: 'eighty', TIME_ZONE: 'Mars/Olympus', DATABASE_URL: 'mysql://x', ARXIV_SETS: '???' };
  assert.throws(
    () => readConfig(wrong),
    (error: Error) => {
      for (const part of ['PORT=eighty', 'whole number', 'TIME_ZONE', 'Europe/Berlin', 'postgres://', 'cs:cs:LG']) {
        assert.match(error.message, new RegExp(part.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)));
      }
      return true;
    },
  );
});

test('addresses that cannot work are refused', () => {
  for (const PUBLIC_URL of ['https://', 'http://exa mple', 'https://example.org/papers', 'papers.example.org']) {
    assert.throws(() => readConfig({ PUBLIC_URL }), /without a path/, PUBLIC_URL);
  }
  for (const DATABASE_URL of ['postgres://', 'postgres://u:p#x/y@h/d', 'postgres://h']) {
    assert.throws(() => readConfig({ DATABASE_URL }), /%23/, DATABASE_URL);
  }
  assert.throws(() => readConfig({ ARXIV_SETS: 'hep-th' }), /physics:hep-th/);
});

test('a secret can come from a file and is never printed', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'broadsheet-config-')), 'url');
  writeFileSync(file, 'postgres://u:hunter2@db/papers\n');
  const env = { DATABASE_URL_FILE: file };
  assert.equal(readConfig(env).DATABASE_URL, 'postgres://u:hunter2@db/papers');
  assert.doesNotMatch(JSON.stringify(describeConfig(env)), /hunter2/);
  assert.throws(
    () => readConfig({ DATABASE_URL: 'mysql://u:hunter2@db' }),
    (error: Error) => !error.message.includes('hunter2'),
  );
  assert.throws(
    () => readConfig({ DATABASE_URL_FILE: '/nowhere/secret' }),
    /DATABASE_URL_FILE: cannot read \/nowhere\/secret/,
  );
});

test('settings of the model are checked together', () => {
  const server = { EMBEDDINGS_URL: 'http://localhost:11434/v1', EMBEDDINGS_MODEL: 'nomic-embed-text:v1.5' };
  assert.equal(readConfig({ ...server, EMBEDDINGS_DIMENSIONS: '256' }).EMBEDDINGS_DIMENSIONS, 256);
  assert.equal(readConfig(server).EMBEDDINGS_DIMENSIONS, undefined);
  for (const EMBEDDINGS_MODEL of [
    'transformers:Xenova/all-MiniLM-L6-v2',
    'transformers:mine',
    'transformers:Xenova/bge-small-en-v1.5?pooling=cls&dtype=q8',
  ])
    assert.equal(readConfig({ EMBEDDINGS_MODEL }).EMBEDDINGS_MODEL, EMBEDDINGS_MODEL);

  const wrong: [Record<string, string>, RegExp][] = [
    [{ EMBEDDINGS_URL: 'localhost:11434', EMBEDDINGS_MODEL: 'm' }, /http:\/\/localhost:11434\/v1/],
    [{ EMBEDDINGS_URL: 'https://me:secret@host/v1', EMBEDDINGS_MODEL: 'm' }, /EMBEDDINGS_KEY/],
    [{ EMBEDDINGS_URL: 'http://localhost' }, /EMBEDDINGS_MODEL is empty/],
    [{ EMBEDDINGS_MODEL: 'nomic-embed-text' }, /EMBEDDINGS_URL is empty/],
    [{ ...server, EMBEDDINGS_MODEL: 'transformers:a/b' }, /EMBEDDINGS_URL must be empty/],
    [{ EMBEDDINGS_MODEL: 'two words' }, /white space/],
    [{ EMBEDDINGS_MODEL: 'transformers:../../etc' }, /must look like transformers:/],
    [{ EMBEDDINGS_MODEL: 'transformers:a/b?pooling=max' }, /must look like transformers:/],
    [{ EMBEDDINGS_MODEL: 'transformers:a/b?pooling=clsdtype=q8' }, /must look like transformers:/],
    [{ ...server, EMBEDDINGS_DIMENSIONS: '7' }, /from 8 to 4096/],
    [{ EMBEDDINGS_DIMENSIONS: '256' }, /EMBEDDINGS_URL names none/],
  ];
  for (const [env, message] of wrong) assert.throws(() => readConfig(env), message, JSON.stringify(env));
});

test('the key of the model server is a secret', () => {
  const env = { EMBEDDINGS_KEY: 'sk-hunter2' };
  assert.doesNotMatch(JSON.stringify(describeConfig(env)), /hunter2/);
  const address = { EMBEDDINGS_URL: 'https://me:hunter2@host/v1', EMBEDDINGS_MODEL: 'm' };
  assert.doesNotMatch(JSON.stringify(describeConfig(address)), /hunter2/);
  assert.throws(
    () => readConfig(address),
    (error: Error) => error.message.includes('EMBEDDINGS_KEY') && !error.message.includes('hunter2'),
  );
});
