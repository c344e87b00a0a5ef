/** From an answer's bytes to records; what cannot be read is logged and kept. */

import type { SourceContext } from '../context.ts';
import { keepRejected } from '../rejected.ts';
import { AppError } from '#platform/errors.ts';
import { decodeXml } from './body.ts';
import { failed } from './request.ts';
import type { Answer } from './request.ts';
import { readXml } from './xml.ts';
import type { XmlNode, XmlReading } from './xml.ts';

export interface DocumentKind<T> {
  /** For the log and for the names of kept files: `oai:arXiv:cs`. */
  source: string;
  /** Local names of the elements that are records. */
  records: readonly string[];
  read: (record: XmlNode) => T | undefined;
  /** Throws an AppError if the document is not of this kind. */
  check: (frame: XmlNode) => void;
}

/** Throws an AppError that names the URL if the document as a whole is of no use; bad records are only left out. */
export async function readDocument<T>(
  context: SourceContext,
  answer: Answer,
  kind: DocumentKind<T>,
): Promise<XmlReading<T>> {
  try {
    const text = decodeXml(answer.body, answer.headers.get('content-type'));
    const reading = await readXml(text, kind.records, kind.read);
    kind.check(reading.frame);
    refuseNonsense(reading);
    await reportBadRecords(context, answer.url, kind.source, reading);
    return reading;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const kept = await keepRejected(context, kind.source, answer.body);
    context.log.error({ url: answer.url, reason: error.message, kept }, 'arXiv sent something unreadable');
    throw failed(answer.url, error.message, error);
  }
}

/** One bad record is arXiv's slip; many mean that the format has changed, and going on would lose papers for good. */
const MANY_BAD_RECORDS = 10;

function refuseNonsense({ items, bad }: XmlReading<unknown>): void {
  if (bad.length < MANY_BAD_RECORDS || bad.length <= items.length) return;
  throw new AppError(
    'upstream',
    `${bad.length} of its ${bad.length + items.length} records make no sense (${bad[0]?.reason})`,
  );
}

async function reportBadRecords(
  context: SourceContext,
  url: string,
  source: string,
  { bad }: XmlReading<unknown>,
): Promise<void> {
  if (bad.length === 0) return;
  const content = bad
    .map(({ source: xml, reason }) => `<!-- ${reason.replaceAll('--', '- -')} -->\n${xml}\n`)
    .join('\n');
  const kept = await keepRejected(context, `${source}-records`, content);
  for (const { reason, source: xml } of bad) {
    const record = /(?:oai:arXiv\.org:|arxiv\.org\/abs\/)([^<\s"]+)/i.exec(xml)?.[1] ?? 'unknown id';
    context.log.warn({ url, record, reason, kept }, 'skipped a record');
  }
}
