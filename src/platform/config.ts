/** The environment, read once and checked as a whole. Nothing else reads it. */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { z } from 'zod';
import { contradictions } from './contradictions.ts';
import { AppError } from './errors.ts';
import { settings } from './settings.ts';
import type { Setting, SettingName } from './settings.ts';

type Environment = Record<string, string | undefined>;

/** Checked values under the names of their environment variables; DATA_DIR is absolute. */
export type Config = { readonly [K in SettingName]: z.output<(typeof settings)[K]['parse']> };

export interface ConfigRow {
  name: SettingName;
  /** Redacted if it is a secret. */
  value: string;
  fallback: string;
  meaning: string;
}

const names = Object.keys(settings) as SettingName[];

/** `NAME`, or the content of the file that `NAME_FILE` names (how Docker and systemd hand over secrets). */
function rawValue(env: Environment, name: SettingName): string {
  const file = env[`${name}_FILE`];
  if (env[name] !== undefined && env[name] !== '') return env[name];
  if (file === undefined || file === '') return settings[name].fallback;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (cause) {
    throw new AppError('invalid', `${name}_FILE: cannot read ${file}`, { cause });
  }
}

/** Throws one AppError that lists every problem, not just the first. */
export function readConfig(env: Environment = process.env): Config {
  const values: Record<string, unknown> = {};
  const problems: string[] = [];
  for (const name of names) {
    try {
      const raw = rawValue(env, name);
      const result = (settings[name] as Setting<unknown>).parse.safeParse(raw);
      if (result.success) values[name] = result.data;
      else
        problems.push(`${name}=${shown(name, raw)}: ${result.error.issues.map((issue) => issue.message).join('; ')}`);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      problems.push(error.message);
    }
  }
  problems.push(...contradictions(values as Partial<Config>));
  if (problems.length > 0)
    throw new AppError(
      'invalid',
      `The configuration has ${problems.length === 1 ? 'a problem' : 'problems'}:\n  ${problems.join('\n  ')}`,
    );
  const config = values as unknown as Config;
  return { ...config, DATA_DIR: resolve(config.DATA_DIR) };
}

/** What `broadsheet config` prints. */
export function describeConfig(env: Environment = process.env): ConfigRow[] {
  return names.map((name) => ({
    name,
    value: shown(name, rawValue(env, name)),
    fallback: settings[name].fallback,
    meaning: settings[name].meaning,
  }));
}

function shown(name: SettingName, raw: string): string {
  if ('secret' in settings[name] && raw !== '') return '(secret)';
  // A password in an address where none belongs is not printed either, while its owner is told so.
  return raw.replace(/\/\/[^/?#]*@/, '//(secret)@');
}

/** Where readers reach the site, without a slash at the end. `port` is the one really listened on. */
/** What is wrong with mail though every setting is right by itself; undefined if nothing is. */
export function mailWarning(config: Pick<Config, 'SMTP_URL' | 'PUBLIC_URL'>): string | undefined {
  if (config.SMTP_URL === '' || config.PUBLIC_URL !== '') return undefined;
  return 'SMTP_URL is set and PUBLIC_URL is not: links in mails lead to localhost, where no reader gets to. Set PUBLIC_URL.';
}

/** What the operator is told of a site that others can reach: nothing is wrong, but its readers can ask nobody. */
export function contactWarning(config: Pick<Config, 'CONTACT' | 'SMTP_URL' | 'PUBLIC_URL'>): string | undefined {
  if (config.CONTACT !== '' || (config.SMTP_URL === '' && config.PUBLIC_URL === '')) return undefined;
  return 'CONTACT is empty: mails about a deleted account or a changed address name nobody to write to, and arXiv is told nobody. Set it to a mail address or a web page.';
}

export function publicUrl(config: Config, port = config.PORT): string {
  const host =
    config.HOST === '0.0.0.0' || config.HOST === '::' || config.HOST === '127.0.0.1' ? 'localhost' : config.HOST;
  return (config.PUBLIC_URL || `http://${host.includes(':') ? `[${host}]` : host}:${port}`).replace(/\/+$/, '');
}
