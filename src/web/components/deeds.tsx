/** One list of a profile: papers with a date, and what was said of them. */

import { commentExcerpt } from '#discussion/markdown/excerpt.ts';
import { commentPath, paperPath } from '#feed/addresses.ts';
import { DEEDS_SHOWN } from '#feed/activity.ts';
import type { Deed, SaidDeed } from '#feed/activity.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import { dateOf } from '#platform/dates.ts';

interface DeedsProps {
  id: string;
  title: string;
  /** Said if there is nothing. */
  none: string;
  deeds: readonly (Deed | SaidDeed)[];
}

/** Longer comments are read where they stand. */
const EXCERPT = 200;

export function Deeds({ id, title, none, deeds }: DeedsProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} class="deeds">
      <h2 id={`${id}-title`}>{title}</h2>
      {deeds.length === 0 && <p class="quiet">{none}</p>}
      <ul>
        {deeds.map((deed) => (
          <li>
            <div class="deed">
              <a
                dir="auto"
                href={
                  'commentId' in deed
                    ? commentPath({ paperId: deed.paperId, id: deed.commentId })
                    : paperPath(deed.paperId)
                }
              >
                {texToPlain(deed.title)}
              </a>
              <time class="quiet" datetime={new Date(deed.at).toISOString()}>
                {dateOf(deed.at)}
              </time>
            </div>
            {'commentId' in deed && <p dir="auto">{commentExcerpt(deed.body, EXCERPT)}</p>}
          </li>
        ))}
      </ul>
      {deeds.length === DEEDS_SHOWN && <p class="quiet">The newest {DEEDS_SHOWN}.</p>}
    </section>
  );
}
