/** `/papers/submit`: a person names a paper for today's edition, and sees what becomes of it while it is fetched. */

import type { Context } from 'hono';
import { requireViewer, requireWriter } from '#accounts/current-viewer.ts';
import { bannedWords, isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { paperPath } from '#feed/addresses.ts';
import { today } from '#feed/today.ts';
import { isPaperId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { listRequestsOf } from '#papers/request-store.ts';
import type { SubmissionRequest } from '#papers/request-store.ts';
import { explainRefusal } from '#papers/submission.ts';
import { findSubmission } from '#papers/submission-store.ts';
import { submit } from '#papers/submit.ts';
import type { Submitted } from '#papers/submit.ts';
import { Layout } from '../components/layout.tsx';
import { SubmitForm, Waiting } from '../components/submit-form.tsx';
import type { SubmitFormProps } from '../components/submit-form.tsx';
import { readForm } from '../form.ts';
import type { Site } from '../site.ts';
import { askWriter } from '../writer.ts';

const PATH = '/papers/submit';
/** As long as a press of a button may take before one wonders; then the page says that it is being fetched. */
const PATIENCE_MS = 6_000;
/** How often the page of a paper that is being fetched looks again. */
const REFRESH_SECONDS = 5;

export async function submitPage(site: Site, c: Context): Promise<Response> {
  const viewer = requireViewer(c);
  const asked = c.req.query('paper') ?? '';
  const requests = await listRequestsOf(site.db, viewer.id);
  if (!isPaperId(asked)) return await formPage(site, c, viewer, requests, { typed: asked });
  const request = requests.find(({ paper_id }) => paper_id === asked);
  if (request === undefined) {
    const isPlaced = (await findSubmission(site.db, asked)) !== undefined;
    return isPlaced ? c.redirect(paperPath(asked), 303) : await formPage(site, c, viewer, requests, { typed: asked });
  }
  if (request.next_at !== null) return await waitingPage(site, c, request);
  const others = requests.filter((one) => one !== request);
  return await formPage(site, c, viewer, others, { typed: asked, problem: request.problem ?? undefined });
}

export async function submitForm(site: Site, c: Context): Promise<Response> {
  const viewer = requireWriter(c, PATH);
  const fields = await readForm(c);
  const typed = fields.text('paper');
  const submitted = await submit(site.db, {
    text: typed,
    by: askWriter(viewer),
    anyAge: fields.has('any_age'),
    today: today(site),
    now: site.clock.now(),
    rules: { windowDays: site.config.SUBMIT_WINDOW_DAYS, perDay: site.config.SUBMIT_PER_DAY },
  });
  if (submitted.outcome === 'refused') return await refused(site, c, viewer, typed, submitted);
  const { id, outcome } = submitted;
  if (outcome === 'placed') return c.redirect(paperPath(id), 303);
  await site.fetchSubmitted({ userId: viewer.id, paperId: id }, AbortSignal.timeout(PATIENCE_MS));
  return c.redirect(statusPath(id), 303);
}

async function refused(
  site: Site,
  c: Context,
  viewer: Viewer,
  typed: string,
  { refusal }: Submitted & { outcome: 'refused' },
): Promise<Response> {
  const { message, hint } = explainRefusal(refusal);
  c.status(422);
  return await formPage(site, c, viewer, await listRequestsOf(site.db, viewer.id), {
    typed,
    problem: `${message} ${hint}`,
    paper: refusal.why === 'submitted' ? refusal.id : undefined,
    isTooOld: refusal.why === 'too-old',
  });
}

async function formPage(
  site: Site,
  c: Context,
  viewer: Viewer,
  requests: readonly SubmissionRequest[],
  form: Pick<SubmitFormProps, 'typed' | 'problem' | 'paper' | 'isTooOld'>,
): Promise<Response> {
  const { SUBMIT_WINDOW_DAYS: windowDays, SUBMIT_PER_DAY: perDay } = site.config;
  return await c.html(
    <Layout site={site} c={c} title="Submit a paper" head={<meta name="robots" content="noindex" />}>
      <main id="main" class="prose">
        <h1>Submit a paper</h1>
        <SubmitForm
          {...form}
          path={PATH}
          windowDays={windowDays}
          perDay={perDay}
          mayBeOlder={isModerator(viewer)}
          banned={viewer.bannedAt === null ? undefined : bannedWords(viewer)}
        />
        <Waiting requests={requests} pathOf={statusPath} />
      </main>
    </Layout>,
  );
}

async function waitingPage(site: Site, c: Context, request: SubmissionRequest): Promise<Response> {
  const { paper_id: id, attempts, problem } = request;
  const head = (
    <>
      <meta name="robots" content="noindex" />
      <meta http-equiv="refresh" content={String(REFRESH_SECONDS)} />
    </>
  );
  return await c.html(
    <Layout site={site} c={c} title={`Fetching ${id}`} head={head}>
      <main id="main" class="prose">
        <h1>{id} is being fetched</h1>
        <p role="status">
          Your submission is kept. The paper comes from arXiv, which is asked one thing at a time; when it is here, it
          stands in the edition, and this page leads to it.
        </p>
        {attempts > 0 && (
          <p>
            {attempts === 1 ? 'One try has' : `${attempts} tries have`} failed so far: {problem} It is tried again,
            later each time, for a day.
          </p>
        )}
        <p>
          <a class="button" href={statusPath(id)}>
            Look again
          </a>{' '}
          This page does so by itself every {REFRESH_SECONDS} seconds. You can leave it.
        </p>
      </main>
    </Layout>,
  );
}

function statusPath(id: PaperId): string {
  return `${PATH}?paper=${encodeURIComponent(id).replaceAll('%2F', '/')}`;
}
