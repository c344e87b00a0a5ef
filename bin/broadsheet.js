#!/usr/bin/env node
/** The program `broadsheet`: runs src/main.ts on a Node that can, which may be the one installed beside it. */

import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import * as module from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const main = new URL('../src/main.ts', import.meta.url).href;

/** 24.18 has the node:sqlite that is needed; it is also the first after 24.17, whose http.Agent is broken. */
const OLDEST = [24, 18];

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) await runHere();
else runOnPinnedNode();

async function runHere() {
  // Compiled code is kept between starts; without it every start compiles some three hundred modules.
  module.enableCompileCache();
  await import('./typescript.js').catch(missing);
  await import(main);
}

/** Before `npm ci`, or after one that failed. */
function missing(error) {
  if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
  process.stderr.write(
    `broadsheet: its packages are missing. Run npm ci in ${fileURLToPath(new URL('..', import.meta.url))}\n`,
  );
  process.exit(1);
}

function runOnPinnedNode() {
  const node = pinnedNode();
  if (node === undefined) {
    process.stderr.write(
      `broadsheet needs Node ${OLDEST.join('.')} or newer; this is ${process.version}. Install it, or run npm ci here, which brings one.\n`,
    );
    process.exitCode = 1;
    return;
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal sends Ctrl-C to both of us, so only what was sent to this process alone is passed on.
  process.on('SIGINT', () => process.stdin.isTTY || child.kill('SIGINT'));
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGQUIT']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`broadsheet: cannot start ${node}: ${error.message}\n`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    if (signal === null) process.exitCode = code ?? 1;
    else {
      process.removeAllListeners(signal);
      process.kill(process.pid, signal);
    }
  });
}

/** The npm package `node`, wherever npm put it; its version is checked, so that the two of us never call each other for ever. */
function pinnedNode() {
  try {
    const manifest = module.createRequire(import.meta.url).resolve('node/package.json');
    const { version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const [pinnedMajor, pinnedMinor] = version.split('.').map(Number);
    const file = fileURLToPath(new URL('bin/node', pathToFileURL(manifest)));
    const fits = pinnedMajor > OLDEST[0] || (pinnedMajor === OLDEST[0] && pinnedMinor >= OLDEST[1]);
    return fits && existsSync(file) ? file : undefined;
  } catch {
    return undefined;
  }
}
