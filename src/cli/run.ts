/** The command line: finds the verb, runs it, and turns what goes wrong into one line and an exit code. */

import { Command, CommanderError, Option } from 'commander';
import { explainStorage } from '#platform/db/problems.ts';
import { roles } from '#accounts/user.ts';
import { SEARCH_DEPTH } from '#feed/search-depth.ts';
import { AppError } from '#platform/errors.ts';
import { keepHeapSmall } from '#platform/small-heap.ts';
import { version } from './version.ts';
import type { Io } from './io.ts';
import { standardIo } from './io.ts';

/** 0 well; 1 failed (upstream, storage); 2 wrong use or input; 130 interrupted. */
const EXIT = { ok: 0, failed: 1, misuse: 2, interrupted: 130 };

/** Returns the exit code. Each verb is loaded only when it is asked for. */
export async function run(argv: readonly string[], io: Io = standardIo): Promise<number> {
  let code = EXIT.ok;
  try {
    await createProgram(io, (result) => (code = result)).parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.misuse;
    return report(error, io);
  }
}

function createProgram(io: Io, setCode: (code: number) => void): Command {
  const program = new Command('broadsheet')
    .description('A self-hosted daily paper for a research community.')
    .version(version)
    .exitOverride()
    .showHelpAfterError('(add --help for the options)')
    .configureOutput({ writeOut: io.out, writeErr: io.err })
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 wrong use or unreadable input, 130 interrupted.\nSettings come from the environment: broadsheet config lists them.',
    );
  program
    .command('serve')
    .description('serve the site and keep it up to date')
    .action(async () => setCode(await (await import('./serve.ts')).serve(io)));
  addIngest(program, io, setCode);
  program
    .command('import')
    .description(
      'import papers from JSONL files (arXiv records or the Kaggle arXiv snapshot; plain, .gz or .zst; - for standard input)',
    )
    .argument('<file...>', 'files to import, in this order')
    .option('--strict', 'stop at the first line that cannot be read')
    .action(async (files, options) => {
      keepHeapSmall(); // before the command is loaded, which would make it grow
      setCode(await (await import('./import.ts')).importCommand(io, files, options));
    });
  addSearch(program, io, setCode);
  addUser(program, io, setCode);
  addHooks(program, io, setCode);
  addDigest(program, io, setCode);
  addAddresses(program, io, setCode);
  program
    .command('status')
    .description('what the installation holds, what is due, what failed')
    .option('--json', 'as JSON')
    .action(async (options) => setCode(await (await import('./status.ts')).status(io, options)));
  program
    .command('migrate')
    .description('bring the database to this version (serve does it by itself)')
    .action(async () => setCode(await (await import('./migrate.ts')).migrateCommand(io)));
  program
    .command('config')
    .description('every setting: its value now, its default, its meaning')
    .option('--json', 'as JSON')
    .action(async (options) => setCode(await (await import('./config.ts')).configCommand(io, options)));
  return program;
}

function addUser(program: Command, io: Io, setCode: (code: number) => void): void {
  const user = program.command('user').description('people: add them, let them in, make them admins');
  const role = () => new Option('--role <role>', 'reader, moderator or admin').choices(roles);
  user
    .command('add')
    .description('make an account, whatever REGISTRATION says')
    .argument('<email>', 'its mail address')
    .option('--full-name <name>', 'how the person is shown')
    .addOption(role())
    .action(async (email, options) => setCode(await (await import('./user.ts')).addCommand(io, email, options)));
  user
    .command('promote')
    .description('give an account another role: admin, unless --role says otherwise')
    .argument('<email>', 'its mail address')
    .addOption(role())
    .action(async (email, options) => setCode(await (await import('./user.ts')).promoteCommand(io, email, options)));
  user
    .command('sign-in-link')
    .description('print one address that signs in once, within an hour; needs no mail')
    .argument('<email>', 'the mail address of an account, or of whoever may make one')
    .action(async (email) => setCode(await (await import('./user.ts')).signInLinkCommand(io, email)));
  user
    .command('list')
    .description('everybody who has an account: name, mail address, role, since when')
    .option('--json', 'as JSON')
    .action(async (options) => setCode(await (await import('./user.ts')).listCommand(io, options)));
}

function addAddresses(program: Command, io: Io, setCode: (code: number) => void): void {
  const address = program.command('address').description('mail addresses that get no digests and alerts');
  const load = async () => await import('./address.ts');
  address
    .command('list')
    .description('every one: address, since when, why, what the mail server said')
    .option('--json', 'as JSON')
    .action(async (options) => setCode(await (await load()).listAddressesCommand(io, options)));
  address
    .command('suppress')
    .description('send nothing there any more; only lift ends it')
    .argument('<email>', 'the address')
    .action(async (email) => setCode(await (await load()).suppressCommand(io, email)));
  address
    .command('lift')
    .description('let mail go there again; what was subscribed to comes as it did')
    .argument('<email>', 'the address')
    .action(async (email) => setCode(await (await load()).liftCommand(io, email)));
}

