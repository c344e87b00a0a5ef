/** When something happened: the day, and the minute for whoever asks, or at once where the order of events matters. */

import { dateOf, exactTime } from '#platform/dates.ts';

export interface InstantProps {
  /** Epoch milliseconds. */
  at: number;
  /** Whether the minute is shown. */
  exact?: boolean;
}

export function Instant({ at, exact = false }: InstantProps) {
  return (
    <time datetime={new Date(at).toISOString()} title={exact ? undefined : exactTime(at)}>
      {exact ? exactTime(at) : dateOf(at)}
    </time>
  );
}
