import { resolve } from 'node:path';
import * as v from 'valibot';

/** Thrown when a setting is wrong or missing; its message is for the person who starts the server. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/** What a setting is for, in the words that `leerkring --help` and the documentation use. */
export interface SettingDoc {
  readonly name: string;
  readonly meaning: string;
  readonly fallback: string;
}

const port = v.pipe(
  v.string(),
  v.regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535'),
  v.transform(Number),
  v.maxValue(65535, 'must be a port number, 0 to 65535'),
);

const switchOn = v.pipe(
  v.picklist(['0', '1', 'true', 'false'], 'must be 1 or 0'),
  v.transform((value) => value === '1' || value === 'true'),
);

const origin = v.pipe(
  v.string(),
  v.check((value) => originOf(value) !== undefined, 'must be an http or https address, such as https://leerkring.example.org'),
  v.transform((value) => originOf(value) ?? value),
);

const wholeNumber = (lowest: number, highest: number) =>
  v.pipe(
    v.string(),
    v.regex(/^\d{1,9}$/, `must be a whole number from ${lowest} to ${highest}`),
    v.transform(Number),
    v.minValue(lowest, `must be a whole number from ${lowest} to ${highest}`),
    v.maxValue(highest, `must be a whole number from ${lowest} to ${highest}`),
  );

/**
 * The hosts of Teams, Outlook and Microsoft 365, as Microsoft lists them for what is shown in a frame there. Each page
 * above a frame has to be among them.
 */
const TEAMS_HOSTS = [
  'https://teams.microsoft.com',
  'https://*.teams.microsoft.com',
  'https://*.cloud.microsoft',
  'https://*.microsoft365.com',
  'https://*.office.com',
  'https://outlook.live.com',
  'https://outlook.office.com',
  'https://outlook.office365.com',
  'https://outlook-sdf.office.com',
  'https://outlook-sdf.office365.com',
].join(' ');

/** The words that must be typed to put a server where anybody may sign in as anybody on a public address. */
const PUBLIC_DEMO = 'anyone-may-sign-in-as-anyone';

