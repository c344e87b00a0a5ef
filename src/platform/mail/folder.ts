/** Mail as files, for installations without a mail server: `mail/2026-01-06T09-30-00.000Z-1a2b3c4d.eml`. */

import { randomBytes } from 'node:crypto';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createTransport } from 'nodemailer';
import { systemClock } from '#platform/clock.ts';
import { MailError } from './mail.ts';
import type { Mail } from './mail.ts';
import { compose } from './compose.ts';

/** What is in the mails lets people in, so nobody but the owner may read them. */
const OWNER_ONLY = { folder: 0o700, file: 0o600 };

export function mailToFolder({ dataDir, from }: { dataDir: string; from: string }): Pick<Mail, 'send' | 'close'> {
  const transport = createTransport({ streamTransport: true, buffer: true, newline: 'unix' });
  const folder = join(dataDir, 'mail');
  return {
    async send(message) {
      const { message: bytes } = await transport.sendMail(compose(message, from));
      const moment = new Date(systemClock.now()).toISOString().replaceAll(':', '-');
      const path = join(folder, `${moment}-${randomBytes(4).toString('hex')}.eml`);
      try {
        await mkdir(folder, { recursive: true, mode: OWNER_ONLY.folder });
        // Whoever looks into the folder sees whole mails only.
        await writeFile(`${path}.part`, bytes, { mode: OWNER_ONLY.file });
        await rename(`${path}.part`, path);
      } catch (cause) {
        throw new MailError(`Mail cannot be written to ${folder}: ${(cause as Error).message}.`, false, cause);
      }
    },
    close: () => transport.close(),
  };
}
