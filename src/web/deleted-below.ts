/** What stood below a paper and is gone: the page that says so leads to the paper. */

import { paperPath } from '#feed/addresses.ts';
import type { PaperId } from '#papers/paper.ts';
import { AppError } from '#platform/errors.ts';

export class DeletedBelow extends AppError {
  /** Of the paper, which is still there. */
  readonly path: string;

  constructor(message: string, paperId: PaperId) {
    super('not-found', message);
    this.path = paperPath(paperId);
  }
}

export function hiddenComment(paperId: PaperId): DeletedBelow {
  return new DeletedBelow('This comment was hidden by a moderator.', paperId);
}

export function deletedComment(paperId: PaperId): DeletedBelow {
  return new DeletedBelow('This comment was deleted by its author.', paperId);
}
