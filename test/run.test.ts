/** The test command must not say that all is well when it is not. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { openTestProcess, runTestFile } from './test-process.ts';
import type { FileOutcome } from './test-process.ts';

const root = resolve(import.meta.dirname, '..');
const HEAD = `import { after, before, describe, test } from 'node:test'; import assert from 'node:assert/strict';\n`;

let folder: string;
before(async () => void (folder = await mkdtemp(join(tmpdir(), 'broadsheet-runner-'))));
after(async () => await rm(folder, { recursive: true }));

async function write(code: string): Promise<string> {
  const file = join(folder, `${Math.random().toString(36).slice(2)}.test.mts`);
  await writeFile(file, HEAD + code);
  return file;
}

/** Outside of the run that this test belongs to. */
const { NODE_TEST_CONTEXT: _, ...env } = process.env;

async function outcomeOf(code: string, quietMs = 20_000): Promise<FileOutcome> {
  return await runTestFile(await write(code), { cwd: root, env, signal: new AbortController().signal, quietMs });
}

function summary({ results }: FileOutcome): string[] {
  return results.map(({ outcome, name }) => `${outcome}: ${name}`);
}

describe('one test file', () => {
  test('every leaf counts once, with the names of its suites', async () => {
    const outcome = await outcomeOf(`
      describe('suite', () => {
        test('right', () => {});
        test('wrong', () => assert.equal(1, 2));
        test('later', { skip: 'no network' }, () => {});
        test('parent', async (t) => { await t.test('child', () => {}); });
      });
      describe('nothing in here', () => {});`);
    assert.deepEqual(summary(outcome), [
      'passed: suite > right',
      'failed: suite > wrong',
      'skipped: suite > later',
      'passed: suite > parent > child',
    ]);
    assert.match(outcome.results[1]?.detail ?? '', /1 !== 2[^]*\.test\.mts:/);
    assert.equal(outcome.results[2]?.detail, 'no network');
  });

  test('a failure may say anything, line ends of other kinds than ours as well', async () => {
    const outcome = await outcomeOf(
      `test('a \\u2028 b', () => { throw new Error('c \\u2028 d \\u2029 e \\r f \\x85 g'); });`,
    );
    assert.deepEqual(summary(outcome), ['failed: a \u2028 b']);
    assert.match(outcome.results[0]?.detail ?? '', /c \u2028 d \u2029 e \r f \x85 g/);
  });

  test('a suite that is skipped as a whole counts once', async () => {
    const outcome = await outcomeOf(`describe('s', { skip: 'no data' }, () => { test('t', () => {}); });`);
    assert.deepEqual(summary(outcome), ['skipped: s']);
    assert.equal(outcome.results[0]?.detail, 'no data');
  });

  test('a hook that fails is a failure, though all tests pass', async () => {
    const outcome = await outcomeOf(
      `describe('s', () => { after(() => { throw new Error('hook'); }); test('t', () => {}); });`,
    );
    assert.deepEqual(summary(outcome), ['passed: s > t', 'failed: s']);
  });

  const broken = {
    'crashes while it loads': [`console.log('before'); throw new Error('broken');`, /^Error: broken\n/],
    'holds no test': ['', /holds no test/],
    'leaves by process.exit(0) in a test': [
      `test('a', () => {}); test('b', () => process.exit(0)); test('c', () => {});`,
      /ended before its tests did \(exit code 0\)/,
    ],
    'throws after its tests': [
      `test('a', () => {}); process.on('exit', () => { process.exitCode = 7; });`,
      /exit code 7/,
    ],
  } as const;
  for (const [what, [code, expected]] of Object.entries(broken)) {
    test(`a file that ${what} fails`, async () => {
      const last = (await outcomeOf(code)).results.at(-1);
      assert.equal(last?.outcome, 'failed');
      assert.match(last.detail, expected);
    });
  }

  const endless = {
    'leaves a timer running': [`test('a', () => { setInterval(() => {}, 1000); });`, /left something open: Timeout/],
    'never gives the processor back': [`test('a', () => { for (;;); });`, /reported nothing for 2 s/],
  } as const;
  for (const [what, [code, expected]] of Object.entries(endless)) {
    test(`a file that ${what} is ended and fails`, async () => {
      const last = (await outcomeOf(code, 2_000)).results.at(-1);
      assert.match(last?.detail ?? '', expected);
    });
  }

  test('a process that a test leaves behind is ended', async () => {
    const pidFile = join(folder, 'pid');
    const outcome = await outcomeOf(`
      import { spawn } from 'node:child_process'; import { writeFileSync } from 'node:fs';
      test('a', () => {
        const child = spawn('sleep', ['1000'], { stdio: 'ignore' });
        child.unref();
        writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));
      });`);
    assert.deepEqual(summary(outcome), ['passed: a']);
    const pid = Number(await readFile(pidFile, 'utf8'));
    // The signal is sent; a crowded machine takes a moment to act on it.
    for (let tries = 0; tries < 100 && (await isRunning(pid)); tries++) await setTimeout(50);
    assert.ok(!(await isRunning(pid)), `process ${pid} is still there`);
  });
});

