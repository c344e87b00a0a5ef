/** What `/similar` is asked with: papers, a text, an order; from its address or from its form. */

import type { Context } from 'hono';
import type { SimilarSort } from '#feed/similar.ts';
import { parsePaperId } from '#papers/ids.ts';
import { readForm } from './form.ts';

export interface SimilarAsked {
  /** Ids of papers, or whatever was typed for one; each once. */
  ids: string[];
  /** Empty if none was given. */
  text: string;
  sort: SimilarSort;
}

/** An abstract has some 1 500 characters, the introduction of a paper some 6 000. */
export const TEXT_LIMIT = 10_000;

export function askedInAddress(c: Context): SimilarAsked {
  return readAsked(c.req.queries('id') ?? [], c.req.query('text') ?? '', c.req.query('sort'));
}

/** `without` is the button that takes a paper away; a button for the order stands before the field that keeps it. */
export async function askedInForm(c: Context): Promise<SimilarAsked> {
  const { all: field } = await readForm(c);
  const without = field('without');
  const [text = ''] = field('text');
  return readAsked(
    field('id').filter((id) => !without.includes(id)),
    text,
    field('sort')[0],
  );
}

function readAsked(ids: readonly string[], text: string, sort: string | undefined): SimilarAsked {
  const typed = ids.map((id) => id.trim()).filter(Boolean);
  return {
    ids: [...new Set(typed.map((id) => parsePaperId(id) ?? id))],
    // Forms send line ends as CR LF, and whoever pastes from a PDF pastes control characters too.
    text: text
      .toWellFormed()
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim(),
    sort: sort === 'date' ? 'date' : 'closeness',
  };
}
