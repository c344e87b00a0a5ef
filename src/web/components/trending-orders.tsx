/** The orders and periods of the trending lists, each a link; the front page offers them too. */

import { trendingPath } from '#feed/addresses.ts';
import { trendingPeriods, trendingSorts } from '#feed/open-trending.ts';
import type { TrendingChoice, TrendingPeriod } from '#feed/open-trending.ts';
import type { TrendingSort } from '#feed/trending.ts';

const sorts = Object.entries(trendingSorts) as [TrendingSort, { label: string }][];
const periods = Object.entries(trendingPeriods) as [TrendingPeriod, { label: string }][];

export function TrendingOrders({ sort, period }: TrendingChoice) {
  return (
    <div class="orders">
      <nav class="sorts" aria-label="Order">
        {sorts.map(([one, { label }]) => (
          <a href={trendingPath({ sort: one, period })} aria-current={one === sort ? 'page' : undefined}>
            <OrderLabel label={label} />
          </a>
        ))}
      </nav>
      <nav class="sorts" aria-label="Period">
        {periods.map(([one, { label }]) => (
          <a href={trendingPath({ sort, period: one })} aria-current={one === period ? 'page' : undefined}>
            {label}
          </a>
        ))}
      </nav>
    </div>
  );
}

/** On an edition, which has its own order: the papers of its period in the others. */
export function OtherOrders({ period }: { period: TrendingPeriod }) {
  return (
    <nav class="sorts other-orders" aria-label="Other orders">
      {sorts.map(([sort, { label }]) => (
        <a href={trendingPath({ sort, period })}>
          <OrderLabel label={label} />
        </a>
      ))}
    </nav>
  );
}

/** “Most upvoted” is “Upvoted” where there is no room for more. */
function OrderLabel({ label }: { label: string }) {
  if (!label.startsWith('Most ')) return <>{label}</>;
  return (
    <span>
      <span class="most">Most </span>
      {label.slice('Most '.length)}
    </span>
  );
}