/** Killed is enough: in a container nobody may be there to bury it. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
    const status = await readFile(`/proc/${pid}/status`, 'utf8');
    return !/^State:\s+[ZX]/m.test(status);
  } catch {
    return false;
  }
}

describe('several test files in one process', () => {
  /** The results of each, and whether the process could take another file afterwards. */
  async function runAll(...codes: string[]) {
    const own = openTestProcess({ cwd: root, env, signal: new AbortController().signal, quietMs: 2_000 });
    const all = [];
    for (const code of codes) all.push({ results: summary(await own.run(await write(code))), isOpen: own.isOpen() });
    return { all, afterwards: await own.close() };
  }

  test('each has its own results and hooks, and the settings that the process began with', async () => {
    const { all, afterwards } = await runAll(
      `before(() => { process.env.HOME = '/of/one'; process.env.ONE = '1'; }); test('a', () => {});`,
      `test('b', () => assert.ok(process.env.HOME !== '/of/one' && process.env.ONE === undefined));
       after(() => { throw new Error('hook'); });`,
      `describe('s', () => { test('c', () => {}); });`,
    );
    assert.deepEqual(all, [
      { results: ['passed: a'], isOpen: true },
      { results: ['passed: b', 'failed: (the file itself)'], isOpen: true },
      { results: ['passed: s > c'], isOpen: true },
    ]);
    assert.deepEqual(afterwards, []);
  });

  test('what one breaks or leaves is its own failure', async () => {
    const late = `test('late', async () => { setImmediate(() => { throw new Error('after the test'); }); });`;
    const { all } = await runAll(
      `test('a', () => {});`,
      late,
      `test('b', () => {});`,
      `test('c', () => process.exit(0));`,
    );
    assert.deepEqual(
      all.map(({ results, isOpen }) => [results.at(-1)?.split(':')[0], isOpen]),
      [
        ['passed', true],
        ['failed', true],
        ['passed', true],
        ['failed', false],
      ],
    );
  });
});

describe('the test command', () => {
  function npmTest(...files: string[]) {
    const settings = { TEST_DATABASE_URL: '', DATABASE_URL: 'postgres://production/' };
    const options = { cwd: root, env: { ...env, ...settings }, encoding: 'utf8' } as const;
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--import', './bin/typescript.js', 'test/run.ts', ...files],
      options,
    );
    return { status, last: stdout.trimEnd().split('\n').at(-1), stdout, stderr };
  }

  test('ends with the count and 0 when all is well', async () => {
    const { status, last } = npmTest(await write(`test('a', () => {}); test('b', { skip: 'reason' }, () => {});`));
    assert.deepEqual({ status, last }, { status: 0, last: '1 passed, 0 failed, 1 skipped' });
  });

  test('ends with the count, the reason and 1 when something failed', async () => {
    const { status, last, stdout } = npmTest(
      await write(`test('a', () => { console.log('a hint'); assert.ok(false, 'the reason'); });`),
    );
    assert.deepEqual({ status, last }, { status: 1, last: '0 passed, 1 failed' });
    assert.match(stdout, /the reason/);
    assert.match(stdout, /a hint/);
  });

  test('fails when nothing ran', async () => {
    assert.equal(npmTest(join(folder, 'no-such-folder')).status, 1);
    assert.equal(npmTest(await write(`test('a', { skip: 'all of them' }, () => {});`)).status, 1);
  });

  test('goes on with another process after a file that ended one', async () => {
    const files = [`test('a', () => process.exit(3));`, `test('b', () => {});`, `test('c', () => process.exit(0));`];
    const { last } = npmTest(...(await Promise.all(files.map(write))));
    assert.equal(last, '1 passed, 2 failed');
  });

  test('keeps the settings of an operator away from the tests', async () => {
    const file = await write(`test('a', () => assert.equal(process.env.DATABASE_URL, undefined));`);
    assert.equal(npmTest(file).status, 0);
  });
});
