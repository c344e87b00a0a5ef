/** What tests opened and did not close. */

import { setTimeout } from 'node:timers/promises';

/** How often to look whether it is closed meanwhile. */
const LOOK_MS = 20;

let atFirst: string[] = [];

/** To be called before any test runs: what the process has open by now belongs to it. */
export function rememberOpen(): void {
  // Which are opened when they are first asked for.
  void [process.stdout, process.stderr];
  atFirst = process.getActiveResourcesInfo();
}

/** Names of resources that keep the process awake, as Node gives them. */
function leftOpen(): string {
  const open = process.getActiveResourcesInfo();
  for (const known of atFirst) if (open.includes(known)) open.splice(open.indexOf(known), 1);
  return open.join(', ');
}

/** Resolves once all is closed; tells `open` what is not, as often as that changes. */
export async function untilClosed(open: (what: string) => void): Promise<void> {
  let said = '';
  for (let what = leftOpen(); what !== ''; what = leftOpen()) {
    if (what !== said) open(what);
    said = what;
    await setTimeout(LOOK_MS, undefined, { ref: false });
  }
}
