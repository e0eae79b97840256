import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { pino, type Logger } from 'pino';
import type { Widget } from '../contract/widgets.ts';
import { createApp, ENDLESS } from './app.ts';
import { authenticator, type Issuer } from './auth/issuers.ts';
import { personIn } from './auth/people.ts';
import { countBallots } from './ballots/ballot-count.ts';
import { requestLimits } from './http/limits.ts';
import { runDueWork, startClockwork } from './jobs/clockwork.ts';
import { masterOf } from './keys/master.ts';
import { startPoprf } from './keys/poprf.ts';
import type { Services } from './services.ts';
import { SettingsError, type Settings } from './settings.ts';
import { openStore, type StorePlace } from './store/store.ts';
import type { Database } from './store/tables.ts';

/** Milliseconds that requests have to finish when the server stops: less than the ten seconds before Docker kills. */
const FINISHING = 8_000;

/** The services that settings describe, for a server and for the command line alike. */
export interface OpenServices extends Services {
  /** The database for requests that somebody waits for. */
  readonly requests: Database;
  close(): Promise<void>;
}

/**
 * Opens the database and unlocks the keys.
 * @throws SettingsError when the secret is not the one that the database's keys were wrapped with
 */
export async function openServices(settings: Settings, secret: string): Promise<OpenServices> {
  const store = await openStore(placeOf(settings));
  const poprf = startPoprf();
  const services = {
    database: store.database,
    requests: store.requests,
    master: masterOf(secret),
    poprf,
    log: logTo(settings),
    now: () => new Date(),
    async close() {
      await poprf.close();
      await store.close();
    },
  };
  try {
    await checkSecret(services);
    return services;
  } catch (error) {
    await services.close();
    throw error;
  }
}

export interface Running {
  /** The port listened on. */
  readonly port: number;
  /** Lets requests that are under way finish, then ends. The services stay open: who opened them closes them. */
  stop(): Promise<void>;
}

/** Listens, and keeps the rounds going. */
export async function startServer(
  services: Services & { readonly requests?: Database },
  settings: Settings,
  options: {
    readonly issuers: readonly Issuer[];
    readonly version: string;
    readonly browserFiles?: string;
    readonly extension?: Hono;
    readonly corsOrigins?: readonly string[];
    /**
     * For the pages that the server itself shows: what the built widgets say of themselves, the folder of the
     * documentation, and more sites that may show the Teams app in a frame, such as a demo's own.
     */
    readonly pages?: { readonly widgets: readonly Widget[]; readonly docs: string; readonly frames?: readonly string[] };
  },
): Promise<Running> {
  const ballotCount = countBallots(services.log, services.now);
  const corsOrigins = [...settings.corsOrigins, ...(options.corsOrigins ?? [])];
  const app = createApp({ ...services, database: services.requests ?? services.database }, {
    authenticate: authenticator(options.issuers, services.log, personIn(services.requests ?? services.database)),
    limits: requestLimits(),
    ballotCount,
    publicUrl: settings.publicUrl,
    version: options.version,
    corsOrigins,
    ...(options.pages && {
      pages: {
        ...options.pages,
        appId: settings.teamsAppId,
        intranets: corsOrigins,
        clients: new Map(options.issuers.flatMap(({ tenant, clientId, organisation }) => (tenant === undefined || clientId === undefined ? [] : [[tenant, { client: clientId, organisation }] as const]))),
        frames: [...settings.frameAncestors, ...(options.pages.frames ?? [])],
      },
    }),
    ...(options.browserFiles === undefined ? {} : { browserFiles: options.browserFiles }),
    ...(options.extension ? { extension: options.extension } : {}),
  });
  await runDueWork(services, settings.ballotGrace);
  const listening = await listen(app, settings.port, settings.host, 'PORT');
  const clockwork = startClockwork(services, settings.ballotGrace);
  return {
    port: listening.port,
    async stop() {
      await listening.stop();
      await clockwork.stop();
      ballotCount.stop();
    },
  };
}

/**
 * Makes sure that a port can be listened on, before anything is done that takes long.
 * @param setting the name of the setting that chose the port
 * @throws SettingsError when the port is taken or may not be used
 */
export async function checkPort(port: number, hostname: string, setting: string): Promise<void> {
  const probe = createServer();
  await new Promise<void>((resolve, reject) => {
    probe.once('error', (error: NodeJS.ErrnoException) => { reject(cannotListen(error, port, hostname, setting)); });
    probe.listen(port, hostname, resolve);
  });
  await new Promise((resolve) => probe.close(resolve));
}

function cannotListen(error: NodeJS.ErrnoException, port: number, hostname: string, setting: string): SettingsError {
  const here = `${setting}: ${hostname}:${String(port)}`;
  if (error.code === 'EADDRINUSE') {
    return new SettingsError(`${here} is used by another program. Stop that one, or choose another port, such as ${setting}=${String(port + 100)}.`);
  }
  return new SettingsError(`${here} can't be listened on (${error.code ?? error.message}).`);
}

/**
 * Serves an app on an address.
 * @param setting the name of the setting that chose the port, for when it is taken
 * @throws SettingsError when the port is taken or may not be used
 */
export async function listen(app: Hono, port: number, hostname: string, setting: string): Promise<Running> {
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch: app.fetch, port, hostname }, () => { resolve(starting); }) as Server;
    starting.once('error', (error: NodeJS.ErrnoException) => {
      reject(cannotListen(error, port, hostname, setting));
    });
  });
  const underWay = new Set<ServerResponse>();
  server.on('request', (_: IncomingMessage, response: ServerResponse) => {
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        const deadline = setTimeout(() => { server.closeAllConnections(); }, FINISHING);
        server.close(() => {
          clearTimeout(deadline);
          resolve();
        });
        server.closeIdleConnections();
        for (const response of underWay) {
          // A connection that is kept alive after its answer would hold up the end by seconds.
          response.shouldKeepAlive = false;
          // What goes on coming would never end by itself: who listens asks the next server.
          const { socket } = response;
          if (ENDLESS.has(response)) response.end(() => { socket?.end(); });
        }
      }),
  };
}

function placeOf(settings: Settings): StorePlace {
  return settings.databaseUrl === undefined
    ? { kind: 'folder', folder: settings.dataDir }
    : { kind: 'postgres', url: settings.databaseUrl, pool: settings.databasePool };
}

function logTo(settings: Settings): Logger {
  // No host name, no process id, no request: a line holds what its place in the code puts there.
  // On the standard error: the standard output is what a command was asked for, and may be read by a program.
  const options = { level: settings.logLevel, base: null, timestamp: pino.stdTimeFunctions.isoTime };
  return pino(options, pino.destination({ dest: 2, sync: true }));
}

async function checkSecret({ database, master }: Services): Promise<void> {
  const keys = await database.selectFrom('ballot_key').select(['organisation', 'secret_key']).execute();
  for (const key of keys) {
    try {
      master.unwrap('ballot key', key.organisation, key.secret_key);
    } catch {
      throw new SettingsError(
        `LEERKRING_SECRET is not the secret that the ballot key of ${key.organisation} was made with.`,
      );
    }
  }
}
