/**
 * Lets Node run the sources as they are. It takes types away by itself, which leaves every line where it stands; JSX is
 * left to us: all of it is compiled at once when the first file that has some is asked for.
 */

import { buildSync } from 'esbuild';
import { globSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
/** Of files below a node_modules Node does not take types away. */
const ending = /[\\/]node_modules[\\/]/.test(root) ? 'ts*' : 'tsx';
const sources = new Set(
  globSync(`src/**/*.${ending}`, { cwd: root }).map((file) => new URL(`../${file}`, import.meta.url).href),
);
/** JavaScript by path, without the ending. */
let compiled;

// So that the traces of errors name the lines of the .tsx files, too.
process.setSourceMapsEnabled(true);

registerHooks({
  load(url, context, nextLoad) {
    if (!sources.has(url)) return nextLoad(url, context);
    compiled ??= compile();
    return { format: 'module', source: compiled.get(withoutEnding(fileURLToPath(url))), shortCircuit: true };
  },
});

/** One process of esbuild's for all: a hundred files take it as long as five of them do one by one. */
function compile() {
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: [...sources].map((url) => fileURLToPath(url)),
    outdir: root,
    outbase: root,
    write: false,
    format: 'esm',
    target: 'node24',
    jsx: 'automatic',
    jsxImportSource: '#platform/jsx',
    sourcemap: 'inline',
    sourcesContent: false,
  });
  return new Map(outputFiles.map(({ path, text }) => [withoutEnding(path), text]));
}

function withoutEnding(path) {
  return path.replace(/\.[jt]sx?$/, '');
}
