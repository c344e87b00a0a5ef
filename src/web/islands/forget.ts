/** What this tab keeps of somebody goes when they sign out, or their account is gone. */

export function forgetWhenLeft(): void {
  document.querySelector('form[action="/sign-out"]')?.addEventListener('submit', forget);
  if (location.pathname === '/settings/deleted') forget();
}

function forget(): void {
  try {
    sessionStorage.clear();
  } catch {
    // Nothing can be kept, so nothing was.
  }
}
