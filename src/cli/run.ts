import { CommanderError } from 'commander';
import { environmentOf, Refusal, WrongUse, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { failureOf } from './failures.ts';
import { programOf } from './program.ts';

/** 0 done, 1 refused or failed, 2 wrong use. */
export type ExitCode = 0 | 1 | 2;

/**
 * Runs one command line.
 * @param words what was typed after `leerkring`
 */
export async function run(words: readonly string[], context: Context): Promise<ExitCode> {
  // Asked of the words themselves: a command line that can't be parsed has to be answered in JSON too.
  const json = words.includes('--json');
  const print = ({ data, lines }: Outcome) => {
    context.stdout.write(json ? `${JSON.stringify(data, null, 2)}\n` : lines.map((line) => `${line}\n`).join(''));
  };
  const explain = (text: string) => {
    if (!json) context.stderr.write(text);
  };
  let showsStacks = false as boolean;
  const program = programOf(context, print, explain).hook('preAction', async (typed) => {
    showsStacks = await asksForStacks(context, typed.opts());
    context.showStacks(showsStacks);
  });
  try {
    await program.parseAsync(words, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    const wrongUse = error instanceof WrongUse || error instanceof CommanderError;
    if (error instanceof CommanderError && error.code === 'commander.help' && !json) return 2;
    const sentence = wrongUse ? usageOf(error) : failureOf(error);
    const { lines, data } = error instanceof Refusal ? error.details : { lines: [], data: {} };
    const said = json ? JSON.stringify({ error: sentence, ...data }) : [sentence, ...lines].join('\n');
    context.stderr.write(`${said}\n`);
    if (showsStacks && !wrongUse) context.stderr.write(`${stackOf(error)}\n`);
    return wrongUse ? 2 : 1;
  }
}

/** Whether LOG_LEVEL asks for stacks, in the environment or in the settings file. */
async function asksForStacks(context: Context, options: GlobalOptions): Promise<boolean> {
  try {
    return (await environmentOf(context, options))['LOG_LEVEL'] === 'debug';
  } catch {
    // A settings file that can't be read is told of by the command that needs it.
    return context.environment['LOG_LEVEL'] === 'debug';
  }
}

function usageOf(error: WrongUse | CommanderError): string {
  if (error instanceof WrongUse) return error.message;
  if (error.code === 'commander.help') return 'A command is missing. `leerkring --help` shows them.';
  const [first = '', ...rest] = error.message.replace(/^error: /, '').split('\n');
  const sentence = `${first.charAt(0).toUpperCase()}${first.slice(1)}${/[.?!]$/.test(first) ? '' : '.'}`;
  return [sentence, ...rest, '`--help` after a command shows how it is meant.'].join(' ');
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
