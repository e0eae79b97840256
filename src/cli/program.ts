import { Command, InvalidArgumentError, Option } from 'commander';
import { KEPT_MONTHS, LEAVER_RULES, LOG_DEFAULTS } from '../domain/learning-log.ts';
import { THRESHOLDS } from '../domain/report.ts';
import type { Context, Outcome } from './context.ts';
import { init } from './init.ts';
import { importInstrumentFile } from './instrument.ts';
import { learningLogSettings } from './learning-log.ts';
import { importRosterFile, setRosterContact } from './roster.ts';
import { closeRoundBy, listAllRounds } from './rounds.ts';
import { listAllSeries, startSeriesFrom, stopSeriesBy } from './series.ts';
import { serve, versionOf } from './serve.ts';
import { settings } from './settings.ts';
import { forgetSignIn } from './sign-in.ts';
import { packageTeamsApp } from './teams.ts';
import { raise, THRESHOLD_MEANINGS, type Raisable } from './thresholds.ts';

/**
 * The command line as a whole: what can be typed, and what each word means.
 * @param print told what a command has done
 * @param explain told how a command is used that was typed in part
 */
export function programOf(
  context: Context,
  print: (outcome: Outcome) => void,
  explain: (text: string) => void,
): Command {
  const program = new Command('leerkring')
    .description('Leerkring lets a team see whether it is learning, with answers that cannot be traced.')
    .version(versionOf(), '--version', 'print the version')
    .helpOption('-h, --help', 'explain a command')
    .helpCommand(false)
    .option('--json', 'print one JSON document, for a program to read')
    .option('--organisation <key>', 'which organisation, such as de-linde; not needed when there is only one')
    .option('--env <file>', 'a file with settings; ./leerkring.env is read when it exists, and the environment wins')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.stdout.write(text),
      writeErr: explain,
      // Said once, in our own way, by who runs the program.
      outputError: () => undefined,
    })
    .configureHelp({ showGlobalOptions: true })
    .showSuggestionAfterError()
    .addHelpText('after', FIRST_STEPS);

  /** An action of commander's, whose last argument is the command with its options. */
  const does =
    (act: (command: Command, word: string) => Promise<Outcome> | Outcome) =>
    async (...words: readonly unknown[]) => {
      print(await act(words.at(-1) as Command, String(words[0])));
    };

  const group = (name: string, description: string) =>
    program.command(name).helpCommand(false).description(description);

  program
    .command('serve')
    .description('run the server, until it is stopped with Ctrl-C')
    .addHelpText(
      'after',
      example(
        'leerkring serve',
        'Settings are read from leerkring.env and the environment; `leerkring settings` lists them.',
      ),
    )
    .action(async (_: unknown, command: Command) => serve(context, command.optsWithGlobals(), print));

  program
    .command('init')
    .description('make an organisation, with its ballot key, and a master secret when there is none')
    .requiredOption('--name <name>', 'what people call the organisation')
    .addHelpText(
      'after',
      example(
        'leerkring init --organisation de-linde --name "Zorggroep De Linde"',
        'The key of an organisation (de-linde) never changes; its name is for people.',
      ),
    )
    .action(does((command) => init(context, command.optsWithGlobals())));

  const roster = group('roster', 'who is in which team, and who leads it');
  roster
    .command('import')
    .description('make a CSV file the roster, whole or not at all')
    .argument('<file.csv>', 'the file, with the columns person, name, team, role and, if you like, team_id')
    .option('--dry-run', 'only show what would change')
    .option('--allow-removals', 'also when more than half of the people would be removed')
    .addHelpText(
      'after',
      example(
        'leerkring roster import people.csv --dry-run',
        'The file holds everybody: who is not in it is removed. A row of it:',
        '  bo@example.org,Bo Vermeer,De Linde / Region North / Team East,member',
      ),
    )
    .action(does((command, file) => importRosterFile(context, file, command.optsWithGlobals())));

  roster
    .command('contact')
    .description('say whom people ask who are not in the roster')
    .argument('[contact]', 'a name, a department or an address; without it, the administrator')
    .addHelpText(
      'after',
      example('leerkring roster contact "the service desk (servicedesk@example.org)"', 'They read it when they sign in: "Ask the service desk (...) to add you to your team."'),
    )
    .action(does((command) => setRosterContact(context, command.args[0], command.optsWithGlobals())));

  const signIn = group('sign-in', 'people of a Microsoft Entra tenant, and who they are in the roster');
  signIn
    .command('forget')
    .description('let the next one who signs in with the name of a person in the roster be that person')
    .argument('<person>', 'the key in the roster, such as bo@example.org')
    .addHelpText(
      'after',
      example(
        'leerkring sign-in forget bo@example.org',
        'Somebody whose key in the roster is the name they sign in with is known by the id of their account from the first',
        'time on. Forget it when the account was made anew, or when the name was given to somebody else.',
      ),
    )
    .action(does((command, person) => forgetSignIn(context, person, command.optsWithGlobals())));

  const series = group('series', 'an instrument that is asked again and again');
  series
    .command('start')
    .description('plan rounds; a running server opens and closes them by itself')
    .requiredOption('--instrument <key>', 'what is asked, such as learning-pulse; its newest version')
    .option('--team <id...>', 'the teams that are asked, with all teams under them (when absent: everybody)')
    .requiredOption('--start <day>', 'the day of the first round, such as 2027-01-11')
    .requiredOption('--every <period>', 'the time from one round to the next: 4w is four weeks, 1m a month')
    .option('--opens <time>', 'the hour at which a round opens', '09:00')
    .option('--closes <time>', 'the hour at which it closes, on its last day', '17:00')
    .requiredOption('--days <number>', 'how many days after the opening it closes; 0 is the same day', wholeNumber)
    .requiredOption('--time-zone <zone>', 'whose clock the hours are on, such as Europe/Amsterdam')
    .addHelpText(
      'after',
      example(
        'leerkring series start --instrument learning-pulse --start 2027-01-11 --every 4w ' +
          '--opens 09:00 --closes 17:00 --days 4 --time-zone Europe/Amsterdam',
        'Opens on Monday 11 January 2027 at 09:00 and closes on Friday 15 January at 17:00, then again every',
        'four weeks, by the clock in Amsterdam, in summer and in winter.',
      ),
    )
    .action(does((command) => startSeriesFrom(context, command.optsWithGlobals())));
  series
    .command('list')
    .description('show all series, those that run first')
    .addHelpText('after', example('leerkring series list', 'Of each that runs it shows when its next round opens.'))
    .action(does((command) => listAllSeries(context, command.optsWithGlobals())));
  series
    .command('stop')
    .description('let a series open no more rounds; a round that is open goes on to its end')
    .argument('<id>', 'the series, as `leerkring series list` shows it; its first characters are enough')
    .addHelpText(
      'after',
      example(
        'leerkring series stop 1f0c5a7e',
        'A series that is stopped stays so; `leerkring series start` starts another for the same teams.',
      ),
    )
    .action(does((command, id) => stopSeriesBy(context, id, command.optsWithGlobals())));

  const round = group('round', 'one asking, from its opening to its closing');
  round
    .command('list')
    .description('show all rounds, the newest first')
    .addHelpText(
      'after',
      example('leerkring round list', 'Of an open round it shows how many are asked; figures come when it is closed.'),
    )
    .action(does((command) => listAllRounds(context, command.optsWithGlobals())));
  round
    .command('close')
    .description('close a round before its time')
    .argument('<id>', 'the round, as `leerkring round list` shows it; its first characters are enough')
    .option('--now', 'bring the figures at once; ballots that are still on their way are lost')
    .addHelpText(
      'after',
      example(
        'leerkring round close 3f2a',
        'From then on nobody can take a ballot paper. Ballots on their way are taken for some time more (ten minutes,',
        'if BALLOT_GRACE_SECONDS was not set); then a running server, or the next one started, brings the figures.',
      ),
    )
    .action(does((command, id) => closeRoundBy(context, id, command.optsWithGlobals())));

  const instrument = group('instrument', 'what is asked: items, constructs and a scale');
  instrument
    .command('import')
    .description('add an instrument of your own from a JSON file')
    .argument('<file.json>', 'the file')
    .addHelpText(
      'after',
      example(
        'leerkring instrument import our-scan.json',
        'A version that was added never changes: give a change a higher version.',
      ),
    )
    .action(does((command, file) => importInstrumentFile(context, file, command.optsWithGlobals())));

  const thresholds = group('thresholds', 'how many ballots figures need before they are shown');
  const raising = thresholds.command('raise').description('ask for more ballots; this can never be undone');
  for (const [name, meaning] of Object.entries(THRESHOLD_MEANINGS) as [Raisable, string][]) {
    raising.option(`--${name} <number>`, `for ${meaning}; ${String(THRESHOLDS[name])} at first`, wholeNumber);
  }
  raising
    .addHelpText(
      'after',
      example('leerkring thresholds raise --mean 7 --comments 12', 'Holds for rounds that open from then on.'),
    )
    .action(does((command) => raise(context, command.optsWithGlobals())));

  const learningLog = group('learning-log', 'what people write down of what they learned');
  learningLog
    .command('settings')
    .description('show what holds for entries, or change it')
    .addOption(new Option('--leavers <rule>', `what becomes of entries that were shared, when their author leaves; ${LOG_DEFAULTS.leavers} at first`).choices(LEAVER_RULES))
    .option(
      '--keep-months <number>',
      `how long entries are kept after they were last changed: ${String(KEPT_MONTHS.least)} to ${String(KEPT_MONTHS.most)}; ${String(LOG_DEFAULTS.keepMonths)} at first`,
      wholeNumber,
    )
    .addHelpText(
      'after',
      example(
        'leerkring learning-log settings --leavers remove --keep-months 24',
        'Without options it shows what holds now. Fewer months delete for good, within an hour, what is older. What is private always goes when its author leaves.',
      ),
    )
    .action(does((command) => learningLogSettings(context, command.optsWithGlobals())));

  const teams = group('teams', 'the app for Microsoft Teams');
  teams
    .command('package')
    .description('write the file that an administrator uploads to Teams, and say what to click where')
    .requiredOption('--base-url <address>', 'where people reach this server, such as https://leerkring.example.org')
    .requiredOption('--client-id <id>', 'the Application (client) id of the app registration in Entra')
    .option('--app-id <id>', 'the id of an app that Teams has already (when absent: always the same for one server)')
    .option('--app-version <version>', 'such as 1.2.3, higher than the one that Teams has (when absent: that of Leerkring)')
    .option('--output <file.zip>', 'the file to write', 'leerkring-teams.zip')
    .option('--no-check', 'also when no server answers there yet')
    .addHelpText(
      'after',
      example(
        'leerkring teams package --base-url https://leerkring.example.org --client-id 11111111-1111-4111-8111-111111111111',
        'Make the app registration first: https://entra.microsoft.com > App registrations > New registration, for this',
        'directory only and without a redirect URI. Its Overview shows the id; the rest is said when the file is written.',
      ),
    )
    .action(does((command) => packageTeamsApp(context, command.optsWithGlobals())));

  program
    .command('settings')
    .description('list all settings and what holds when they are not set')
    .addHelpText('after', example('leerkring settings'))
    .action(does(() => settings()));

  return program;
}

const FIRST_STEPS = `
The first time:
  leerkring init --organisation de-linde --name "Zorggroep De Linde"
  leerkring roster import people.csv --dry-run     (and again without --dry-run)
  leerkring series start --help                    (when to ask what)
  leerkring serve

With the embedded database, stop the server before you use another command: one at a time has the folder.
With PostgreSQL (DATABASE_URL), commands work while the server runs.

Each command explains itself: leerkring roster import --help
The exit code is 0 when it was done, 1 when it was refused or failed, 2 when the command was typed wrong.`;

function example(line: string, ...explanation: readonly string[]): string {
  return ['', 'Example:', `  ${line}`, ...explanation.map((text) => `  ${text}`)].join('\n');
}

function wholeNumber(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a whole number.');
}
