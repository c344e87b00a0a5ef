/** A sentence in a given space. */

/** Cut after a clause if enough of it is left, otherwise after a word, with an ellipsis; never longer than `length`. */
export function shorten(sentence: string, length: number): string {
  if (sentence.length <= length) return sentence;
  const room = sentence.slice(0, length - 1);
  const clause = Math.max(
    room.lastIndexOf(', '),
    room.lastIndexOf('; '),
    room.lastIndexOf(': '),
    room.lastIndexOf(' – '),
  );
  const word = room.lastIndexOf(' ');
  const end = clause > length * 0.6 ? clause : word > length * 0.5 ? word : wholeCharacters(room);
  return `${room.slice(0, end).replace(LOOSE_END, '')}…`;
}

/** What makes a reader wait for more. */
const LOOSE_END = /(?:[\s,;:([–-]+(?:and|or|but|moreover|with|of|the|a|an|to|in|for|that|which|by)?)*$/i;

/** Not between the two halves of a character. */
function wholeCharacters(text: string): number {
  return /[\uD800-\uDBFF]$/.test(text) ? text.length - 1 : text.length;
}
