/** Harvests one OAI-PMH list page by page; stopped at any moment, the next run goes on where this one was. */

import type { SourceContext } from '../context.ts';
import { findCursor, saveCursor } from '../cursors.ts';
import type { Cursor } from '../cursors.ts';
import { datedIfNew } from '../news.ts';
import { saveDrafts } from '../save-drafts.ts';
import { addCounts, noCounts } from '../counts.ts';
import type { SourceCounts } from '../counts.ts';
import type { PaperDraft } from '#papers/paper.ts';
import { addDays, epochToDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { failed } from './request.ts';
import { fetchPage } from './oai-page.ts';
import type { OaiPage, OaiRequest } from './oai-page.ts';
import type { Prefix } from './oai-record.ts';

/** The first harvest of a new installation begins this many days ago: enough for a front page, few pages to fetch. */
const FIRST_DAYS = 2;
/** arXiv's earliest datestamp; asking from before is an error to it. */
const EARLIEST = '2005-09-16';
/** A token may expire again and again while new pages come in, but not without them. */
const RESTARTS_WITHOUT_PROGRESS = 2;
/** Safety margin, so that a token is not used in the second in which it expires. */
const EXPIRY_MARGIN_MS = 60_000;

export interface HarvestOptions {
  prefix: Prefix;
  set: string;
  /** Instead of where the last harvest ended. */
  from?: Day | undefined;
  signal?: AbortSignal | undefined;
  /** After each page, with the counts so far. */
  onPage?: ((counts: SourceCounts) => void) | undefined;
}

export function harvestName({ prefix, set }: Pick<HarvestOptions, 'prefix' | 'set'>): string {
  return `oai:${prefix}:${set}`;
}

/** Every page's papers are saved together with the cursor. Throws an AppError where arXiv fails us. */
export async function harvest(context: SourceContext, options: HarvestOptions): Promise<SourceCounts> {
  const name = harvestName(options);
  const counts = noCounts();
  const usedTokens = new Set<string>();
  let restarts = 0;
  let cursor = begin(context, await findCursor(context.db, name), options.from);
  for (;;) {
    const request = nextRequest(options, cursor);
    if ('token' in request) usedTokens.add(request.token);
    const page = await fetchPage(context, name, request, options.signal);
    if (isExpired(page, request)) {
      if (++restarts > RESTARTS_WITHOUT_PROGRESS) throw failed(page.url, 'arXiv rejects its own resumption tokens');
      context.log.info(
        { list: name, from: cursor.last_datestamp ?? cursor.list_from },
        'resumption token expired; starting again',
      );
      cursor = { ...cursor, token: null, token_expires_at: null };
      usedTokens.clear();
      continue;
    }
    if (page.error?.code === 'badArgument' && /too early/i.test(page.error.message) && cursor.list_from !== null) {
      cursor = { ...cursor, list_from: null };
      continue;
    }
    refuseErrors(page);
    if (page.token !== null && usedTokens.has(page.token)) throw failed(page.url, 'it repeats a resumption token');
    const { last_datestamp: before, list_from: listFrom } = cursor;
    cursor = advance(cursor, page);
    if ((cursor.last_datestamp ?? '') > (before ?? '')) restarts = 0;
    const drafts = page.papers.map(({ draft }) => datedIfNew(draft, listFrom));
    addCounts(counts, await savePage(context, name, drafts, cursor), page.skipped);
    options.onPage?.(counts);
    if (page.token === null) return counts;
  }
}

/** Goes on with a list that was interrupted, unless another one is asked for. */
function begin({ clock }: SourceContext, saved: Cursor, asked: Day | undefined): Cursor {
  const now = clock.now();
  const wanted = earliest(asked ?? saved.from_day ?? addDays(epochToDay(now), -FIRST_DAYS));
  const interrupted = saved.list_started_on !== null && (asked === undefined || saved.list_from === wanted);
  if (!interrupted) {
    return {
      ...saved,
      token: null,
      token_expires_at: null,
      list_from: wanted,
      list_started_on: null,
      last_datestamp: null,
    };
  }
  const expired = saved.token_expires_at !== null && saved.token_expires_at - EXPIRY_MARGIN_MS < now;
  return expired ? { ...saved, token: null, token_expires_at: null } : saved;
}

function earliest(day: Day): Day | null {
  return day <= EARLIEST ? null : day;
}

/** Lists are in the order of datestamps, so that after a lost token the newest one seen is where to start again. */
function nextRequest({ prefix, set }: HarvestOptions, cursor: Cursor): OaiRequest {
  if (cursor.token !== null) return { token: cursor.token };
  return { prefix, set, from: cursor.last_datestamp ?? cursor.list_from };
}

function isExpired(page: OaiPage, request: OaiRequest): boolean {
  return page.error?.code === 'badResumptionToken' && 'token' in request;
}

/** `noRecordsMatch` is how OAI-PMH says that there is nothing new. */
function refuseErrors({ url, error }: OaiPage): void {
  if (error !== undefined && error.code !== 'noRecordsMatch')
    throw failed(url, `it answered ${error.code}: ${error.message || 'no reason given'}`);
}

function advance(cursor: Cursor, page: OaiPage): Cursor {
  const started = cursor.list_started_on ?? page.answeredOn;
  if (page.token === null) return finished(cursor, started);
  const newest = page.papers.reduce(
    (day, { datestamp }) => (datestamp > day ? datestamp : day),
    cursor.last_datestamp ?? '',
  );
  return {
    ...cursor,
    token: page.token,
    token_expires_at: page.tokenExpiresAt,
    list_started_on: started,
    last_datestamp: newest || null,
  };
}

/** A list that began later than the last one ended leaves a gap, which the next harvest still has to close. */
function finished(cursor: Cursor, started: Day): Cursor {
  const gap = cursor.from_day !== null && cursor.list_from !== null && cursor.list_from > cursor.from_day;
  return {
    ...cursor,
    from_day: gap ? cursor.from_day : started,
    token: null,
    token_expires_at: null,
    list_from: null,
    list_started_on: null,
    last_datestamp: null,
  };
}

async function savePage({ db, clock }: SourceContext, name: string, drafts: readonly PaperDraft[], cursor: Cursor) {
  return await db.transaction().execute(async (trx) => {
    const counts = await saveDrafts(trx, drafts, clock.now());
    await saveCursor(trx, name, cursor, clock.now());
    return counts;
  });
}
