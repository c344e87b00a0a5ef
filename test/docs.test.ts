/** What the documents say of settings, commands, scripts and files is what the program has. */

import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { describe, test } from 'node:test';
import { run } from '#cli/run.ts';
import { arrows } from '../oxlint.config.ts';
import { settings } from '#platform/settings.ts';
import type { Setting } from '#platform/settings.ts';

const ROOT = resolve(import.meta.dirname, '..');
const FOREIGN = new Set(['node_modules', 'data', 'tmp', '.git']);
const documents = globSync('**/*.md', { cwd: ROOT, exclude: (name) => FOREIGN.has(name) }).toSorted();
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
};

/** What npm does by itself. */
const NPM_COMMANDS = new Set(['ci', 'install', 'start', 'test']);
/** Variables that are not ours, or only the tests'. */
const OTHER_VARIABLES = new Set(['NODE_COMPILE_CACHE', 'TEST_DATABASE_URL', 'CHROMIUM_PATH']);

function read(document: string): string {
  return readFileSync(join(ROOT, document), 'utf8');
}

/** Fenced blocks and code spans. */
function codeOf(text: string): string[] {
  return [...text.matchAll(/^```.*\n([\s\S]*?)^```|`([^`\n]+)`/gm)].map(([, block, span]) => block ?? span ?? '');
}

function proseOf(text: string): string {
  return text.replaceAll(/^```[\s\S]*?^```|`[^`\n]+`/gm, '');
}

/** As GitHub makes them of headings. */
function anchorsOf(document: string): string[] {
  return [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

async function helpOf(...verb: string[]): Promise<string> {
  let text = '';
  const hear = (piece: string) => void (text += piece);
  const never = () => new AbortController().signal;
  const io = { out: hear, err: hear, isTerminal: false, columns: () => 80, signal: never, interrupted: () => false };
  assert.equal(await run([...verb, '--help'], io), 0, text);
  return text;
}

test('every setting stands in the table with its default and its meaning, and nothing else does', () => {
  const [, table = ''] = /## All settings\n([\s\S]*?)\n## /.exec(read('docs/configuration.md')) ?? [];
  const rows = [...table.matchAll(/^\| `(.+?)\s*\|(.+?)\|(.+)\|$/gm)].map((row) =>
    row.slice(1).map((cell) => cell.trim()),
  );
  const expected = Object.entries<Setting<unknown>>(settings).map(([name, { fallback, meaning }]) => [
    `${name}\``,
    fallback === '' ? 'empty' : `\`${fallback}\``,
    meaning,
  ]);
  assert.deepEqual(rows, expected);
});

test('every runtime dependency has its reason in DECISIONS.md', () => {
  const headings = new Set([...read('DECISIONS.md').matchAll(/^### (\S+)$/gm)].map(([, heading]) => heading));
  assert.deepEqual(new Set(Object.keys(manifest.dependencies)), headings);
});

describe('documents', () => {
  for (const document of documents) {
    const text = read(document);

    test(`${document}: links lead somewhere`, () => {
      const targets = [...proseOf(text).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target);
      const dead = targets.filter((target) => {
        if (/^[a-z]+:/.test(target)) return false;
        const [path = '', anchor] = target.split('#');
        const file = path === '' ? document : join(dirname(document), path);
        if (!existsSync(join(ROOT, file))) return true;
        return anchor !== undefined && statSync(join(ROOT, file)).isFile() && !anchorsOf(file).includes(anchor);
      });
      assert.deepEqual(dead, []);
    });

    test(`${document}: npm scripts exist`, () => {
      const named = codeOf(text).flatMap((code) => [...code.matchAll(/\bnpm (run (?:-\S+ )*)?([a-z][\w:-]*)/g)]);
      const unknown = named.filter(([, asScript, name = '']) =>
        asScript === undefined ? !NPM_COMMANDS.has(name) : !(name in manifest.scripts),
      );
      assert.deepEqual(
        unknown.map(([all]) => all),
        [],
      );
    });

    test(`${document}: verbs and options of broadsheet exist`, async () => {
      const commands = codeOf(text).flatMap((code) => [
        ...code.matchAll(/(?<!-u )\bbroadsheet(?:\.js)? (?:-- )?([a-z]+)\b([^\n]*)/g),
      ]);
      for (const [all, verb = '', rest = ''] of commands) {
        const help = await helpOf(verb);
        // The help of an unknown verb is that of the whole program.
        assert.ok(help.startsWith(`Usage: broadsheet ${verb} `), `${all}: no verb ${verb}`);
        // Some verbs have verbs of their own: `user add`.
        const [, further = ''] = /^ +([a-z][a-z-]*)/.exec(rest) ?? [];
        const known = help + (help.includes(`\n  ${further} `) && further !== '' ? await helpOf(verb, further) : '');
        for (const [option] of rest.matchAll(/--[a-z]+/g)) assert.ok(known.includes(option), `${all}: no ${option}`);
      }
    });

    test(`${document}: variables that are set are settings`, () => {
      const names = codeOf(text).flatMap((code) => [...code.matchAll(/(?<![\w$])([A-Z][A-Z_]{2,})=/g)]);
      const unknown = names
        .map(([, name = '']) => name)
        .filter((name) => !(name.replace(/_FILE$/, '') in settings) && !OTHER_VARIABLES.has(name));
      assert.deepEqual(unknown, []);
    });
  }
});

test('the arrows between folders are those that the linter knows', () => {
  const [, block = ''] = /```\n(main -> cli.*?)```/s.exec(read('ARCHITECTURE.md')) ?? [];
  const told: Record<string, string[]> = {};
  for (const [, from = '', to = ''] of block.matchAll(/^([a-z, ]+?) +-> ([a-z, ]+?)(?: {3}.*)?$/gm)) {
    for (const folder of from.split(', '))
      if (folder !== 'main') told[folder] = to === 'nothing of ours' ? [] : to.split(', ').toSorted();
  }
  assert.deepEqual(told, Object.fromEntries(Object.entries(arrows).map(([from, to]) => [from, to.toSorted()])));
});
