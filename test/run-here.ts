/** Runs inside each test process: runs the test files that it is told of, one after the other, each as a suite of its own. */

import { createRequire, flushCompileCache } from 'node:module';
import { describe } from 'node:test';
import { rememberOpen } from './left-open.ts';

const require = createRequire(import.meta.url);
const settings = { ...process.env };

// Loaded while the suite is declared, so that what the file declares at its top belongs to it: `import()` would take longer.
process.on('message', (file: string) => {
  setBack();
  describe(file, () => void require(file));
  // For the programs that tests start; who runs many files ends late.
  flushCompileCache();
});

rememberOpen();

/** What a file sets is for itself alone. */
function setBack(): void {
  for (const name of Object.keys(process.env)) if (!(name in settings)) delete process.env[name];
  Object.assign(process.env, settings);
}
