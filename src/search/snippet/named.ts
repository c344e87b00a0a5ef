/** Which of a paper's authors a question names. */

import { fullName } from '#papers/paper.ts';
import type { Author, Paper } from '#papers/paper.ts';
import { termOf } from '../lexical/terms.ts';
import type { Term } from '../lexical/terms.ts';
import type { Query } from '../query/query.ts';
import { tokenize } from '../tokens.ts';
import { termsOfWord } from './wanted.ts';

/**
 * Those whom an `author:` asks for, and those whose family name was typed as a word. A word that the title or the abstract
 * says, too, was hardly meant as a name (`long context`). Costs nothing where the question has neither.
 */
export function namedIn({ parts }: Pick<Query, 'parts'>): (paper: Paper) => Author[] {
  const names = parts.flatMap((part) => (part.kind === 'author' ? [tokenize(part.name).map(termOf)] : []));
  const words = new Set(
    parts.flatMap((part) => (part.kind === 'word' || part.kind === 'phrase' ? tokenize(part.text).map(termOf) : [])),
  );
  if (names.length === 0 && words.size === 0) return () => [];
  return ({ authors, title, abstract }) => {
    let said: ReadonlySet<Term> | undefined;
    return authors.filter((author) => {
      if (names.length > 0) {
        const own = termsIn(fullName(author));
        if (names.some((name) => name.every((term) => own.includes(term)))) return true;
      }
      const family = words.size > 0 ? termsIn(author.family) : [];
      if (family.length === 0 || !family.every((term) => words.has(term))) return false;
      said ??= new Set(termsIn(`${title} ${abstract}`));
      return !family.every((term) => said?.has(term));
    });
  };
}

/** By words, most of which were met before. */
function termsIn(text: string): Term[] {
  return text.split(' ').flatMap(termsOfWord);
}
