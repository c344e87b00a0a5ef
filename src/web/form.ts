/** What a form sent, as text. */

import type { Context } from 'hono';
import { AppError, invalid } from '#platform/errors.ts';
import { demandOwner, OWNER_FIELD } from './form-owner.ts';

export interface Fields {
  /** The first of this name, trimmed; empty if there is none. U+0000, which databases cannot hold, is dropped. */
  text(name: string): string;
  /** As it came in; empty if there is none. */
  raw(name: string): string;
  /** All of this name, as they came in. */
  all(name: string): string[];
  has(name: string): boolean;
  /** Everything, in the order in which it came. */
  entries(): [name: string, value: string][];
}

const URLENCODED = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';

/** Throws an AppError if it is no form, holds what is no text, or was made for somebody else than who is signed in. */
export async function readForm(c: Context): Promise<Fields> {
  const fields = await readFields(c);
  demandOwner(c, fields.raw(OWNER_FIELD));
  return fields;
}

/** Whoever it was made for. */
export async function readFields(c: Context): Promise<Fields> {
  const form = await read(c.req.header('content-type') ?? '', await c.req.arrayBuffer());
  const all = (name: string) => form.getAll(name).filter((value): value is string => typeof value === 'string');
  const raw = (name: string) => all(name)[0] ?? '';
  return {
    text: (name) => raw(name).toWellFormed().replaceAll('\0', '').trim(),
    raw,
    all,
    has: (name) => form.has(name),
    entries: () => [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  };
}

async function read(type: string, body: ArrayBuffer): Promise<FormData> {
  const name = type.split(';')[0]?.trim().toLowerCase() ?? '';
  if (body.byteLength === 0) return new FormData(); // what has only a button in it may be sent without a type
  if (name !== URLENCODED && name !== MULTIPART) {
    const came = name === '' ? 'without a Content-Type' : `as ${name.slice(0, 60)}`;
    throw new AppError('wrong-type', `The form could not be read: it came ${came}.`, {
      hint: `Send it as ${URLENCODED} or ${MULTIPART}.`,
    });
  }
  refuseForeignLetters(type);
  refuseForeignBytes(body, name === URLENCODED);
  return await new Response(body, { headers: { 'Content-Type': type } }).formData().catch(() => {
    throw invalid(
      'The form could not be read.',
      `Its parts have to begin with the boundary that its Content-Type names, or it is sent as ${URLENCODED}.`,
    );
  });
}

/** As HTML forms do, we speak UTF-8 alone; what says that it is something else is not guessed at. */
function refuseForeignLetters(type: string): void {
  const [, charset] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(type) ?? [];
  if (charset === undefined || /^(?:utf-?8|us-ascii)$/i.test(charset)) return;
  throw new AppError('wrong-type', `The form could not be read: it came in ${charset.slice(0, 60)}.`, {
    hint: 'Send its text as UTF-8.',
  });
}

/** What is no UTF-8 would be kept with signs of replacement (U+FFFD) where letters were. */
function refuseForeignBytes(body: ArrayBuffer, isEscaped: boolean): void {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body);
    // A % that begins no escape stands for itself.
    if (isEscaped) decodeURIComponent(text.replaceAll(/%(?![\da-f]{2})/gi, '%25'));
  } catch {
    throw invalid('The form holds bytes that are no UTF-8, so nothing was done.', 'Send its text as UTF-8.');
  }
}
