/** `/papers/:id/links`: who submitted a paper and moderators say where its code and its project page are. */

import type { Context } from 'hono';
import { requireViewer, requireWriter } from '#accounts/current-viewer.ts';
import { findUsers } from '#accounts/store.ts';
import type { Viewer } from '#accounts/user.ts';
import { linksPath, paperPath } from '#feed/addresses.ts';
import { getPaper } from '#papers/get-paper.ts';
import { listLinkEdits } from '#papers/link-edit-store.ts';
import type { Paper } from '#papers/paper.ts';
import { demandLinkEditor, readLinksAsked, setLinks } from '#papers/set-links.ts';
import type { LinkProblems, LinksAsked } from '#papers/set-links.ts';
import { findSubmission } from '#papers/submission-store.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { accountName } from '../account-name.ts';
import { UNPROCESSABLE, wantsJson } from '../answer-type.ts';
import { Layout } from '../components/layout.tsx';
import { LinkHistory, LinksForm } from '../components/links-form.tsx';
import { readForm } from '../form.ts';
import type { Site } from '../site.ts';
import { askWriter, toWriter } from '../writer.ts';

/** Older edits are of no use to anybody. */
const EDITS_SHOWN = 20;

export async function linksPage(site: Site, c: Context): Promise<Response> {
  const paper = await getPaper(site.db, c.req.param('id') ?? '');
  const viewer = requireViewer(c);
  await demandRight(site, viewer, paper);
  return await page(site, c, paper, { codeUrl: paper.codeUrl ?? '', projectUrl: paper.projectUrl ?? '' });
}

export async function linksForm(site: Site, c: Context): Promise<Response> {
  const paper = await getPaper(site.db, c.req.param('id') ?? '');
  const { id } = paper;
  const viewer = requireWriter(c, linksPath(id));
  await demandRight(site, viewer, paper);
  const fields = await readForm(c);
  const asked = { codeUrl: fields.text('code'), projectUrl: fields.text('project') };
  const read = readLinksAsked(asked);
  if ('problems' in read) {
    if (wantsJson(c)) return refusedAsJson(c, read.problems);
    c.status(UNPROCESSABLE);
    return await page(site, c, paper, asked, read.problems);
  }
  const { links } = read;
  await setLinks(site.db, { id, links, by: askWriter(viewer), now: site.clock.now() });
  return wantsJson(c) ? c.json({ id, ...namesOf(links) }) : c.redirect(paperPath(id), 303);
}

/** Programs are told by the names of the fields that they sent. */
function namesOf<T>({ codeUrl, projectUrl }: { codeUrl: T; projectUrl: T }): { code: T; project: T } {
  return { code: codeUrl, project: projectUrl };
}

function refusedAsJson(c: Context, problems: LinkProblems): Response {
  const { codeUrl, projectUrl } = problems;
  const said = [codeUrl, projectUrl].filter((problem) => problem !== undefined);
  return c.json({ error: said.join(' '), problems: namesOf({ codeUrl, projectUrl }) }, UNPROCESSABLE);
}

/** Before anything that they sent is looked at, and before anybody is told who edited what. */
async function demandRight(site: Site, viewer: Viewer, { id }: Paper): Promise<void> {
  demandLinkEditor(toWriter(viewer), (await findSubmission(site.db, id))?.user_id);
}

async function page(
  site: Site,
  c: Context,
  paper: Paper,
  asked: LinksAsked,
  problems: LinkProblems = {},
): Promise<Response> {
  const edits = await listLinkEdits(site.db, paper.id, EDITS_SHOWN);
  const people = await findUsers(site.db, [...new Set(edits.map(({ user_id }) => user_id))]);
  const history = edits.map(({ edited_at, user_id, code_url, project_url }) => ({
    at: edited_at,
    by: accountName(people.get(user_id)),
    codeUrl: code_url,
    projectUrl: project_url,
  }));
  return await c.html(
    <Layout site={site} c={c} title="Links" head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose">
        <h1>Links</h1>
        <p>
          of <a href={paperPath(paper.id)}>{texToPlain(paper.title)}</a>
        </p>
        <LinksForm path={linksPath(paper.id)} asked={asked} problems={problems} />
        <LinkHistory edits={history} />
      </main>
    </Layout>,
  );
}
