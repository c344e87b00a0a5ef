/** Programs that the tests need from the system: how they are found, and how Debian installs them. */

import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The full path of the first of these names that is on the PATH. */
export function findProgram(...names: string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Installing is for root on Debian and its kin; others are told the command. */
export function mayInstall(): boolean {
  return process.getuid?.() === 0 && findProgram('apt-get') !== undefined;
}

export function installCommand(packages: string[]): string {
  return `sudo apt-get install ${packages.join(' ')}`;
}

/** Throws with what apt-get said if it fails. */
export function installPackages(packages: string[]): void {
  process.stdout.write(`Installing ${packages.join(' and ')} (apt-get)…\n`);
  apt(['update']);
  // --force-confold: a package asks nothing about configuration that is already there.
  apt(['install', '-y', '--no-install-recommends', '-o', 'Dpkg::Options::=--force-confold', ...packages]);
}

function apt(args: string[]): void {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync('apt-get', ['-q', ...args], {
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed:\n${stdout.slice(-1000)}${stderr}`);
}
