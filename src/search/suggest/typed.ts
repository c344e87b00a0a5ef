/** What has been typed so far, as words to look for: the last may be the beginning of one. Pure. */

import { tokenize } from '../tokens.ts';

export interface TypedToken {
  text: string;
  /** Whether longer words that begin with it are meant too. */
  isPrefix: boolean;
}

/** Several ways to write it, of which one is enough; each is tokens that must all be there. */
export interface TypedWord {
  ways: TypedToken[][];
}

/** A word that is followed by a space is complete. */
export function readTyped(text: string): TypedWord[] {
  const pieces = text.split(/\s+/u).filter(Boolean);
  return pieces.flatMap((piece, at) => {
    const isLast = at === pieces.length - 1 && !/\s$/u.test(text);
    const ways = waysOf(tokenize(piece), isLast);
    return ways.length === 0 ? [] : [{ ways }];
  });
}

/** `multi-agent` is its parts or the two written together; `gpt-4` only the latter, because its parts are less than it. */
function waysOf(tokens: readonly string[], isLast: boolean): TypedToken[][] {
  const last = tokens.at(-1);
  if (last === undefined) return [];
  const way = (texts: readonly string[]) =>
    texts.map((text, at) => ({ text, isPrefix: isLast && at === texts.length - 1 }));
  const parts = tokens.slice(0, -1);
  const isJoined = parts.length > 0 && parts.every((part) => last.length > part.length && last.includes(part));
  if (!isJoined) return [way(tokens)];
  return parts.join('') === last ? [way([last]), way(parts)] : [way([last])];
}
