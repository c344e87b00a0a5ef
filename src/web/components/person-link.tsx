/** Somebody's name, leading to their profile where they have one. */

import { userPath } from '#feed/addresses.ts';
import type { Person } from '#discussion/comment-view.ts';

export function PersonLink({ person }: { person: Person }) {
  return person.hasProfile ? <a href={userPath(person.name)}>{person.shown}</a> : <>{person.shown}</>;
}