function addHooks(program: Command, io: Io, setCode: (code: number) => void): void {
  const hook = program.command('hook').description('webhooks: add, try and remove those of the site and of everybody');
  const load = async () => await import('./hook.ts');
  hook
    .command('add')
    .description('send messages to an address; prints its id and its signing secret')
    .argument('<url>', 'where to, for instance https://hooks.example.org/papers')
    .requiredOption('--events <events>', 'paper.trending, search.match, edition.daily; separated by commas')
    .addOption(
      new Option('--format <format>', 'shape of the messages').choices(['json', 'slack', 'discord']).default('json'),
    )
    .option('--search <query>', 'search to follow, for search.match')
    .option('--top <n>', 'how many of the first papers, 1 to 50', '10')
    .option('--owner <email>', 'whose it is; without it the site’s own')
    .action(async (url, options) => setCode(await (await load()).addCommand(io, url, options)));
  hook
    .command('list')
    .description('every webhook: id, address, format, events, owner, state')
    .option('--json', 'as JSON')
    .action(async (options) => setCode(await (await load()).listCommand(io, options)));
  hook
    .command('test')
    .description('send a test and say what came of it')
    .argument('<id>', 'as list prints it')
    .action(async (id) => setCode(await (await load()).testCommand(io, id)));
  hook
    .command('rotate')
    .description('make a new signing secret; the one before signs for another day')
    .argument('<id>', 'as list prints it')
    .action(async (id) => setCode(await (await load()).rotateCommand(io, id)));
  hook
    .command('remove')
    .description('remove a webhook and its messages')
    .argument('<id>', 'as list prints it')
    .action(async (id) => setCode(await (await load()).removeCommand(io, id)));
}

function addDigest(program: Command, io: Io, setCode: (code: number) => void): void {
  const digest = program
    .command('digest')
    .description('send the digests and alerts that are due now (serve does it by itself)')
    .option('--dry-run', 'only show what would be sent: address, edition, papers, subject')
    .option('--to <address>', 'only to this address, whatever its hour; to one without a subscription, a sample')
    .option(
      '--edition <label>',
      'this edition, for instance 2026-01-06 or the week 2026-W02, to all who have not had it',
    )
    .action(async (options) => setCode(await (await import('./digest.ts')).digestCommand(io, options)));
  digest
    .command('bounces')
    .description('read mailboxes (mbox or .eml) of what came back: suppress addresses, end subscriptions')
    .argument('<file...>', 'mailboxes, in this order')
    .action(async (files) => setCode(await (await import('./digest.ts')).bouncesCommand(io, files)));
}

function addIngest(program: Command, io: Io, setCode: (code: number) => void): void {
  program
    .command('ingest')
    .description('harvest arXiv now')
    .option(
      '--from <day>',
      'harvest what changed since this day, for instance 2026-01-06, instead of going on where the last harvest ended',
    )
    .option(
      '--set <sets>',
      'arXiv sets, separated by commas, for instance cs or cs:cs:LG,physics:hep-th, instead of ARXIV_SETS',
    )
    .option(
      '--prefix <formats>',
      'arXiv (names, licence), arXivRaw (versions), or both, separated by a comma',
      'arXiv,arXivRaw',
    )
    .option('--listing', 'only the listing of newly announced papers')
    .addOption(
      new Option(
        '--id <ids>',
        'only these papers, separated by commas, for instance 2310.02541 or 2310.02541,hep-th/9110025',
      ).conflicts(['from', 'set', 'prefix', 'listing']),
    )
    .action(async (options) => setCode(await (await import('./ingest.ts')).ingestCommand(io, options)));
}

function addSearch(program: Command, io: Io, setCode: (code: number) => void): void {
  program
    .command('search')
    .description('search the papers, by words and by meaning')
    .argument(
      '<query...>',
      'words, "phrases", -not, author:, category:, org:, after:, before:, year:, has:code, or an id',
    )
    .option('--json', 'as JSON: query, sort, exact, total, unread, papers')
    .option('--limit <n>', `at most this many papers, 1 to ${SEARCH_DEPTH} (default: 10)`)
    .addOption(
      new Option('--sort <order>', 'best, newest or most talked of first').choices(['relevance', 'new', 'trending']),
    )
    .addHelpText(
      'after',
      '\nPut the query into single quotes, so that the shell leaves its marks alone:' +
        '\n  broadsheet search \'"mixture of experts" -vision after:2025-06\'' +
        '\nEach paper in JSON: id, title, authors, authorCount, published, categories, why (words, meaning, both or null), also.' +
        '\nExit codes: 0 something was found, 1 nothing was, 2 wrong use.',
    )
    .action(async (words, options) => setCode(await (await import('./search.ts')).searchCommand(io, words, options)));
}

function report(error: unknown, io: Io): number {
  if (io.interrupted()) return EXIT.interrupted;
  if (error instanceof AppError) {
    io.err(`broadsheet: ${printable(error.message)}${error.hint === undefined ? '' : `\n${printable(error.hint)}`}\n`);
    return error.kind === 'upstream' ? EXIT.failed : EXIT.misuse;
  }
  const storage = explainStorage(error);
  if (storage !== undefined) {
    io.err(`broadsheet: ${storage} (${(error as Error).message}).\n`);
    return EXIT.failed;
  }
  io.err(`broadsheet: unexpected error, please report it\n${(error as Error).stack ?? String(error)}\n`);
  return EXIT.failed;
}

/** Messages may quote what came from outside: it must not steer the terminal. */
function printable(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, (control) => JSON.stringify(control).slice(1, -1));
}
