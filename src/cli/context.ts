import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { newSecret } from '../server/keys/master.ts';
import type { openServices } from '../server/main.ts';
import { findOrganisation } from '../server/organisations/organisations.ts';
import type { Services } from '../server/services.ts';
import { readSettings, requireSecret, SettingsError, type Settings } from '../server/settings.ts';

/** What a command has of the process that it runs in. */
export interface Context {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** From where the names of files are reckoned. */
  readonly cwd: string;
  readonly now: () => Date;
  readonly open: typeof openServices;
  /** For the commands that look whether a server can be reached. */
  readonly fetch: typeof fetch;
  /** Settles when the process is asked to stop. Until it is called, being asked to stop ends the process at once. */
  readonly untilStopped: () => Promise<void>;
  /** Told, before a command begins, whether an error is to be shown with its stack. */
  readonly showStacks: (shows: boolean) => void;
}

interface Sink {
  write(text: string): unknown;
  /** Whether it is a terminal, at which a person looks on. */
  readonly isTTY?: boolean;
}

/** The options that every command takes. */
export interface GlobalOptions {
  readonly json?: boolean;
  readonly organisation?: string;
  readonly env?: string;
}

/** What a command has done: `data` for a program, `lines` for a person. */
export interface Outcome {
  readonly data: object;
  readonly lines: readonly string[];
}

/** What can't be done as it was asked; nothing was changed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  /** More for a person, a line each, and the same for a program. */
  readonly details: Outcome;

  constructor(message: string, details: Outcome = { lines: [], data: {} }) {
    super(message);
    this.details = details;
  }
}

/** A command line that was not typed as it is meant. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** The settings file that is read when no other is named. */
const ENV_FILE = 'leerkring.env';

/** Where the settings file is, or would be. */
export function envFile(context: Context, options: GlobalOptions): string {
  return resolve(context.cwd, options.env ?? ENV_FILE);
}

/**
 * The environment, and under it what the settings file says.
 * @param mayBeMissing whether a file that was named may be one that does not exist yet
 */
export async function environmentOf(
  context: Context,
  options: GlobalOptions,
  mayBeMissing = options.env === undefined,
): Promise<Record<string, string | undefined>> {
  const file = envFile(context, options);
  if (mayBeMissing && !existsSync(file)) return { ...context.environment };
  const fromFile = parseEnv((await contentOf(context, options.env ?? ENV_FILE)).toString('utf8'));
  // As with the settings, an empty variable counts as one that is not set.
  const given = Object.entries(context.environment).filter(([, value]) => value !== undefined && value !== '');
  return { ...fromFile, ...Object.fromEntries(given) };
}

/** Reads a file that was named on the command line. @throws Refusal when that can't be done */
export async function contentOf(context: Context, file: string): Promise<Buffer> {
  try {
    return await readFile(resolve(context.cwd, file));
  } catch (error) {
    throw new Refusal(`${file} can't be read: ${reasonOf(error as NodeJS.ErrnoException)}.`);
  }
}

function reasonOf({ code }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'there is no such file';
  if (code === 'EISDIR') return 'it is a folder';
  return code === 'EACCES' ? 'it may not be read' : (code ?? 'the system gives no reason');
}

/** Does something with the database of one organisation, and closes it. */
export async function withOrganisation(
  context: Context,
  options: GlobalOptions,
  act: (services: Services, organisation: string) => Promise<Outcome>,
): Promise<Outcome> {
  const settings = readSettings(await environmentOf(context, options));
  return withServices(context, settings, await secretOf(settings), async (services) =>
    act(services, await findOrganisation(services.database, options.organisation)),
  );
}

/** Does something with the database, and closes it. */
export async function withServices<T>(
  context: Context,
  settings: Settings,
  secret: string,
  act: (services: Services) => Promise<T>,
): Promise<T> {
  const services = await context.open(settings, secret);
  try {
    return await act({ ...services, now: context.now });
  } finally {
    await services.close();
  }
}

/**
 * The master secret: the one in the settings, or a demo's own, which lies beside its invented data.
 * @throws SettingsError when there is none, and this is no demo
 */
export async function secretOf(settings: Settings): Promise<string> {
  if (settings.secret !== undefined) return settings.secret;
  const file = resolve(settings.dataDir, 'demo-secret');
  if (!settings.demo) {
    if (settings.databaseUrl === undefined && existsSync(file)) {
      throw new SettingsError(
        `${settings.dataDir} holds a demo. Set LEERKRING_DEMO=1 to work with it, or choose another DATA_DIR.`,
      );
    }
    return requireSecret(settings);
  }
  if (!existsSync(file)) {
    await mkdir(settings.dataDir, { recursive: true });
    await writeFile(file, newSecret(), { mode: 0o600, flag: 'wx' });
  }
  return readFile(file, 'utf8');
}
