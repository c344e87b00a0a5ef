/** A throw-away PostgreSQL cluster: own folder, free port, ordinary user, gone when the run ends, however it ends. */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, globSync, mkdtempSync, realpathSync, rmSync, writeFileSync, chownSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findProgram, installPackages } from './packages.ts';

export interface Cluster extends AsyncDisposable {
  /** postgres://… of its `postgres` database, as superuser. */
  url: string;
}

interface Account {
  uid?: number;
  gid?: number;
}

/** Speed over safety: nobody will miss the rows of tests after a power cut. */
const HASTY = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'jit=off', 'autovacuum=off'];
const SETTINGS = ['max_connections=200'];

/** As a rule half a second; a crowded machine may need longer. */
const START_TIMEOUT_MS = 30_000;

/**
 * Ends the server and removes its folder when its standard input closes, which happens even if we are killed.
 * $1 folder, the rest: the server's command.
 */
const KEEPER =
  'folder=$1; shift; "$@" >"$folder/log" 2>&1 </dev/null & server=$!; cat >/dev/null; kill -QUIT $server; wait $server; rm -rf "$folder"';

/** Folder of initdb and postgres; Debian keeps them off the PATH. */
export function findPostgres(): string | undefined {
  const onPath = findProgram('initdb');
  const folders = globSync('/usr/lib/postgresql/*/bin').toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  if (onPath !== undefined) folders.unshift(dirname(realpathSync(onPath)));
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** Debian's package would start a server of its own on port 5432; this says no before it is installed. */
export function installPostgres(): void {
  const config = '/etc/postgresql-common/createcluster.conf';
  mkdirSync(dirname(config), { recursive: true });
  if (!existsSync(config)) writeFileSync(config, 'create_main_cluster = false\n');
  installPackages(['postgresql']);
}

/** `safe`: as PostgreSQL is by itself, each commit on the disk; for measurements. */
export async function startPostgres(programs: string, { safe = false, within = tmpdir() } = {}): Promise<Cluster> {
  const account = ordinaryUser();
  const folder = mkdtempSync(join(within, 'broadsheet-postgres-'));
  const password = randomBytes(16).toString('hex');
  try {
    writeFileSync(join(folder, 'password'), password);
    if (account.uid !== undefined && account.gid !== undefined) {
      for (const path of [folder, join(folder, 'password')]) chownSync(path, account.uid, account.gid);
    }
    initialise(programs, folder, account);
    return await startServer(programs, folder, account, {
      password,
      settings: safe ? SETTINGS : [...SETTINGS, ...HASTY],
    });
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

/** PostgreSQL refuses to run as root. */
function ordinaryUser(): Account {
  if (process.getuid?.() !== 0) return {};
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim());
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Error('PostgreSQL needs an ordinary user to run as: neither postgres nor nobody exists here.');
}

function initialise(programs: string, folder: string, account: Account): void {
  // Letters beyond ASCII must fold and sort as on a real installation; C.UTF-8 is there on every Debian.
  const locale = process.platform === 'linux' ? ['--locale=C.UTF-8'] : [];
  // By SCRAM a connection takes twice the processor time, and tests open thousands.
  const args = ['-D', join(folder, 'data'), '-U', 'postgres', '-A', 'md5', '--pwfile', join(folder, 'password')];
  execFileSync(join(programs, 'initdb'), [...args, ...locale, '--encoding=UTF8', '--no-sync'], {
    ...account,
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

async function startServer(
  programs: string,
  folder: string,
  account: Account,
  { password, settings }: { password: string; settings: string[] },
): Promise<Cluster> {
  const port = await freePort();
  const options = [...settings, 'listen_addresses=127.0.0.1', `port=${port}`, `unix_socket_directories=${folder}`];
  const command = [
    join(programs, 'postgres'),
    '-D',
    join(folder, 'data'),
    ...options.flatMap((option) => ['-c', option]),
  ];
  const keeper = spawn('sh', ['-c', KEEPER, 'sh', folder, ...command], {
    ...account,
    cwd: folder,
    // Away from the terminal's group: Ctrl-C is for us, the server ends after the tests.
    detached: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => keeper.on('exit', () => resolve()));
  const stop = async () => {
    keeper.stdin?.end();
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady(programs, port, folder);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`, [Symbol.asyncDispose]: stop };
}

async function untilReady(programs: string, port: number, folder: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (spawnSync(join(programs, 'pg_isready'), ['-q', '-h', '127.0.0.1', '-p', String(port)]).status !== 0) {
    if (Date.now() > deadline) {
      throw new Error(
        `PostgreSQL did not start:\n${execFileSync('tail', ['-n', '20', join(folder, 'log')], { encoding: 'utf8' })}`,
      );
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer().on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
