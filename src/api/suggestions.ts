/** `/search/suggest?q=`: what the search box offers while somebody types. */

import type { Context } from 'hono';
import { tooLong } from '#feed/read-search.ts';
import type { Suggester } from '#search/suggest/suggest.ts';

/** Of papers, and of authors: a list that is chosen from at a glance. */
const LIMIT = 6;
/** Whoever deletes a letter gets the answer of before; a paper that has just come is offered this much later. */
const SECONDS = 10;

/** `{ papers: [{ id, title }], authors: [{ slug, name, papers }] }`, both empty where nothing was typed. */
export async function suggestions(suggester: Suggester, c: Context): Promise<Response> {
  const text = c.req.query('q') ?? '';
  const problem = tooLong(text);
  if (problem) return c.json({ error: problem.message, hint: 'Send the beginning of a title, or a name.' }, 400);
  const found = await suggester.suggest(text, LIMIT);
  return c.json(found, 200, { 'Cache-Control': `max-age=${SECONDS}`, 'X-Robots-Tag': 'noindex' });
}
