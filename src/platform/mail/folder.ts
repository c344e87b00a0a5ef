/** Mail as files, for installations without a mail server: `mail/2026-01-06T09-30-00.000Z-1a2b3c4d.eml`. */

import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '#platform/clock.ts';
import type { MessageWriter } from './compose.ts';
import { MailError } from './mail.ts';
import type { Mail } from './mail.ts';

/** What is in the mails lets people in, so nobody but the owner may read them. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 };

export function mailToFolder({
  dataDir,
  write,
}: {
  dataDir: string;
  write: MessageWriter;
}): Pick<Mail, 'send' | 'close'> {
  const folder = join(dataDir, 'mail');
  return {
    async send(message, _signal, beforeEnd) {
      const { bytes } = await write(message);
      const moment = new Date(systemClock.now()).toISOString().replaceAll(':', '-');
      const path = join(folder, `${moment}-${randomBytes(4).toString('hex')}.eml`);
      await beforeEnd?.();
      try {
        await mkdir(folder, { recursive: true, mode: OWNER_ONLY.folder });
        // Whoever looks into the folder sees whole mails only.
        await writeFile(`${path}.part`, bytes.toString('latin1').replaceAll('\r\n', '\n'), {
          mode: OWNER_ONLY.file,
          encoding: 'latin1',
        });
        await rename(`${path}.part`, path);
      } catch (cause) {
        throw new MailError(`Mail cannot be written to ${folder}: ${(cause as Error).message}.`, false, cause);
      }
    },
    close: () => undefined,
  };
}
