/** The reactions that there are. A small set, because each has to be read as well. */

export interface Emoji {
  /** What forms send and the database keeps. */
  key: string;
  sign: string;
  /** Stands beside the sign: not every system has a face for those, and not everybody reads them alike. */
  name: string;
}

/** All of them say “worth reading”: to disagree takes an argument. */
export const EMOJI: readonly Emoji[] = [
  { key: 'agree', sign: '👍', name: 'agree' },
  { key: 'thanks', sign: '❤️', name: 'thanks' },
  { key: 'insight', sign: '💡', name: 'insightful' },
  { key: 'bravo', sign: '🎉', name: 'bravo' },
  { key: 'curious', sign: '👀', name: 'curious' },
];

export function isEmoji(key: string): boolean {
  return EMOJI.some((emoji) => emoji.key === key);
}
