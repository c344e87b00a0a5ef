/** Reads mailboxes of what came back: mbox files, or single mails (.eml). */

import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { AppError } from '#platform/errors.ts';
import type { Press } from '../press.ts';
import { noteReport } from './note-report.ts';
import { readReport } from './report.ts';

export interface BounceCounts {
  bounces: number;
  suppressed: number;
  unsubscribed: number;
  /** Mails that are no report of ours. */
  unread: number;
}

/** Reports are some kilobytes; a mail that is larger than this is none, and is not kept in memory. */
const LARGEST = 5_000_000;

/** Throws AppError 'invalid' where a file cannot be read; what stood in those before it is done. */
export async function readBounceFiles(
  press: Pick<Press, 'db' | 'clock' | 'config'>,
  files: readonly string[],
): Promise<BounceCounts> {
  const counts: BounceCounts = { bounces: 0, suppressed: 0, unsubscribed: 0, unread: 0 };
  for (const file of files) {
    for await (const source of mailsIn(file)) {
      const report = readReport(source);
      const noted = report === undefined ? 'ignored' : await noteReport(press, report);
      if (noted === 'ignored') counts.unread += 1;
      else if (noted === 'unsubscribed') counts.unsubscribed += 1;
      else counts.bounces += 1;
      if (noted === 'suppressed') counts.suppressed += 1;
    }
  }
  return counts;
}

/** An mbox has a line `From …` before each mail (RFC 4155); a file without is one mail. */
async function* mailsIn(file: string): AsyncGenerator<string> {
  // Byte by byte, so that whatever character set a part has comes through.
  const lines = createInterface({ input: createReadStream(file, 'latin1'), crlfDelay: Infinity });
  let mail: string[] = [];
  let size = 0;
  let afterEmpty = true;
  try {
    for await (const line of lines) {
      if (afterEmpty && /^From \S/.test(line)) {
        if (mail.some((one) => one !== '')) yield mail.join('\n');
        mail = [];
        size = 0;
      } else if (size < LARGEST) {
        mail.push(line.replace(/^>(>*From )/, '$1'));
        size += line.length + 1;
      }
      afterEmpty = line === '';
    }
  } catch (cause) {
    throw new AppError('invalid', `Cannot read ${file}: ${(cause as Error).message}.`, { cause });
  }
  if (mail.some((one) => one !== '')) yield mail.join('\n');
}
