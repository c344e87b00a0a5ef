/** One part of the settings; says what came of it when it was sent. */

import type { Child } from '#platform/jsx/jsx-runtime.ts';

/** What a form says once it was sent: what is wrong, or what to know. */
export interface Told {
  /** The part that was sent. */
  part: string;
  problem?: string;
  done?: string;
  /** What was typed, if it has to be mended. */
  typed?: Record<string, string>;
  /** An access token that was just made. */
  token?: string;
}

interface PartProps {
  id: string;
  title: string;
  told?: Told | undefined;
  children: Child;
}

export function Part({ id, title, told, children }: PartProps) {
  const mine = told?.part === id ? told : undefined;
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>{title}</h2>
      {mine?.problem !== undefined && (
        <p class="problem-note" role="alert">
          {mine.problem}
        </p>
      )}
      {mine?.done !== undefined && (
        <p class="done-note" role="status">
          {mine.done}
        </p>
      )}
      {children}
    </section>
  );
}
