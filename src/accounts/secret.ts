/** The secret that signs cookies and intents: AUTH_SECRET, or one that is made once and kept in DATA_DIR. */

import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '#platform/config.ts';
import { AppError } from '#platform/errors.ts';

const FILE = 'auth-secret';

/** Throws an AppError if the file can be neither read nor made. Whoever changes the secret signs everybody out. */
export function readSecret(config: Pick<Config, 'AUTH_SECRET' | 'DATA_DIR'>): string {
  if (config.AUTH_SECRET !== '') return config.AUTH_SECRET;
  const path = join(config.DATA_DIR, FILE);
  try {
    return known(path) ?? make(config.DATA_DIR, path);
  } catch (cause) {
    const { message } = cause as Error;
    throw new AppError('conflict', `The secret of sign-in cannot be kept in ${path}: ${message}.`, {
      cause,
      hint: 'Let DATA_DIR be a folder that can be written to, or set AUTH_SECRET.',
    });
  }
}

function known(path: string): string | undefined {
  try {
    const secret = readFileSync(path, 'utf8').trim();
    if (secret.length < 32) throw new Error('it is shorter than 32 characters; delete the file to have a new one made');
    return secret;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of several processes that start together one makes it: a link is made whole or not at all, and never replaces. */
function make(folder: string, path: string): string {
  mkdirSync(folder, { recursive: true });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
  const secret = known(path);
  if (secret === undefined) throw new Error('it went away while it was read');
  return secret;
}
