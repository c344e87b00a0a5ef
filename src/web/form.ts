/** What a form sent, as text. */

import type { Context } from 'hono';
import { invalid } from '#platform/errors.ts';

export interface Fields {
  /** The first of this name, trimmed; empty if there is none. */
  text(name: string): string;
  has(name: string): boolean;
}

/** Throws an AppError if it is no form. U+0000, which databases cannot hold, is dropped. */
export async function readForm(c: Context): Promise<Fields> {
  const form = await c.req.formData().catch(() => {
    throw invalid('The form could not be read.', 'Send it from a page of this site.');
  });
  return {
    text(name) {
      const value = form.get(name);
      return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '').trim() : '';
    },
    has: (name) => form.has(name),
  };
}
