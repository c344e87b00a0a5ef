/** Whether the page is left for another one of this site, in which what is kept in this tab is found again. */

/** From the press of a link or a button to the moment at which the browser asks. */
const AT_ONCE_MS = 1_000;

let movedAt = -Infinity;

for (const kind of ['click', 'submit'])
  document.addEventListener(kind, (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (!link || link.origin === location.origin) movedAt = event.timeStamp;
  });

export function isMovingOn(event: Event): boolean {
  return event.timeStamp - movedAt < AT_ONCE_MS;
}

/** From now on nobody is asked: what was written is sent, or goes along. */
export function moveOn(): void {
  movedAt = Infinity;
}
