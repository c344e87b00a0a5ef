/** A site with a paper, somebody who writes, somebody who reads, a moderator and an admin. */

import assert from 'node:assert/strict';
import type { DialectName } from '#platform/db/open.ts';
import { indexPapers } from '#search/index-papers.ts';
import { makeDraft, save } from '../drafts.ts';
import { openSite } from '../site.ts';
import type { Person } from '../site.ts';

export const PAPER_ID = '2601.00001';
export const PAPER = `/papers/${PAPER_ID}`;

export async function openModerated(dialect: DialectName) {
  const site = await openSite({ dialect });
  const people = {
    ann: await site.signIn('ann@example.org', { createdAt: 0 }),
    eve: await site.signIn('eve@example.org', { createdAt: 0 }),
    mo: await site.signIn('mo@example.org', { role: 'moderator' }),
    root: await site.signIn('root@example.org', { role: 'admin' }),
  };
  await save(
    site.db,
    makeDraft(1, { title: 'Zebrafish networks', announcedOn: '2026-01-08', codeUrl: 'https://github.com/a/b' }),
  );
  await indexPapers(site.app);
  return { site, ...people, [Symbol.asyncDispose]: async () => await site[Symbol.asyncDispose]() };
}

/** The id of what they say of the paper. */
export async function comment(who: Person, body: string): Promise<string> {
  const answer = await who.post(`${PAPER}/comments`, { body });
  return (answer.headers.get('location') ?? '').split('/').at(-1) ?? assert.fail(answer.text);
}
