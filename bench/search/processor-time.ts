/** What the processes of a server have used of the processors. */

import { readdirSync, readFileSync } from 'node:fs';

/** Of Linux, on all machines that Node runs on. */
const MS_PER_TICK = 10;

/** Ms of processor time, of all processes of the group that `pid` leads; undefined where there is no /proc. */
export function processorTime(pid: number): number | undefined {
  let ticks = 0;
  let isKnown = false;
  for (const name of processes()) {
    const fields = statOf(name);
    if (Number(fields[GROUP]) !== pid) continue;
    isKnown = true;
    ticks += Number(fields[USER]) + Number(fields[SYSTEM]);
  }
  return isKnown ? ticks * MS_PER_TICK : undefined;
}

/** Places among the fields after the name, which may hold spaces: proc(5). */
const GROUP = 2;
const USER = 11;
const SYSTEM = 12;

function processes(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

function statOf(pid: string): string[] {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    // Gone meanwhile.
    return [];
  }
}
