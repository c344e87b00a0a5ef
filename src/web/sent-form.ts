/** A form that was refused, as it was sent: what a page needs to offer it once more. */

import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { BACK_FIELD } from './components/send-again.tsx';
import type { SendAgainProps } from './components/send-again.tsx';
import { readForm } from './form.ts';
import { safeNext } from './next-path.ts';
import type { Site } from './site.ts';
import { SAFE } from './viewer.ts';
import { wayBack } from './way-back.ts';

/** The longest comment, in an alphabet whose letters a form sends as nine characters each. More is not worth its answer. */
const FORM_BYTES = 100_000;

/** Undefined where nothing was sent, or nothing that can be read. */
export async function readSent(site: Site, c: Context): Promise<SendAgainProps | undefined> {
  if (c.req.method !== 'POST') return undefined;
  const { pathname, search } = new URL(c.req.url);
  const sent = await entriesOf(c);
  return (
    sent && {
      action: pathname + search,
      fields: sent.filter(([name]) => name !== BACK_FIELD),
      back: backFrom(site, c, sent.find(([name]) => name === BACK_FIELD)?.[1]),
    }
  );
}

/** What stands below a paper and is sent a form. */
const BELOW_PAPER = /^(\/papers\/.+?)\/(?:comments|upvote|links)(?:\/|$)/;

/**
 * The page that a refused form stood on, unless that is where it was sent: such an address may answer to forms only. Of a
 * browser that does not say so, the paper that it was about.
 */
export function backFrom(site: Site, c: Context, carried?: string): string | undefined {
  if (SAFE.has(c.req.method)) return undefined;
  const back = carried ?? wayBack(site, c, BELOW_PAPER.exec(c.req.path)?.[1] ?? '');
  return back === '' || safeNext(back) !== back || back === c.req.path ? undefined : back;
}

/** What no handler has read yet may be of any length. */
async function entriesOf(c: Context): Promise<[string, string][] | undefined> {
  let entries: [string, string][] | undefined;
  const read = async () => void (entries = (await readForm(c)).entries());
  const limited = bodyLimit({ maxSize: FORM_BYTES, onError: (tooLong) => tooLong.body(null) });
  try {
    await (c.req.raw.bodyUsed ? read() : limited(c, read));
  } catch {
    return undefined; // that it is no form is not what it was refused for
  }
  return entries?.map(([name, value]) => [printable(name), printable(value)]);
}

function printable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '');
}
