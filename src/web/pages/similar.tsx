/** `/similar`: papers like those named, and like a text; what a form posts is only read, nothing is stored. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { similarPath } from '#feed/addresses.ts';
import { listSimilar, MOST_SIMILAR_IDS } from '#feed/similar.ts';
import type { SimilarList } from '#feed/similar.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { Layout } from '../components/layout.tsx';
import { PaperList } from '../components/paper-list.tsx';
import { SimilarForm } from '../components/similar-form.tsx';
import { SimilarHead } from '../components/similar-head.tsx';
import { askedInAddress, askedInForm, TEXT_LIMIT } from '../similar-asked.ts';
import type { SimilarAsked } from '../similar-asked.ts';
import type { Site } from '../site.ts';

/** What comes after is like everything else in the field. */
const PAPERS = 30;
/** Addresses up to here pass through every browser, proxy and mail. */
const LONGEST_ADDRESS = 2000;

export async function similarPage(site: Site, c: Context): Promise<Response> {
  return await answer(site, c, askedInAddress(c));
}

/** What fits an address goes there, so that the answer can be kept and shared. */
export async function similarForm(site: Site, c: Context): Promise<Response> {
  const asked = await askedInForm(c);
  const path = similarPath(asked);
  return path.length <= LONGEST_ADDRESS ? c.redirect(path, 303) : await answer(site, c, asked);
}

async function answer(site: Site, c: Context, asked: SimilarAsked): Promise<Response> {
  const { ids, text, sort } = asked;
  const problems = tooMuch(asked);
  if (text.length > TEXT_LIMIT) c.status(413);
  const found: SimilarList =
    problems.length > 0 || (ids.length === 0 && text === '')
      ? { cards: [], asked: [], unknown: [] }
      : await listSimilar(site, {
          ids,
          limit: PAPERS,
          sort,
          viewerId: viewerOf(c)?.id,
          ...(text === '' ? {} : { text }),
        });
  if (found.unknown.length > 0) {
    problems.push(missing(found.unknown));
    if (found.asked.length === 0 && text === '') c.status(404);
  }
  const known = found.asked.map(({ paper }) => ({ id: paper.id, title: texToPlain(paper.title) }));
  const isEmpty = ids.length === 0 && text === '';
  return c.html(
    <Layout
      site={site}
      c={c}
      title="Similar papers"
      description={`Papers of ${site.config.SITE_NAME} that are like some you know, or like a text.`}
      {...(isEmpty ? { canonical: '/similar' } : { head: <meta name="robots" content="noindex" /> })}
    >
      <main id="main">
        <SimilarHead known={known} asked={asked} problems={problems} hasPapers={found.cards.length > 0} />
        {found.cards.length > 0 && <PaperList cards={found.cards} path="/similar" next={undefined} />}
        {found.cards.length === 0 && known.length + text.length > 0 && problems.length === 0 && (
          <div class="notice">
            <h2>Nothing like it here</h2>
            <p>No paper shares enough of its words or its meaning. A longer text says more.</p>
          </div>
        )}
        <SimilarForm known={known} asked={asked} />
      </main>
    </Layout>,
  );
}

function tooMuch({ ids, text }: SimilarAsked): string[] {
  const problems: string[] = [];
  if (text.length > TEXT_LIMIT) {
    const [given, most] = [text.length, TEXT_LIMIT].map((count) => count.toLocaleString('en-US'));
    problems.push(`The text has ${given} characters; ${most} is the most. Its abstract or first page is enough.`);
  }
  if (ids.length > MOST_SIMILAR_IDS) {
    problems.push(`These are ${ids.length} papers; ${MOST_SIMILAR_IDS} is the most. Take some of them away.`);
  }
  return problems;
}

function missing(unknown: readonly string[]): string {
  const named = unknown.map((one) => `“${one.slice(0, 100)}”`);
  const last = named.pop() ?? '';
  const all = named.length === 0 ? last : `${named.join(', ')} and ${last}`;
  const what = unknown.length === 1 ? 'is no paper' : 'are no papers';
  return `${all} ${what} of this archive. Ids look like 2310.02541 or hep-th/9110025.`;
}
