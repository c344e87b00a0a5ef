/** Whether the page is left for another one of this site, in which what is kept in this tab is found again. */

/** From the press of a link or a button to the moment at which the browser asks. */
const AT_ONCE_MS = 1_000;

let movedAt = -Infinity;

document.addEventListener('click', (event) => {
  const pressed = event.target instanceof Element ? event.target.closest('a, button') : null;
  if (pressed instanceof HTMLAnchorElement ? pressed.origin === location.origin : pressed) movedAt = event.timeStamp;
});
document.addEventListener('submit', (event) => (movedAt = event.timeStamp));
document.addEventListener('moving-on', moveOn);

export function isMovingOn(event: Event): boolean {
  return event.timeStamp - movedAt < AT_ONCE_MS;
}

/** From now on nobody is asked: what was written is sent, or goes along. */
export function moveOn(): void {
  movedAt = Infinity;
}
