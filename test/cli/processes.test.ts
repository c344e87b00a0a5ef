import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { start, temporaryFolder } from '../program.ts';

const URL_LINE = /Daily Papers is at (http:\/\/localhost:\d+)/;

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);
}

/** The same for processes that start later. */
async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return String(port);
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await holds()); tries++) {
    assert.ok(tries < 400, 'in 20 s');
    await setTimeout(50);
  }
}

const isLinux = process.platform === 'linux';

describe('PROCESSES', { skip: isLinux ? false : 'counts processes in /proc' }, () => {
  test('several serve one port under one URL, one that dies is replaced, and all end together', async () => {
    await using folder = await temporaryFolder();
    const server = start(['serve'], { DATA_DIR: folder.path, PROCESSES: '2', PORT: await freePort() });
    const [, url = ''] = await server.saw(URL_LINE);
    await until(() => childrenOf(server.pid).length === 2);
    const [first = 0] = childrenOf(server.pid);
    process.kill(first, 'SIGKILL');
    await server.saw(/another one takes its place/);
    await until(() => childrenOf(server.pid).filter((pid) => pid !== first).length === 2);
    await until(
      async () =>
        await fetch(url).then(
          ({ ok }) => ok,
          () => false,
        ),
    );
    for (let asked = 0; asked < 6; asked++) {
      const page = await fetch(`${url}/search?q=grokking`, { headers: { connection: 'close' } });
      assert.equal(page.status, 200);
      assert.match(await page.text(), /Grokking/);
    }
    server.kill('SIGTERM');
    const { code, out } = await server.finished;
    assert.equal(code, 0);
    assert.equal(out.trim().split('\n').length, 1, 'one line on standard output');
  });

  test('what keeps one from starting ends all, told once', async () => {
    await using folder = await temporaryFolder();
    const blocker = start(['serve'], { DATA_DIR: folder.path });
    const [, url = ''] = await blocker.saw(URL_LINE);
    const second = start(['serve'], { DATA_DIR: folder.path, PROCESSES: '3', PORT: new URL(url).port });
    const { code, err } = await second.finished;
    assert.equal(code, 2);
    assert.equal(err.match(/Port \d+ is in use/g)?.length, 1);
    blocker.kill('SIGTERM');
    await blocker.finished;
  });
});
