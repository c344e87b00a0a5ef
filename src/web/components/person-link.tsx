/** Somebody's name, leading to their profile where they have one. Anybody can choose a full name, so `@name` stands beside it. */

import { userPath } from '#feed/addresses.ts';
import type { Person } from '#discussion/comment-view.ts';

export function PersonLink({ person }: { person: Person }) {
  if (!person.hasProfile) return <>{person.shown}</>;
  return (
    <a href={userPath(person.name)}>
      {person.shown}
      {person.handle !== '' && <span class="handle"> {person.handle}</span>}
    </a>
  );
}

/** The same as text: `Ann Lee (@ann-lee)`. */
export function personWords({ shown, handle }: Person): string {
  return handle === '' ? shown : `${shown} (${handle})`;
}
