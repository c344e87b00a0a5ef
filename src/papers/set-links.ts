/** A person says which code repository and which project page a paper has. */

import { AppError, notFound } from '#platform/errors.ts';
import type { Db } from '#schema.ts';
import type { AskWriter, Writer } from './ask-writer.ts';
import { readRepository } from './link-addresses.ts';
import type { PaperLinks } from './links.ts';
import type { PaperId } from './paper.ts';
import { changePaper, lockPapers } from './save.ts';
import { forgetStars } from './star-store.ts';
import { findPaper } from './store.ts';
import { appendLinkEdit } from './link-edit-store.ts';
import { findSubmission } from './submission-store.ts';

/** Longer addresses carry somebody's session, not a page. */
const LONGEST = 500;

/** What a form says; empty where there is no such link. */
export interface LinksAsked {
  codeUrl: string;
  projectUrl: string;
}

export type LinkProblems = Partial<Record<keyof LinksAsked, string>>;

/** Either links as they will be stored, or for each field that cannot be read what would be right. */
export function readLinksAsked({
  codeUrl,
  projectUrl,
}: LinksAsked): { links: PaperLinks } | { problems: LinkProblems } {
  const code = readLink(codeUrl, 'https://github.com/owner/name');
  const project = readLink(projectUrl, 'https://name.github.io/project');
  const problems: LinkProblems = {
    ...('problem' in code ? { codeUrl: code.problem } : {}),
    ...('problem' in project ? { projectUrl: project.problem } : {}),
  };
  if ('problem' in code || 'problem' in project) return { problems };
  const repository = code.url === null ? undefined : readRepository(code.url);
  return { links: { codeUrl: repository ?? code.url, projectUrl: project.url } };
}

function readLink(text: string, example: string): { url: string | null } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { url: null };
  const wanted = `An address looks like ${example}.`;
  if (trimmed.length > LONGEST) return { problem: `That has more than ${LONGEST} characters. ${wanted}` };
  const href = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) && !/^[\w.-]+:\d/.test(trimmed) ? trimmed : `https://${trimmed}`;
  if (/\s/.test(trimmed) || !URL.canParse(href))
    return { problem: `“${trimmed.slice(0, 60)}” is not an address. ${wanted}` };
  const url = new URL(href);
  if (url.protocol !== 'https:') return { problem: `Only addresses that begin with https:// can be linked. ${wanted}` };
  if (url.username !== '' || url.password !== '')
    return { problem: `An address must not hold a name or password. ${wanted}` };
  if (!/^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*[a-z]$/.test(url.hostname))
    return { problem: `“${url.hostname}” is not the name of a public site. ${wanted}` };
  return { url: url.href };
}

/** `submittedBy`: who submitted the paper. */
export function mayEditLinks(writer: Writer, submittedBy: string | null | undefined): boolean {
  return writer.isModerator || writer.id === submittedBy;
}

/** Throws an AppError unless `mayEditLinks`. */
export function demandLinkEditor(writer: Writer, submittedBy: string | null | undefined): void {
  if (mayEditLinks(writer, submittedBy)) return;
  throw new AppError('forbidden', 'Only who submitted a paper and moderators can change its links.', {
    hint: 'Say in a comment which link is right.',
  });
}

export interface SettingLinks {
  id: PaperId;
  links: PaperLinks;
  by: AskWriter;
  now: number;
}

/**
 * One transaction. From then on sources no longer change these links. Throws AppErrors: 'not-found', and 'forbidden'
 * for whoever neither submitted the paper nor is a moderator. False if nothing was to be changed.
 */
export async function setLinks(db: Db, { id, links, by, now }: SettingLinks): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await lockPapers(trx);
    const writer = await by(trx);
    const paper = await findPaper(trx, id);
    if (paper === undefined) throw notFound(`The paper ${id} is not here.`);
    demandLinkEditor(writer, (await findSubmission(trx, id))?.user_id);
    if (paper.codeUrl === links.codeUrl && paper.projectUrl === links.projectUrl) return false;
    await changePaper(trx, id, { code_url: links.codeUrl, project_url: links.projectUrl, links_by_hand: 1 });
    await appendLinkEdit(trx, {
      paper_id: id,
      user_id: writer.id,
      edited_at: now,
      code_url: links.codeUrl,
      project_url: links.projectUrl,
      sets_code: Number(paper.codeUrl !== links.codeUrl),
    });
    if (paper.codeUrl !== links.codeUrl) await forgetStars(trx, id);
    return true;
  });
}
