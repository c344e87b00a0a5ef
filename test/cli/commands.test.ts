import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runProgram, start, temporaryFolder } from '../program.ts';

const record = (number: number) => ({
  id: `2601.${String(number).padStart(5, '0')}`,
  title: `Paper ${number}`,
  abstract: 'About things.',
  authors: ['Ada Lovelace'],
  categories: ['cs.LG'],
  published: '2026-01-05',
});
const jsonl = (...numbers: number[]) => numbers.map((number) => JSON.stringify(record(number))).join('\n');

describe('the command line', () => {
  test('every verb explains itself', async () => {
    const { code, out } = await runProgram(['--help']);
    assert.equal(code, 0);
    for (const verb of ['serve', 'ingest', 'import', 'search', 'status', 'migrate', 'config']) {
      assert.match(out, new RegExp(`\\b${verb}\\b`));
      const help = await runProgram([verb, '--help']);
      assert.equal(help.code, 0, verb);
      assert.match(help.out, new RegExp(`Usage: broadsheet ${verb}`));
    }
  });

  test('a pipe that is closed early is no failure', async () => {
    const pipe = `${process.execPath} --import ./bin/typescript.js src/main.ts config --json | head -c 1`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-o', 'pipefail', '-c', pipe]);
    assert.equal(stdout, '[');
    assert.equal(stderr, '');
  });

  test('wrong use is exit code 2 and says what would be right', async () => {
    for (const [args, pattern] of [
      [['serv'], /unknown command 'serv'[\s\S]*serve/],
      [['import'], /missing required argument/],
      [['ingest', '--from', 'yesterday'], /2026-01-06/],
      [['ingest', '--set', '!!'], /cs:cs:LG/],
      [['ingest', '--set', 'hep-th'], /physics:hep-th/],
      [['ingest', '--from', '2999-01-01'], /future/],
      [['ingest', '--prefix', 'oai_dc'], /arXivRaw/],
    ] as const) {
      const { code, err } = await runProgram([...args]);
      assert.equal(code, 2, args.join(' '));
      assert.match(err, pattern);
    }
  });

  test('wrong settings are listed all at once', async () => {
    const { code, err } = await runProgram(['status'], { PORT: 'x', TIME_ZONE: 'Moon' });
    assert.equal(code, 2);
    assert.match(err, /PORT=x[\s\S]*TIME_ZONE=Moon/);
  });

  test('config shows value, default and meaning, and no secrets', async () => {
    const { code, out } = await runProgram(['config'], {
      SITE_NAME: 'Lab News',
      DATABASE_URL: 'postgres://u:hunter2@h/d',
    });
    assert.equal(code, 0);
    assert.match(out, /SITE_NAME=Lab News\n.*\(default: Daily Papers\)/);
    assert.doesNotMatch(out, /hunter2/);
  });

  test('import reads plain, gz and zst files and standard input; repeats change nothing; status counts', async () => {
    await using folder = await temporaryFolder();
    const at = (name: string) => join(folder.path, name);
    writeFileSync(at('a.jsonl'), jsonl(1, 2));
    writeFileSync(at('b.jsonl.gz'), gzipSync(jsonl(3)));
    writeFileSync(at('c.zst'), zstdCompressSync(Buffer.from(jsonl(4))));
    const env = { DATA_DIR: at('data') };
    const first = await runProgram(['import', at('a.jsonl'), at('b.jsonl.gz'), at('c.zst'), '-'], env, jsonl(5));
    assert.equal(first.code, 0, first.err);
    const again = await runProgram(['import', at('a.jsonl')], env);
    assert.match(again.out, /2 unchanged/);
    const status = await runProgram(['status', '--json'], env);
    const facts = JSON.parse(status.out) as { papers: number; waitingForIndex: number };
    assert.equal(facts.papers, 5);
    assert.equal(facts.waitingForIndex, 0);
    assert.match((await runProgram(['status'], env)).out, /Papers: 5\n/);
  });

  test('status of a folder without a database says so and makes none', async () => {
    await using folder = await temporaryFolder();
    const { code, err } = await runProgram(['status'], { DATA_DIR: join(folder.path, 'typo') });
    assert.equal(code, 2);
    assert.match(err, /There is no database in .*typo/);
    assert.equal(existsSync(join(folder.path, 'typo')), false);
  });

  test('an interrupted import says what is saved and how to go on', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'many.jsonl');
    writeFileSync(file, jsonl(...Array.from({ length: 40_000 }, (_, index) => index + 1)));
    const env = { DATA_DIR: join(folder.path, 'data') };
    const running = start(['import', file], env);
    while (!existsSync(join(env.DATA_DIR, 'broadsheet.db-wal'))) await delay(5);
    await delay(300);
    running.kill('SIGINT');
    const { code, err } = await running.finished;
    assert.equal(code, 130, err);
    assert.match(err, /Interrupted: [\d,]+ papers of .*many\.jsonl are saved\. Repeat/);
  });

  test('of several files none is imported if one is not there', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'a.jsonl');
    writeFileSync(file, jsonl(1));
    const env = { DATA_DIR: join(folder.path, 'data') };
    assert.equal((await runProgram(['import', file, `${file}.missing`], env)).code, 2);
    assert.match((await runProgram(['status'], env)).out, /Papers: 0\n/);
  });

  test('broken lines are named and skipped; --strict stops', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'papers.jsonl');
    writeFileSync(file, `${jsonl(1)}\n{"id":\n${jsonl(2)}\n{"id":"nonsense","title":"x"}\n`);
    const env = { DATA_DIR: join(folder.path, 'data') };
    const loose = await runProgram(['import', file], env);
    assert.equal(loose.code, 0);
    assert.match(loose.err, /papers\.jsonl:2: /);
    assert.match(loose.err, /papers\.jsonl:4: /);
    assert.match(loose.out, /2 new, 2 skipped/);
    const strict = await runProgram(['import', '--strict', file], { DATA_DIR: join(folder.path, 'other') });
    assert.equal(strict.code, 2);
    assert.match(strict.err, /line 2|:2/);
  });

  test('what is no import file is one line, exit code 2', async () => {
    await using folder = await temporaryFolder();
    const at = (name: string) => join(folder.path, name);
    writeFileSync(at('empty.jsonl'), '');
    writeFileSync(at('image.png'), Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'));
    writeFileSync(at('array.json'), '[\n{"id": "2601.00001"}\n]');
    writeFileSync(at('cut.gz'), gzipSync(jsonl(1, 2, 3)).subarray(0, 40));
    for (const file of ['empty.jsonl', 'image.png', 'array.json', 'cut.gz', 'missing.jsonl', '.']) {
      const { code, err } = await runProgram(['import', at(file)], { DATA_DIR: at('data') });
      assert.equal(code, 2, `${file}: ${err}`);
      assert.match(err, /^broadsheet: .+\n(?:.+\n)?$/, file);
    }
  });
});
