/** Prints the starter edition into an empty installation, so that the first page is a real one. */

import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { dayToEpoch, isDay } from '#platform/day.ts';
import { parseAuthorName } from '#papers/authors.ts';
import { findLinks } from '#papers/links.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { lockPapers, savePapers } from '#papers/save.ts';
import { hasPapers } from '#papers/store.ts';
import { saveReadings, saveSubmissions } from '#papers/submission-store.ts';
import type { Trx } from '#schema.ts';
import type { SourceContext } from './context.ts';

const STARTER_DAY = '2026-01-06';
const STARTER_FILE = new URL(`../../starter/edition-${STARTER_DAY}.jsonl`, import.meta.url);

const starterPaper = z.object({
  position: z.int().positive(),
  arxivId: z.string(),
  title: z.string(),
  abstract: z.string(),
  publishedOn: z.string().refine(isDay),
  authors: z.array(z.string()),
  authorCount: z.int().nullable(),
  organization: z.object({ handle: z.string(), name: z.string() }).nullable(),
  categories: z.array(z.string()),
  githubRepo: z.string().nullable(),
  comments: z.int().nullable(),
});
type StarterPaper = z.infer<typeof starterPaper>;

/** Returns the number of papers printed: 0 where there are papers already. All or nothing. */
export async function printStarter({ db, clock }: Pick<SourceContext, 'db' | 'clock'>): Promise<number> {
  if (await hasPapers(db)) return 0;
  const lines = (await readFile(STARTER_FILE, 'utf8')).split('\n').filter(Boolean);
  const papers = lines.map((line) => starterPaper.parse(JSON.parse(line)));
  return await db.transaction().execute(async (trx) => {
    await lockPapers(trx);
    if (await hasPapers(trx)) return 0; // another process was first
    await savePapers(trx, papers.map(toDraft), clock.now());
    await placeStarter(trx, papers);
    return papers.length;
  });
}

async function placeStarter(trx: Trx, papers: readonly StarterPaper[]): Promise<void> {
  const at = dayToEpoch(STARTER_DAY);
  await saveSubmissions(
    trx,
    papers.map(({ arxivId, position }) => ({
      paper_id: arxivId,
      day: STARTER_DAY,
      position,
      submitted_at: at,
      user_id: null,
    })),
  );
  await saveReadings(
    trx,
    papers.map(({ arxivId, comments }) => ({
      paper_id: arxivId,
      site: 'huggingface',
      comments,
      upvotes: null,
      read_at: at,
    })),
  );
}

function toDraft(paper: StarterPaper): PaperDraft {
  const links = findLinks(paper.abstract);
  return {
    id: paper.arxivId,
    title: paper.title,
    abstract: paper.abstract,
    authors: paper.authors.map(parseAuthorName),
    ...(paper.authorCount === null ? {} : { authorCount: paper.authorCount }),
    categories: paper.categories,
    publishedOn: paper.publishedOn,
    codeUrl: paper.githubRepo ?? links.codeUrl,
    projectUrl: links.projectUrl,
    ...(paper.organization === null
      ? {}
      : { organization: { slug: paper.organization.handle.toLowerCase(), name: paper.organization.name } }),
  };
}
