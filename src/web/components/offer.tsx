/** The offer to have papers mailed: an address is enough. It can be sent away, and does not come back. */

import type { Context } from 'hono';
import { viewerOf } from '#accounts/current-viewer.ts';
import { isOfferWanted } from '../offer-cookie.ts';
import type { Site } from '../site.ts';

/** What a list offers to mail; a field of the form and the words for it. */
export interface OfferedTopic {
  field: 'categories' | 'authors' | 'organizations';
  /** As the form reads it: `cs.LG`, `/authors/ann-lee`. */
  value: string;
  words: string;
}

export interface OfferProps {
  site: Site;
  c: Context;
  topic?: OfferedTopic | undefined;
}

export function Offer({ site, c, topic }: OfferProps) {
  if (!isOfferWanted(site, c)) return null;
  const { pathname, search } = new URL(c.req.url);
  const words = topic?.words ?? 'Trending papers in your inbox, every day';
  return (
    <aside class="offer" aria-label="Papers by mail">
      <form method="post" action="/subscribe">
        {viewerOf(c) === undefined ? <Address words={words} /> : <Own words={words} />}
        <OfferFields topic={topic} />
        <input type="hidden" name="next" value={pathname + search} />
        <button>Subscribe</button>
        <button class="offer-close" formaction="/subscribe/dismiss" formnovalidate>
          <span aria-hidden="true">×</span>
          <span class="unseen">Do not offer this any more</span>
        </button>
      </form>
    </aside>
  );
}

function Address({ words }: { words: string }) {
  return (
    <>
      <label for="offer-email">{words}</label>
      <input
        id="offer-email"
        type="email"
        name="email"
        placeholder="Mail address"
        autocomplete="email"
        maxlength={254}
        required
      />
    </>
  );
}

/** Whoever is signed in has an address. */
function Own({ words }: { words: string }) {
  return (
    <>
      <p>{words}</p>
      <input type="hidden" name="own_address" value="1" />
    </>
  );
}

/** Nothing is chosen but the topic; the browser's time zone is filled in where there is JavaScript. */
function OfferFields({ topic }: { topic: OfferedTopic | undefined }) {
  return (
    <>
      <input type="hidden" name="plain" value="1" />
      {topic === undefined ? (
        <input type="hidden" name="everything" value="1" />
      ) : (
        <input type="hidden" name={topic.field} value={topic.value} />
      )}
      <own-zone>
        <input type="hidden" name="time_zone" value="" />
      </own-zone>
    </>
  );
}

/** The same with everything that can be chosen, beside the feed of a list. */
export function MailLink({ field, value }: Pick<OfferedTopic, 'field' | 'value'>) {
  return (
    <a class="feed-link" href={`/subscribe?${new URLSearchParams({ [field]: value }).toString()}`} rel="nofollow">
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="M1.5 3.5h13v9h-13zM1.5 4l6.5 5 6.5-5" fill="none" stroke="currentColor" stroke-width="1.6" />
      </svg>
      By mail
    </a>
  );
}
