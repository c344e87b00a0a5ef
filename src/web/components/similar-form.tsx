/** The form of `/similar`: another paper, a text; what was asked with before goes along. */

import type { SimilarAsked } from '../similar-asked.ts';
import { TEXT_LIMIT } from '../similar-asked.ts';
import type { KnownPaper } from './similar-head.tsx';

export function SimilarForm({ known, asked }: { known: readonly KnownPaper[]; asked: SimilarAsked }) {
  const isFirst = known.length === 0 && asked.text === '';
  return (
    <form class="like-form" id="like" method="post" action="/similar">
      <h2>{isFirst ? 'Start from a paper, a text, or both' : 'Add a paper or a text'}</h2>
      {known.map(({ id }) => (
        <input type="hidden" name="id" value={id} />
      ))}
      {asked.sort !== 'closeness' && <input type="hidden" name="sort" value={asked.sort} />}
      <label>
        <span>{known.length === 0 ? 'A paper' : 'Another paper'}</span>
        <input name="id" placeholder="2310.02541, or its address on arXiv" dir="auto" spellcheck={false} />
      </label>
      <label>
        <span>A text</span>
        <textarea
          name="text"
          rows={6}
          maxlength={TEXT_LIMIT}
          dir="auto"
          placeholder="An abstract, or what you are writing"
        >
          {asked.text}
        </textarea>
      </label>
      <p>
        <button>Find similar papers</button>
      </p>
    </form>
  );
}
