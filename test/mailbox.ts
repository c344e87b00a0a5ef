/** What a site under test has mailed, as mail programs show it. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { TestSite } from './site.ts';

export interface ReceivedMail {
  to: string;
  subject: string;
  text: string;
  /** The path of the first link to the site; empty if there is none. */
  link: string;
}

/** In the order in which they were sent, once everything that is under way is done. */
export async function mailsOf({ app }: Pick<TestSite, 'app'>): Promise<ReceivedMail[]> {
  await app.later.settled();
  const folder = join(app.config.DATA_DIR, 'mail');
  const names = await readdir(folder).catch((): string[] => []);
  return await Promise.all(
    names
      .toSorted((a, b) => a.localeCompare(b))
      .map(async (name) => {
        const { to, subject = '', text = '' } = await simpleParser(await readFile(join(folder, name)));
        const [, link = ''] = /https:\/\/papers\.example(\S*)/.exec(text) ?? [];
        return { to: to === undefined || Array.isArray(to) ? '' : to.text, subject, text, link };
      }),
  );
}

export async function lastMail(site: Pick<TestSite, 'app'>): Promise<ReceivedMail> {
  const none = { to: '', subject: '', text: '', link: '' };
  return (await mailsOf(site)).at(-1) ?? none;
}
