/** What a list is about, each topic with the way to its page. */

import { authorSlugPath, categoryPath, organizationPath, searchPath, trendingPath } from '#feed/addresses.ts';
import { nameOfTopic } from '#subscriptions/topics.ts';
import type { Topic } from '#subscriptions/topics.ts';

export function TopicNames({ topics }: { topics: readonly Topic[] }) {
  return (
    <ul class="topic-names">
      {topics.map((topic) => (
        <li dir="auto">
          <a href={pathOf(topic)}>{nameOfTopic(topic)}</a>
        </li>
      ))}
    </ul>
  );
}

function pathOf(topic: Topic): string {
  switch (topic.kind) {
    case 'everything':
      return trendingPath();
    case 'category':
      return categoryPath(topic.id);
    case 'author':
      return authorSlugPath(topic.slug);
    case 'organization':
      return organizationPath(topic.slug);
    case 'search':
      return searchPath(topic.q);
  }
}
