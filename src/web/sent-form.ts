/** A form that was refused, as it was sent: what a page needs to give its text back. */

import type { Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { viewerOf } from '#accounts/current-viewer.ts';
import { BACK_FIELD, hasTyped } from './components/kept-text.tsx';
import type { KeptTextProps } from './components/kept-text.tsx';
import { OWNER_FIELD } from './form-owner.ts';
import { readFields } from './form.ts';
import { MOST_FORM_BYTES } from './limit-form.ts';
import { safeNext } from './next-path.ts';
import type { Site } from './site.ts';
import { SAFE } from './viewer.ts';
import { wayBack } from './way-back.ts';

/** What takes something away for good is done on the page that says so; what mail programs post holds nothing written. */
const FOR_GOOD = /^\/u\/|\/(?:delete|remove|forget|end|revoke)$/;

export type Sent = Omit<KeptTextProps, 'retry'>;

/** Undefined where nothing was written, nothing that can be read was sent, or it is better sent from its own page. */
export async function readSent(site: Site, c: Context): Promise<Sent | undefined> {
  const { pathname, search } = new URL(c.req.url);
  if (c.req.method !== 'POST' || FOR_GOOD.test(pathname)) return undefined;
  const sent = await entriesOf(c);
  // Whom a form was made for stands in every form of a page that is made for somebody.
  const added = new Set([BACK_FIELD, viewerOf(c) === undefined ? '' : OWNER_FIELD]);
  const fields = sent?.filter(([name]) => !added.has(name)) ?? [];
  if (sent === undefined || !hasTyped(fields)) return undefined;
  const carried = sent.find(([name]) => name === BACK_FIELD)?.[1];
  return { action: pathname + search, fields, back: backFrom(site, c, carried) };
}

/** What stands below a paper and is sent a form. */
const BELOW_PAPER = /^(\/papers\/.+?)\/(?:comments|upvote|links)(?:\/|$)/;

/** Addresses that answer to forms only, or need to be told more than they are called by. */
const FORMS_ONLY = /^\/(?:report|moderation\/act)$|\/(?:comments\/[^/]+\/(?:edit|react|delete)|upvote)$/;
/** Those of the settings, whose page is one. */
const SETTINGS_FORM = /^\/settings\/(?:profile|email|tokens|sessions|passkeys)(?:\/|$)/;

/** The page that a refused form stood on; of a browser that does not say so, the paper that it was about. */
export function backFrom(site: Site, c: Context, carried?: string): string | undefined {
  if (SAFE.has(c.req.method)) return undefined;
  const paper = BELOW_PAPER.exec(c.req.path)?.[1] ?? '';
  const came = carried ?? wayBack(site, c, paper);
  const back = FORMS_ONLY.test(came) ? paper : came;
  if (back === '' || safeNext(back) !== back) return undefined;
  return SETTINGS_FORM.test(back) ? '/settings' : back;
}

/** What no handler has read yet may be of any length. */
async function entriesOf(c: Context): Promise<[string, string][] | undefined> {
  let entries: [string, string][] | undefined;
  const read = async () => void (entries = (await readFields(c)).entries());
  const limited = bodyLimit({ maxSize: MOST_FORM_BYTES, onError: (tooLong) => tooLong.body(null) });
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
