import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, test } from 'node:test';
import { runProgram, start, temporaryFolder } from '../program.ts';

const URL_LINE = /Daily Papers is at (http:\/\/localhost:\d+)/;

describe('broadsheet serve', () => {
  test('a first start makes its folder, prints one URL and the starter edition, and ends well on SIGTERM', async () => {
    await using folder = await temporaryFolder();
    const server = start(['serve'], { DATA_DIR: join(folder.path, 'new', 'data') });
    const [, url] = await server.saw(URL_LINE);
    const page = await fetch(url ?? '');
    assert.equal(page.status, 200);
    assert.match(await page.text(), /Benign Overfitting and Grokking/);
    server.kill('SIGTERM');
    const { code, out } = await server.finished;
    assert.equal(code, 0);
    assert.equal(out.trim().split('\n').length, 1, 'one line on standard output');
  });

  test('offline it logs one clear line and goes on', async () => {
    await using folder = await temporaryFolder();
    const closed = `http://127.0.0.1:${await closedPort()}`;
    const endpoints = { ARXIV_OAI_URL: closed, ARXIV_RSS_URL: closed, ARXIV_API_URL: closed };
    const server = start(['serve'], { DATA_DIR: folder.path, ARXIV_FETCH: 'on', ...endpoints });
    const [, url] = await server.saw(URL_LINE);
    const [line] = await server.saw(/.*(?:warn|error) .*\n/);
    assert.ok(line.includes(closed), line);
    assert.doesNotMatch(line, /\bat .*\.ts:/, 'no stack');
    assert.equal((await fetch(url ?? '')).status, 200);
    server.kill('SIGTERM');
    const { code, err } = await server.finished;
    assert.equal(code, 0);
    assert.equal(err.split('\n').filter((one) => / (warn|error) /.test(one)).length, 1);
  });

  test('a port in use is one line with a port that may be free', async () => {
    await using folder = await temporaryFolder();
    const { other, port } = await occupyPort();
    const { code, err } = await runProgram(['serve'], {
      DATA_DIR: folder.path,
      PORT: String(port),
      LOG_LEVEL: 'error',
    });
    other.close();
    assert.equal(code, 2);
    assert.match(err, new RegExp(`^broadsheet: Port ${port} is in use.*PORT=${port + 1}.*\n$`));
  });

  test('a database from a newer version is refused with its name', async () => {
    await using folder = await temporaryFolder();
    await runProgram(['migrate'], { DATA_DIR: folder.path });
    const database = new DatabaseSync(join(folder.path, 'broadsheet.db'));
    database.exec(`insert into kysely_migration values ('0099_future', 'now')`);
    database.close();
    const { code, err } = await runProgram(['serve'], { DATA_DIR: folder.path });
    assert.equal(code, 2);
    assert.match(err, /newer Broadsheet.*0099_future/);
  });

  test('a data folder that cannot be used is one line', async () => {
    await using folder = await temporaryFolder();
    writeFileSync(join(folder.path, 'file'), '');
    const { code, err } = await runProgram(['serve'], { DATA_DIR: join(folder.path, 'file', 'data') });
    assert.equal(code, 1);
    assert.match(err, /^broadsheet: Cannot use .*: .*\n$/);
    writeFileSync(join(folder.path, 'broadsheet.db'), 'this is not a database, it only has its name. '.repeat(100));
    const garbage = await runProgram(['serve'], { DATA_DIR: folder.path });
    assert.equal(garbage.code, 1);
    assert.match(garbage.err, /^broadsheet: Cannot use .*: the file is not a database.*\n$/);
  });

  const canMount = process.getuid?.() === 0 && tryMount();
  test(
    'a full disk is one line, and what was there stays',
    { skip: canMount ? false : 'needs the right to mount a small file system' },
    async () => {
      await using folder = await temporaryFolder();
      const small = join(folder.path, 'small');
      mkdirSync(small);
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]);
      try {
        const first = await runProgram(['migrate'], { DATA_DIR: small });
        assert.equal(first.code, 0, first.err);
        const lines = Array.from({ length: 2000 }, (_, index) =>
          JSON.stringify({
            id: `2601.${String(index + 1).padStart(5, '0')}`,
            title: `Paper ${index}`,
            abstract: 'word '.repeat(300),
            authors: ['A B'],
            categories: ['cs.LG'],
            published: '2026-01-05',
          }),
        );
        const { code, err } = await runProgram(['import', '-'], { DATA_DIR: small }, lines.join('\n'));
        assert.equal(code, 1);
        assert.match(err, /the disk is full/);
        assert.doesNotMatch(err, /\bat .*\.ts:/);
        const status = await runProgram(['status'], { DATA_DIR: small });
        assert.equal(status.code, 0, status.err);
      } finally {
        execFileSync('umount', [small]);
      }
    },
  );
});

async function occupyPort(): Promise<{ other: Server; port: number }> {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  return { other, port: (other.address() as AddressInfo).port };
}

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const { other, port } = await occupyPort();
  await new Promise((resolve) => other.close(resolve));
  return port;
}

function tryMount(): boolean {
  try {
    execFileSync('unshare', ['-m', 'mount', '-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', '/mnt'], { stdio: 'ignore' });
    return readdirSync('/').length > 0;
  } catch {
    return false;
  }
}
