/** The only entry point: hands the command line to cli/. */

import { run } from '#cli/run.ts';

process.exitCode = await run(process.argv.slice(2));
