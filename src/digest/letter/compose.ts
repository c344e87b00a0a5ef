/** Makes the letter of one mail from its papers as cards. */

import type { Config } from '#platform/config.ts';
import { paperPath, searchPath } from '#feed/addresses.ts';
import type { Card } from '#feed/card.ts';
import type { PaperId } from '#papers/paper.ts';
import { texToPlain } from '#papers/tex/plain.ts';
import type { Rhythm } from '#subscriptions/next-due.ts';
import { rhythmInWords } from '#subscriptions/rhythm-words.ts';
import { nameManyTopics, nameOfTopics } from '#subscriptions/topics.ts';
import type { Topic } from '#subscriptions/topics.ts';
import type { ChosenPaper } from '../contents.ts';
import type { MailEdition } from '../edition.ts';
import type { Gist } from '../gist/gists.ts';
import type { Letter, LetterItem, Reader } from './letter.ts';
import { bylineOf, dateOf, subjectOf, whyOf } from './words.ts';

export interface Asked extends Rhythm {
  kind: 'digest' | 'alert';
  topics: readonly Topic[];
}

export interface LetterFacts {
  site: { config: Pick<Config, 'SITE_NAME' | 'SITE_TAGLINE'>; url: string };
  asked: Asked;
  edition: MailEdition;
  /** Those of the mail's papers that can still be read, in its order. */
  items: LetterItem[];
  reader: Reader | undefined;
}

export function composeLetter({ site, asked, edition, items, reader }: LetterFacts): Letter {
  const [topic] = asked.topics;
  const search = asked.kind === 'alert' && topic?.kind === 'search' ? topic.q : undefined;
  return {
    site: { name: site.config.SITE_NAME, tagline: site.config.SITE_TAGLINE, url: site.url },
    subject: subjectOf(
      items.map(({ title }) => title),
      edition,
      search,
    ),
    preview: items
      .slice(1, 4)
      .map(({ title }) => title)
      .join(' · '),
    date: dateOf(edition),
    heading: search === undefined ? nameOfTopics(asked.topics) : `New for “${search}”`,
    items,
    more:
      search === undefined
        ? { url: site.url, words: `Read more on ${site.config.SITE_NAME}` }
        : { url: site.url + searchPath(search), words: `All that matches on ${site.config.SITE_NAME}` },
    foot: {
      what: search === undefined ? nameManyTopics(asked.topics) : `new papers that match “${search}”`,
      when: rhythmInWords(asked),
      reader,
    },
  };
}

/** Cards that are no longer there (hidden meanwhile) are left out. */
export function letterItems(
  picks: readonly ChosenPaper[],
  cards: ReadonlyMap<PaperId, Card>,
  gists: ReadonlyMap<PaperId, Gist>,
  { edition, url }: { edition: MailEdition; url: string },
): LetterItem[] {
  return picks.flatMap(({ id, topic }) => {
    const card = cards.get(id);
    return card === undefined ? [] : [itemOf(card, gists.get(id), whyOf(topic, card, edition), url)];
  });
}

function itemOf({ paper, votes, comments }: Card, gist: Gist | undefined, why: string, url: string): LetterItem {
  return {
    title: texToPlain(paper.title),
    url: url + paperPath(paper.id),
    byline: bylineOf(paper),
    gist,
    why,
    votes,
    comments,
  };
}
