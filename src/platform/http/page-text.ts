/** The text of a page, kept beside the Response that holds it. */

import type { Context } from 'hono';
import { print } from '#platform/jsx/jsx-runtime.ts';
import type { JSX } from '#platform/jsx/jsx-runtime.ts';

const texts = new WeakMap<Response, string>();

/**
 * As `c.html()`. For pages that are made for one reader each: whoever sends them on need not read the text out of a
 * stream again, which takes as long as half of the markup.
 */
export function htmlPage(c: Context, page: JSX.Element): Response {
  const text = print(page);
  const response = c.html(text);
  texts.set(response, text);
  return response;
}

/** Undefined where nobody kept it. */
export function textOf(response: Response): string | undefined {
  return texts.get(response);
}
