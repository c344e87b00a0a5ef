/** One answer of OAI-PMH's ListRecords: papers, where to go on, or why not. */

import type { SourceContext } from '../context.ts';
import { latestDay, refuseImpossibleDays, statedDays } from '../possible-days.ts';
import { epochToDay, isDay } from '#platform/day.ts';
import type { Day } from '#platform/day.ts';
import { AppError } from '#platform/errors.ts';
import { readDocument } from './document.ts';
import { field } from './fields.ts';
import { readRecord } from './oai-record.ts';
import type { HarvestedPaper, Prefix } from './oai-record.ts';
import { arxivGet, failed } from './request.ts';
import { attribute, child, rootName, textOf } from './xml.ts';
import type { XmlNode } from './xml.ts';

export interface OaiPage {
  url: string;
  papers: HarvestedPaper[];
  skipped: number;
  /** UTC day on which the server answered; an answer from a cache carries the day of the first asking. */
  answeredOn: Day;
  /** Null on the last page. */
  token: string | null;
  /** Epoch ms; null if the server does not say. */
  tokenExpiresAt: number | null;
  /** OAI errors come inside an HTTP 200. */
  error: { code: string; message: string } | undefined;
}

export type OaiRequest = { prefix: Prefix; set: string; from: Day | null } | { token: string };

/** The token stands alone: OAI-PMH allows no other argument beside it. */
export function oaiUrl(base: string, request: OaiRequest): string {
  const url = new URL(base);
  url.searchParams.set('verb', 'ListRecords');
  if ('token' in request) {
    url.searchParams.set('resumptionToken', request.token);
    return url.href;
  }
  url.searchParams.set('metadataPrefix', request.prefix);
  url.searchParams.set('set', request.set);
  if (request.from !== null) url.searchParams.set('from', request.from);
  return url.href;
}

export async function fetchPage(
  context: SourceContext,
  source: string,
  request: OaiRequest,
  signal?: AbortSignal,
): Promise<OaiPage> {
  const answer = await arxivGet(context, oaiUrl(context.config.ARXIV_OAI_URL, request), { signal });
  if (answer.status !== 200) throw failed(answer.url, `it answered ${answer.status}`);
  const latest = latestDay(context.clock.now());
  const { frame, items, bad } = await readDocument(context, answer, {
    source,
    records: ['record'],
    read: (record) => {
      const paper = readRecord(record);
      if (paper) refuseImpossibleDays([paper.datestamp, ...statedDays(paper.draft)], latest);
      return paper;
    },
    check: checkFrame,
  });
  const tokenNode = child(frame, 'ListRecords/resumptionToken');
  const error = child(frame, 'error');
  return {
    url: answer.url,
    papers: items,
    skipped: bad.length,
    answeredOn: answerDay(field(frame, 'responseDate'), epochToDay(context.clock.now())),
    token: (textOf(tokenNode) ?? '').trim() || null,
    tokenExpiresAt: expiry(attribute(tokenNode, 'expirationDate')),
    error:
      error === undefined
        ? undefined
        : { code: attribute(error, 'code') ?? 'unknown', message: (textOf(error) ?? '').trim().slice(0, 200) },
  };
}

function checkFrame(frame: XmlNode): void {
  if (rootName(frame) !== 'OAI-PMH')
    throw new AppError('upstream', `it is not an OAI-PMH answer but <${rootName(frame)}>`);
  if (child(frame, 'ListRecords') === undefined && child(frame, 'error') === undefined) {
    throw new AppError('upstream', 'it has neither records nor an error');
  }
}

/** Never after today: a server whose clock is ahead would make the next harvest begin too late. */
function answerDay(responseDate: string | undefined, today: Day): Day {
  const day = responseDate?.slice(0, 10) ?? '';
  return isDay(day) && day < today ? day : today;
}

function expiry(text: string | undefined): number | null {
  const epoch = Date.parse(text ?? '');
  return Number.isNaN(epoch) ? null : epoch;
}
