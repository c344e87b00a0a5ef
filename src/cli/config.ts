/** `broadsheet config`: every setting with its value, default and meaning. */

import { describeConfig, readConfig } from '#platform/config.ts';
import type { Io } from './io.ts';

export async function configCommand(io: Io, { json }: { json?: boolean }): Promise<number> {
  const rows = describeConfig();
  if (json) io.out(`${JSON.stringify(rows, null, 2)}\n`);
  else {
    for (const { name, value, fallback, meaning } of rows) {
      io.out(
        `${name}=${value}\n    ${meaning}${value === fallback || fallback === '' ? '' : ` (default: ${fallback})`}\n`,
      );
    }
  }
  readConfig(); // prints the problems, if there are any, below the values
  return 0;
}
