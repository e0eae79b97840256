import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as v from 'valibot';
import { BALLOT_KEYS_PATH } from '../contract/ballot-keys.ts';
import { widgetsSchema, type Widget } from '../contract/widgets.ts';
import { readIssuers, type Issuer } from '../server/auth/issuers.ts';
import { checkPort, listen, startServer, type Running } from '../server/main.ts';
import type { Services } from '../server/services.ts';
import { httpAddress, readSettings, SettingsError, type Settings } from '../server/settings.ts';
import { environmentOf, secretOf, type Context, type GlobalOptions, type Outcome } from './context.ts';

/**
 * Runs the server until it is asked to stop; then lets requests that are under way finish.
 * @param announce told once, when the server can be reached
 */
export async function serve(
  context: Context,
  options: GlobalOptions,
  announce: (outcome: Outcome) => void,
): Promise<void> {
  const say = (line: string) => (options.json ? context.stderr : context.stdout).write(`${line}\n`);
  const settings = readSettings(await environmentOf(context, options));
  const secret = await secretOf(settings);
  const issuers = settings.demo ? [] : await trustedIssuers(context, settings);
  await checkPort(settings.port, settings.host, 'PORT');
  if (settings.demo) await checkPort(settings.demo.intranetPort, settings.host, 'DEMO_INTRANET_PORT');
  const services = await context.open(settings, secret);
  const running: Running[] = [];
  try {
    const addresses = settings.demo
      ? await startDemo(services, settings, settings.demo.intranetPort, running, say)
      : await startReal(services, settings, issuers, running, (line) => context.stderr.write(`${line}\n`));
    announce({
      data: { version: versionOf(), addresses },
      lines: [
        `Leerkring ${versionOf()} is ready. Worth opening:`,
        ...addresses.map(({ label, url }) => `  ${url}  ${label}`),
        'Ctrl-C stops it.',
      ],
    });
    await context.untilStopped();
    say('Leerkring stops, and lets requests that are under way finish.');
  } finally {
    await Promise.all(running.map((each) => each.stop()));
    await services.close();
  }
}

interface Address {
  readonly label: string;
  readonly url: string;
}

async function startReal(
  services: Services,
  settings: Settings,
  issuers: readonly Issuer[],
  running: Running[],
  warn: (line: string) => void,
): Promise<Address[]> {
  const present = await services.database.selectFrom('organisation').select('id').execute();
  for (const { organisation, issuer } of issuers) {
    if (!present.some(({ id }) => id === organisation)) {
      warn(
        `ISSUERS_FILE trusts ${issuer} for the organisation ${organisation}, which does not exist; ` +
          '`leerkring init` makes one.',
      );
    }
  }
  const built = browserFiles(warn);
  const server = await startServer(services, settings, {
    issuers,
    version: versionOf(),
    pages: { widgets: widgetsIn(built.browserFiles), docs: docs() },
    ...built,
  });
  running.push(server);
  const here = httpAddress(settings.host, server.port);
  const isPublic = settings.publicUrl !== httpAddress(settings.host, settings.port);
  return [
    ...(isPublic ? [{ label: 'how people reach it', url: settings.publicUrl }] : []),
    { label: 'is it ready?', url: `${here}/readyz` },
    { label: 'what it can be asked, in OpenAPI', url: `${here}/openapi.json` },
    { label: 'its public ballot keys', url: `${here}${BALLOT_KEYS_PATH}` },
  ];
}

async function startDemo(
  services: Services,
  settings: Settings,
  intranetPort: number,
  running: Running[],
  say: (line: string) => void,
): Promise<readonly Address[]> {
  // Fetched only here: a real server loads nothing of a demo.
  const { prepareDemo } = await import('../demo/demo.ts');
  const built = browserFiles(say);
  const widgets = widgetsIn(built.browserFiles);
  const demo = await prepareDemo(services, settings, { widgets, ...built }, say);
  const intranet = new URL(settings.publicUrl);
  intranet.port = String(intranetPort);
  running.push(
    await startServer(services, settings, {
      issuers: demo.issuers,
      version: versionOf(),
      extension: demo.site,
      corsOrigins: [intranet.origin],
      pages: { widgets, docs: docs(), frames: ["'self'"] },
      ...built,
    }),
  );
  running.push(await listen(demo.intranet, intranetPort, settings.host, 'DEMO_INTRANET_PORT'));
  return demo.addresses;
}

async function trustedIssuers(context: Context, settings: Settings): Promise<Issuer[]> {
  if (settings.issuersFile !== undefined) return readIssuers(resolve(context.cwd, settings.issuersFile));
  throw new SettingsError(
    'ISSUERS_FILE is missing: a JSON file that says whose sign-in is trusted. A demo (LEERKRING_DEMO=1) needs none.',
  );
}

function browserFiles(warn: (line: string) => void): { readonly browserFiles?: string } {
  const folder = join(packageFolder(), 'dist', 'browser');
  if (existsSync(folder)) return { browserFiles: folder };
  warn(`The browser files are not built, so no widget is served: ${folder} is missing. Type: npm run build`);
  return {};
}

const docs = () => join(packageFolder(), 'docs');

/** What the widgets say of themselves, as the build gathered it; none where nothing was built. */
function widgetsIn(folder: string | undefined): Widget[] {
  const list = folder === undefined ? undefined : join(folder, 'kit', 'widgets.json');
  if (list === undefined || !existsSync(list)) return [];
  return v.parse(widgetsSchema, JSON.parse(readFileSync(list, 'utf8')));
}

/** As `package.json` has it. */
export function versionOf(): string {
  const about = JSON.parse(readFileSync(join(packageFolder(), 'package.json'), 'utf8')) as { readonly version: string };
  return about.version;
}

/** The nearest folder above this file with a package.json, be this file a source or a part of a bundle. */
export function packageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}
