/** What this tab keeps of somebody goes when they sign out, or their account is gone. */

/** When that was, epoch milliseconds. */
const LEFT = 'left';

export function forgetWhenLeft(): void {
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', forget);
  if (location.pathname === '/settings/deleted') forget();
  // A page that the browser brings back whole from before is somebody else's by now, with what they wrote in it.
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted && leftAt() > performance.timeOrigin) location.reload();
  });
}

function leftAt(): number {
  try {
    return Number(sessionStorage.getItem(LEFT));
  } catch {
    return 0;
  }
}

function forget(): void {
  try {
    sessionStorage.clear();
    sessionStorage.setItem(LEFT, String(Date.now()));
  } catch {
    // Nothing can be kept, so nothing was.
  }
}
