/** The options of `npm run train`: what is wrong is said before anything is done, all of it. */

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { AppError } from '#platform/errors.ts';
import { readOptions } from './options.ts';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-options-'));
after(() => rmSync(folder, { recursive: true }));
const data = join(folder, 'library.tsv');
writeFileSync(data, 'telescope galaxy\tredshift nebula\n'.repeat(60));

test('numbers are read, the others are those of the model card', () => {
  assert.deepEqual(readOptions(['--data', data, '--held-out', '20', '--seed=7']), {
    data,
    out: 'broadsheet-embed.bin',
    words: 36_000,
    dimensions: 256,
    steps: 1200,
    batch: 1024,
    threads: 2,
    seed: 7,
    heldOut: 20,
  });
});

const refused: [option: string, text: string, problem: RegExp][] = [
  ['batch', '15', /an even number from 2/],
  ['held-out', '21', /an even number from 2/],
  ['held-out', '0', /an even number from 2/],
  ['dimensions', '3', /an even number/],
  ['words', '65536', /a whole number from 1 to 65,535/],
  ['threads', '0', /a whole number from 1/],
  ['steps', 'abc', /a whole number from 1/],
  ['steps', '', /a whole number/],
  ['steps', '1e3', /a whole number/],
  ['seed', '-1', /.*/],
  ['data', join(folder, 'none.tsv'), /there is no such file/],
  ['data', folder, /there is no such file/],
  ['out', join(folder, 'none', 'a.bin'), /there is no folder/],
  ['out', folder, /this is a folder/],
];
for (const [option, text, problem] of refused) {
  test(`--${option} ${JSON.stringify(text.replace(folder, ''))} is refused`, () => {
    assert.throws(
      () => readOptions(['--data', data, `--${option}`, text]),
      (error) => error instanceof AppError && error.message.includes(`--${option}`) && problem.test(error.message),
    );
  });
}

test('all problems are told at once', () => {
  assert.throws(() => readOptions(['--data', data, '--batch', '15', '--steps', 'abc', '--words', '70000']), {
    message: [
      'npm run train cannot begin:',
      '  --words 70000: should be a whole number from 1 to 65,535',
      '  --steps abc: should be a whole number from 1 to 1,000,000,000',
      '  --batch 15: should be an even number from 2 to 16,384',
    ].join('\n'),
  });
});

test('the command says it in lines, not in a trace, exits with 2 and leaves no file', () => {
  const out = join(folder, 'model.bin');
  const run = (...args: string[]) => {
    const program = [join(import.meta.dirname, 'run.ts'), ...args];
    return spawnSync(process.execPath, ['--import', './bin/typescript.js', ...program], {
      cwd: join(import.meta.dirname, '../../..'),
      encoding: 'utf8',
    });
  };
  const unknown = run('--stepps', '3');
  assert.equal(unknown.status, 2);
  assert.equal(unknown.stderr, "Unknown option '--stepps'\nnpm run train -- --help lists the options.\n");
  // All papers are the same, so the training goes astray.
  const astray = run('--data', data, '--out', out, '--batch', '16', '--held-out', '20', '--steps', '5');
  assert.equal(astray.status, 2, astray.stderr);
  assert.match(astray.stderr, /went astray by step 1[^\n]*\nLook at the data[^\n]*\n$/);
  assert.equal(astray.stdout, '');
  assert.equal(existsSync(out), false);
  assert.match(run('--help').stdout, /--batch N +pairs of texts a step, even \(1024\)/);
});
