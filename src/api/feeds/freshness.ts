/** How long a reader may keep a feed before it asks again. */

/** Papers come twice a day at most; whoever asks more often is told that nothing has changed, at no cost. */
export const FEED_MINUTES = 15;
