/** Style sheet and islands: addressed by a hash of their sources, built when first asked for. */

import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Context } from 'hono';
import { notFound } from '#platform/errors.ts';

const STYLES = fileURLToPath(new URL('./styles/', import.meta.url));
const ISLANDS = fileURLToPath(new URL('./islands/', import.meta.url));

interface AssetPaths {
  css: string;
  /** With which a browser shows a feed. */
  feedCss: string;
  js: string;
  /** For the pages of papers and their discussions. */
  paperJs: string;
  /** For the two pages that deal with passkeys. */
  passkeysJs: string;
}

let paths: AssetPaths | undefined;
const built = new Map<string, Promise<string>>();

/** Addresses that change whenever the sources do, so that browsers may keep the files for ever. */
export function assets(): AssetPaths {
  if (paths) return paths;
  const styles = hashOf(STYLES);
  const islands = hashOf(ISLANDS);
  paths = {
    css: `/assets/${styles}.css`,
    feedCss: `/assets/${styles}.feed.css`,
    js: `/assets/${islands}.js`,
    paperJs: `/assets/${islands}.paper.js`,
    passkeysJs: `/assets/${islands}.passkeys.js`,
  };
  return paths;
}

export async function assetFile(c: Context): Promise<Response> {
  const { css, feedCss, js, paperJs, passkeysJs } = assets();
  const sources: Record<string, [type: string, entry: string]> = {
    [css]: ['text/css', `${STYLES}site.css`],
    [feedCss]: ['text/css', `${STYLES}feed.css`],
    [js]: ['text/javascript', `${ISLANDS}islands.ts`],
    [paperJs]: ['text/javascript', `${ISLANDS}paper.ts`],
    [passkeysJs]: ['text/javascript', `${ISLANDS}passkeys.ts`],
  };
  const source = sources[c.req.path];
  if (source !== undefined) return asset(c, `${source[0]}; charset=utf-8`, await build(source[1]));
  throw notFound('There is no such file.', { hint: 'Reload the page: its style sheet or script has a new address.' });
}

function asset(c: Context, type: string, body: string): Response {
  return c.body(body, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' });
}

function hashOf(folder: string): string {
  const hash = createHash('sha256');
  for (const name of readdirSync(folder).sort()) hash.update(name).update(readFileSync(folder + name));
  return hash.digest('base64url').slice(0, 12);
}

function build(entry: string): Promise<string> {
  const known = built.get(entry);
  if (known) return known;
  const making = bundle(entry);
  built.set(entry, making);
  making.catch(() => built.delete(entry)); // the next request tries again
  return making;
}

async function bundle(entry: string): Promise<string> {
  const { build: esbuild } = await import('esbuild'); // only the first reader after a start waits for it
  const result = await esbuild({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  });
  return result.outputFiles[0]?.text ?? '';
}
