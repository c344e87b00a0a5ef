/** `/papers/submit`: a person names a paper for today's edition, and sees what becomes of it while it is fetched. */

import type { Context } from 'hono';
import { requireViewer, requireWriter } from '#accounts/current-viewer.ts';
import { isModerator } from '#accounts/user.ts';
import type { Viewer } from '#accounts/user.ts';
import { paperPath } from '#feed/addresses.ts';
import { today } from '#feed/today.ts';
import { isPaperId, parsePaperId } from '#papers/ids.ts';
import type { PaperId } from '#papers/paper.ts';
import { findRequest, listRequestsOf } from '#papers/request-store.ts';
import type { SubmissionRequest } from '#papers/request-store.ts';
import { explainRefusal } from '#papers/submission.ts';
import type { Refusal } from '#papers/submission.ts';
import { findSubmission } from '#papers/submission-store.ts';
import { submit, takeBack } from '#papers/submit.ts';
import { notFound } from '#platform/errors.ts';
import { UNPROCESSABLE, wantsJson } from '../answer-type.ts';
import { Fetching, refreshSeconds } from '../components/fetching.tsx';
import { Layout } from '../components/layout.tsx';
import { SubmitForm, Waiting } from '../components/submit-form.tsx';
import type { SubmitFormProps } from '../components/submit-form.tsx';
import { readForm } from '../form.ts';
import { limitDeed } from '../limit-deeds.ts';
import type { Site } from '../site.ts';
import { describeRequest, placedAnswer, refusalAnswer, requestAnswer } from '../submission-answers.ts';
import { askSubmitter } from '../writer.ts';

const PATH = '/papers/submit';
/** Older refusals are of no use to anybody. */
const REQUESTS_SHOWN = 50;
/** As long as a press of a button may take before one wonders; then the page says that it is being fetched. */
const PATIENCE_MS = 6_000;

export async function submitPage(site: Site, c: Context): Promise<Response> {
  const viewer = requireViewer(c);
  const asked = c.req.query('paper') ?? '';
  const requests = await listRequestsOf(site.db, viewer.id, REQUESTS_SHOWN);
  const request = await findRequest(site.db, { userId: viewer.id, paperId: asked });
  if (request === undefined) {
    const isPlaced = isPaperId(asked) && (await findSubmission(site.db, asked)) !== undefined;
    if (wantsJson(c))
      return isPlaced ? placedAnswer(c, site.url, asked, 200) : c.json({ submissions: requests.map(describeRequest) });
    return isPlaced ? c.redirect(paperPath(asked), 303) : await formPage(site, c, viewer, requests, { typed: asked });
  }
  if (wantsJson(c)) return c.json(describeRequest(request));
  if (request.next_at !== null) return await waitingPage(site, c, request);
  const others = requests.filter(({ paper_id }) => paper_id !== asked);
  return await formPage(site, c, viewer, others, { typed: asked, problem: request.problem ?? undefined });
}

export async function submitForm(site: Site, c: Context): Promise<Response> {
  const viewer = requireWriter(c, PATH);
  const fields = await readForm(c);
  if (fields.has('take_back')) return await takeBackForm(site, c, viewer, fields.text('take_back'));
  const typed = fields.text('paper');
  // Whatever the id is of: arXiv may have to be asked for it, in vain too.
  if (parsePaperId(typed) !== undefined) await limitDeed(site, viewer, 'submit');
  const submitted = await submit(site.db, {
    text: typed,
    by: askSubmitter(site, viewer),
    anyAge: fields.has('any_age'),
    today: today(site),
    now: site.clock.now(),
    rules: { windowDays: site.config.SUBMIT_WINDOW_DAYS, perDay: site.config.SUBMIT_PER_DAY },
  });
  if (submitted.outcome === 'refused') {
    const { refusal } = submitted;
    return wantsJson(c) ? refusalAnswer(c, site.url, refusal) : await refused(site, c, viewer, typed, refusal);
  }
  const { id } = submitted;
  const who = { userId: viewer.id, paperId: id };
  if (submitted.outcome === 'waiting') await site.fetchSubmitted(who, AbortSignal.timeout(PATIENCE_MS));
  if (wantsJson(c)) {
    const request = await findRequest(site.db, who);
    return request === undefined
      ? placedAnswer(c, site.url, id, 201)
      : requestAnswer(c, site.url, request, statusPath(id));
  }
  return c.redirect(submitted.outcome === 'placed' ? paperPath(id) : statusPath(id), 303);
}

async function takeBackForm(site: Site, c: Context, { id: userId }: Viewer, paperId: string): Promise<Response> {
  const isDone = await takeBack(site.db, { userId, paperId });
  if (!wantsJson(c)) return c.redirect(PATH, 303);
  if (!isDone) throw notFound('No submission of yours waits under this id.');
  return c.body(null, 204);
}

async function refused(site: Site, c: Context, viewer: Viewer, typed: string, refusal: Refusal): Promise<Response> {
  const { message, hint } = explainRefusal(refusal);
  c.status(UNPROCESSABLE);
  return await formPage(site, c, viewer, await listRequestsOf(site.db, viewer.id, REQUESTS_SHOWN), {
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
          isBanned={viewer.bannedAt !== null}
        />
        <Waiting requests={requests} now={site.clock.now()} path={PATH} pathOf={statusPath} />
      </main>
    </Layout>,
  );
}

async function waitingPage(site: Site, c: Context, request: SubmissionRequest): Promise<Response> {
  const { paper_id: id, attempts } = request;
  const now = site.clock.now();
  const head = (
    <>
      <meta name="robots" content="noindex" />
      <meta http-equiv="refresh" content={String(refreshSeconds(request, now))} />
    </>
  );
  return await c.html(
    <Layout site={site} c={c} title={attempts === 0 ? `Fetching ${id}` : `${id} could not be fetched yet`} head={head}>
      <main id="main" class="prose">
        <Fetching request={request} now={now} path={PATH} here={statusPath(id)} />
      </main>
    </Layout>,
  );
}

function statusPath(id: PaperId): string {
  return `${PATH}?paper=${encodeURIComponent(id).replaceAll('%2F', '/')}`;
}