const entries = {
  PORT: { schema: port, fallback: '4180', meaning: 'The port that the server listens on.' },
  HOST: {
    schema: v.pipe(
      v.string(),
      v.check((host) => URL.canParse(httpAddress(host)), 'must be an address to listen on, such as 127.0.0.1'),
    ),
    fallback: '127.0.0.1',
    meaning: 'The address that it listens on; 0.0.0.0 lets other machines in.',
  },
  PUBLIC_URL: {
    schema: v.optional(origin),
    fallback: 'http://HOST:PORT',
    meaning: 'The address under which people reach the server.',
  },
  DATA_DIR: {
    schema: v.pipe(v.string(), v.minLength(1, 'must be a folder')),
    fallback: './data',
    meaning: 'The folder of the embedded database; one server at a time.',
  },
  DATABASE_URL: {
    schema: v.optional(v.pipe(v.string(), v.regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://'))),
    fallback: 'none: the embedded database',
    meaning: 'A PostgreSQL database (version 15 or newer) instead of the embedded one.',
  },
  DATABASE_POOL: {
    schema: wholeNumber(1, 200),
    fallback: '10',
    meaning: 'The most connections that this server opens to PostgreSQL.',
  },
  LEERKRING_SECRET: {
    schema: v.optional(v.pipe(v.string(), v.minLength(32, 'must have at least 32 characters; `leerkring init` makes one'))),
    fallback: 'required, except in a demo',
    meaning: 'The master secret. Keep it apart from the database and out of its backups.',
  },
  ISSUERS_FILE: {
    schema: v.optional(v.pipe(v.string(), v.minLength(1, 'must be a file'))),
    fallback: 'required, except in a demo',
    meaning: 'A JSON file that lists whose tokens are trusted.',
  },
  CORS_ORIGINS: {
    schema: v.pipe(
      v.string(),
      v.transform((list) => list.split(/[\s,]+/).filter((part) => part !== '')),
      v.array(origin),
    ),
    fallback: 'none',
    meaning: 'The intranet sites that may use the server, as origins with commas between them.',
  },
  FRAME_ANCESTORS: {
    schema: v.pipe(
      v.string(),
      v.transform((list) => list.split(/[\s,]+/).filter((part) => part !== '')),
      v.array(v.pipe(v.string(), v.check(isFrameSource, 'must be https addresses, such as https://intranet.example.org or https://*.example.org'))),
    ),
    fallback: 'the hosts of Microsoft Teams, Outlook and Microsoft 365',
    meaning: 'The sites that may show the pages of the Teams app in a frame, instead of the hosts of Teams: so name these as well.',
  },
  TEAMS_APP_ID: {
    schema: v.optional(v.pipe(v.string(), v.uuid('must be the id of the app, as the Teams admin center shows it'))),
    fallback: 'none: people are told to look for the app',
    meaning: 'The id of the Teams app in your organisation: a page that is opened in a browser then has a link to it.',
  },
  BALLOT_GRACE_SECONDS: {
    schema: wholeNumber(0, 86_400),
    fallback: '600; 25 in a demo',
    meaning: 'How long after closing a round still takes ballots that were on their way.',
  },
  LOG_LEVEL: {
    schema: v.picklist(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent'),
    fallback: 'info',
    meaning: 'How much the server writes to its log.',
  },
  LEERKRING_DEMO: {
    schema: switchOn,
    fallback: '0; `npm start` sets 1',
    meaning: 'A demo: an invented organisation, and signing in as any of its people.',
  },
  LEERKRING_DEMO_PUBLIC: {
    schema: v.optional(v.literal(PUBLIC_DEMO, `must be the words ${PUBLIC_DEMO}, or absent`)),
    fallback: 'none',
    meaning: `A demo is refused on an address other than loopback unless this says ${PUBLIC_DEMO}.`,
  },
  DEMO_INTRANET_PORT: {
    schema: v.optional(port),
    fallback: 'PORT + 1',
    meaning: 'The port of the demo’s intranet, which is another origin.',
  },
} as const;

/** All settings, for a page or a terminal. */
export const SETTINGS: readonly SettingDoc[] = Object.entries(entries).map(([name, { meaning, fallback }]) => ({
  name,
  meaning,
  fallback,
}));

export interface Settings {
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string | undefined;
  readonly databasePool: number;
  readonly secret: string | undefined;
  readonly issuersFile: string | undefined;
  readonly corsOrigins: readonly string[];
  readonly frameAncestors: readonly string[];
  readonly teamsAppId: string | undefined;
  readonly ballotGrace: number;
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  readonly demo: { readonly intranetPort: number } | undefined;
}

/**
 * Reads the settings from the environment.
 * @throws SettingsError naming the setting that is wrong
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  for (const name of Object.keys(environment)) {
    if (name.startsWith('LEERKRING_') && !(name in entries)) {
      throw new SettingsError(`${name} is not a setting of Leerkring. Did you mean ${closest(name)}?`);
    }
  }
  const demo = read('LEERKRING_DEMO', environment, '0');
  const port = read('PORT', environment, '4180');
  const host = read('HOST', environment, '127.0.0.1');
  const publicUrl = read('PUBLIC_URL', environment) ?? httpAddress(host, port);
  const settings: Settings = {
    port,
    host,
    publicUrl,
    dataDir: resolve(read('DATA_DIR', environment, './data')),
    databaseUrl: read('DATABASE_URL', environment),
    databasePool: read('DATABASE_POOL', environment, '10'),
    secret: read('LEERKRING_SECRET', environment),
    issuersFile: read('ISSUERS_FILE', environment),
    corsOrigins: read('CORS_ORIGINS', environment, ''),
    frameAncestors: read('FRAME_ANCESTORS', environment, TEAMS_HOSTS),
    teamsAppId: read('TEAMS_APP_ID', environment),
    ballotGrace: read('BALLOT_GRACE_SECONDS', environment, demo ? '25' : '600'),
    logLevel: read('LOG_LEVEL', environment, 'info'),
    demo: demo ? { intranetPort: read('DEMO_INTRANET_PORT', environment) ?? (port === 0 ? 0 : port + 1) } : undefined,
  };
  if (demo && read('LEERKRING_DEMO_PUBLIC', environment) === undefined) {
    for (const [name, address] of [['PUBLIC_URL', publicUrl], ['HOST', httpAddress(host)]] as const) {
      if (!isLoopback(address)) {
        throw new SettingsError(
          `${name} is not a loopback address, and in a demo anybody can sign in as anybody. Stop the demo ` +
            `(LEERKRING_DEMO=0), or set LEERKRING_DEMO_PUBLIC=${PUBLIC_DEMO} if that is what you want.`,
        );
      }
    }
  }
  return settings;
}

/** The secret of a server that is no demo. @throws SettingsError when there is none */
export function requireSecret(settings: Settings): string {
  if (settings.secret !== undefined) return settings.secret;
  throw new SettingsError('LEERKRING_SECRET is missing. `leerkring init` makes one; keep it apart from the database.');
}

type Entries = typeof entries;
type Value<K extends keyof Entries> = v.InferOutput<Entries[K]['schema']>;

function read<K extends keyof Entries>(name: K, environment: Readonly<Record<string, string | undefined>>): Value<K>;
function read<K extends keyof Entries>(
  name: K,
  environment: Readonly<Record<string, string | undefined>>,
  fallback: string,
): NonNullable<Value<K>>;
function read<K extends keyof Entries>(
  name: K,
  environment: Readonly<Record<string, string | undefined>>,
  fallback?: string,
): Value<K> {
  // An empty variable is what many shells and compose files make of one that is not set.
  const given = environment[name] === '' ? undefined : environment[name];
  const result = v.safeParse(entries[name].schema, given ?? fallback);
  if (result.success) return result.output;
  throw new SettingsError(`${name} ${result.issues[0].message}.`);
}

/** A host, which may be an IPv6 address, as the beginning of an address. */
export function httpAddress(host: string, port?: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}${port === undefined ? '' : `:${String(port)}`}`;
}

function originOf(value: string): string | undefined {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') return undefined;
  return url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' ? url.origin : undefined;
}

/** Whether it can stand in `frame-ancestors`: an origin, of which the first part of the host may be a star (CSP level 3). */
function isFrameSource(value: string): boolean {
  return /^https:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?$/.test(value) && originOf(value.replace('://*.', '://any.')) !== undefined;
}

/** Whether an address is one of this very computer. */
export function isLoopback(address: string): boolean {
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

function closest(name: string): string {
  const shared = (other: string) => [...other].filter((letter, index) => name[index] === letter).length;
  return Object.keys(entries)
    .filter((other) => other.startsWith('LEERKRING_'))
    .reduce((best, other) => (shared(other) > shared(best) ? other : best));
}
