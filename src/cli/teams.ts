import { createHash } from 'node:crypto';
import { access, constants, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, extname, join, resolve, sep } from 'node:path';
import * as v from 'valibot';
import type { Schemas } from '../../manifest/check.ts';
import { GUID, HOST, VERSION } from '../../manifest/forms.ts';
import type { Icons } from '../../manifest/pack.ts';
import type { TeamsApp } from '../../manifest/template.ts';
import { TEAMS_SIGN_IN_PATH } from '../contract/teams-paths.ts';
import { SCOPE } from '../server/auth/entra.ts';
import { Refusal, WrongUse, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { packageFolder, versionOf } from './serve.ts';

export interface TeamsOptions extends GlobalOptions {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly appId?: string;
  readonly appVersion?: string;
  readonly output: string;
  /** Whether the server has to answer. */
  readonly check: boolean;
}

/**
 * The clients that may ask for tokens without asking people, as Microsoft documents them for tabs: those of all places that
 * may show the app in a frame.
 */
const TEAMS_CLIENTS = [
  { id: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', name: 'Teams on a computer or a telephone' },
  { id: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', name: 'Teams in a browser' },
  { id: '4765445b-32c6-49b0-83e6-1d93765276ca', name: 'Microsoft 365 in a browser' },
  { id: '0ec893e0-5785-4de6-99da-4ed124e5296c', name: 'Microsoft 365 on a computer' },
  { id: 'd3590ed6-52b3-4102-aeff-aad2292ab01c', name: 'Microsoft 365 on a telephone, Outlook on a computer' },
  { id: 'bc59ab01-8403-45c6-8796-ac3ef710b3e3', name: 'Outlook in a browser' },
  { id: '27922004-5251-4030-b22d-91ecd9a37ea4', name: 'Outlook on a telephone' },
] as const;

const ANSWERS_WITHIN_SECONDS = 10;

/** Packs the Teams app of one server, and says what to do with it. */
export async function packageTeamsApp(context: Context, options: TeamsOptions): Promise<Outcome> {
  // Fetched only here: the schemas' checker is large, and no other command needs it.
  const [{ appIdUriOf }, { packageOf }, { checkPackage }] = await Promise.all([
    import('../../manifest/template.ts'),
    import('../../manifest/pack.ts'),
    import('../../manifest/check.ts'),
  ]);
  const app = appOf(options);
  const file = resolve(context.cwd, options.output);
  await mustBeWritable(file, options.output);
  const { icons, schemas } = await builtParts();
  if (options.check) await mustAnswer(context, app.host);
  const zip = packageOf(app, icons);
  const problems = checkPackage(zip, schemas);
  if (problems.length > 0) {
    throw new Refusal('Teams would not take this package, so nothing was written.', {
      lines: problems.map((problem) => `  ${problem}`),
      data: { problems },
    });
  }
  await writeWhole(file, options.output, zip);
  const appIdUri = appIdUriOf(app);
  const issuer = {
    organisation: options.organisation ?? 'ORGANISATION',
    entra: { tenant: 'TENANT-ID', clientId: app.clientId, appIdUri },
  };
  return { data: { file, ...app, appIdUri, scope: SCOPE, clients: TEAMS_CLIENTS, issuer }, lines: steps(options, app, appIdUri, issuer) };
}

/** @throws WrongUse when the command line describes no app that Teams could show */
function appOf({ baseUrl, clientId, appId, appVersion }: TeamsOptions): TeamsApp {
  const host = hostOf(baseUrl);
  const client = guidOf('--client-id', clientId);
  const id = appId === undefined ? appIdFor(host, client) : guidOf('--app-id', appId);
  // What stands behind a version of ours, such as -beta.1, is nothing that Teams can compare.
  const version = appVersion ?? versionOf().replace(/[-+].*$/, '');
  if (!VERSION.test(version)) {
    throw new WrongUse(`--app-version: '${version}' is not three numbers without leading zeros, such as 1.2.3.`);
  }
  return { id, version, host, clientId: client };
}

function hostOf(baseUrl: string): string {
  const wrong = (reason: string) => new WrongUse(`--base-url: ${reason}`);
  if (!URL.canParse(baseUrl)) throw wrong(`'${baseUrl}' is not an address, such as https://leerkring.example.org.`);
  const { protocol, username, password, port, hostname, pathname, search, hash } = new URL(baseUrl);
  // First, so that no other sentence is the last word on an address with a password in it.
  if (username !== '' || password !== '') throw wrong('leave the name and the password out of the address.');
  if (protocol !== 'https:') throw wrong('Teams shows pages over https alone: the address has to begin with https://.');
  if (port !== '') throw wrong(`Teams takes no port in an address (:${port}): let a proxy do https on the usual one, 443.`);
  if (hostname.startsWith('[') || /^[\d.]+$/.test(hostname)) throw wrong(`${hostname} is an IP address, and Teams wants a name.`);
  if (hostname === 'localhost' || hostname.endsWith('.localhost')) {
    throw wrong(`${hostname} is this very computer, which nobody else reaches.`);
  }
  if (pathname !== '/' || search !== '' || hash !== '') throw wrong(`leave out what comes after the host: https://${hostname}.`);
  if (!HOST.test(hostname)) throw wrong(`'${hostname}' is not the full name of a host, such as leerkring.example.org.`);
  return hostname;
}

function guidOf(option: string, text: string): string {
  if (!GUID.test(text)) {
    throw new WrongUse(`${option}: '${text}' is not an id as Entra shows it, such as 11111111-1111-4111-8111-111111111111.`);
  }
  return text.toLowerCase();
}

/** RFC 9562 appendix C: the namespace of names that are addresses. */
const URL_NAMESPACE = '6ba7b8119dad11d180b400c04fd430c8';

/**
 * The app's id when none is given: the same for the same server and registration, so that Teams knows the next package
 * as a new version of this one. A UUID of version 5 (RFC 9562 section 5.5).
 */
export function appIdFor(host: string, clientId: string): string {
  const hash = createHash('sha1').update(URL_NAMESPACE, 'hex').update(`https://${host}/#${clientId}`).digest();
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** @throws Refusal when there is no place for the package, before anything else is done for it */
async function mustBeWritable(file: string, name: string): Promise<void> {
  // Teams asks for this ending; and a mistake does not replace a file that is something else.
  if (extname(file).toLowerCase() !== '.zip') throw new WrongUse(`--output: give ${name} a name that ends in .zip.`);
  try {
    const there = await stat(file).catch(() => undefined);
    if (there && !there.isFile()) throw new Refusal(`${name} can't be written: it is not a file.`);
    if (there) await access(file, constants.W_OK);
    // With the slash, it is found only when it is a folder.
    await access(join(dirname(file), sep), constants.W_OK);
  } catch (error) {
    throw error instanceof Refusal ? error : notWritten(name, error);
  }
}

async function writeWhole(file: string, name: string, content: Uint8Array): Promise<void> {
  const unfinished = `${file}.unfinished`;
  try {
    await writeFile(unfinished, content);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw notWritten(name, error);
  }
}

function notWritten(name: string, error: unknown): Refusal {
  const { code } = error as NodeJS.ErrnoException;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: 'there is no such folder',
    ENOTDIR: 'what should be its folder is a file',
    EACCES: 'it may not be written there',
    EROFS: 'nothing can be written there',
    ENOSPC: 'the disk is full',
  };
  return new Refusal(`${name} can't be written: ${reasons[code ?? ''] ?? code ?? 'the system gives no reason'}.`);
}

async function builtParts(): Promise<{ readonly icons: Icons; readonly schemas: readonly Schemas[] }> {
  const folder = join(packageFolder(), 'dist', 'teams');
  try {
    const [color, outline, schemas] = await Promise.all([
      readFile(join(folder, 'color.png')),
      readFile(join(folder, 'outline.png')),
      readFile(join(folder, 'schemas.json'), 'utf8'),
    ]);
    return { icons: { color, outline }, schemas: JSON.parse(schemas) as Schemas[] };
  } catch {
    throw new Refusal(`The app's icons are not built: ${folder} is missing, or not whole. Type: npm run build`);
  }
}

/** What a server of ours says of itself, and nobody else in these words. */
const alive = v.strictObject({ status: v.literal('alive') });

/** @throws Refusal when no Leerkring answers there */
async function mustAnswer(context: Context, host: string): Promise<void> {
  const address = `https://${host}/healthz`;
  const wayOut = 'Nothing was written. To package before the server runs: --no-check.';
  let status: number;
  let body: string;
  try {
    // Where it would be sent on to is not where Teams looks.
    const response = await context.fetch(address, { redirect: 'manual', signal: AbortSignal.timeout(ANSWERS_WITHIN_SECONDS * 1000) });
    status = response.status;
    body = await response.text();
  } catch (error) {
    throw new Refusal(`${address} does not answer: ${whyNot(error)}. ${wayOut}`);
  }
  if (status >= 300 && status < 400) throw new Refusal(`${address} sends on to another address, and Teams wants the server's own. ${wayOut}`);
  if (status !== 200 || !v.is(v.pipe(v.string(), v.parseJson(), alive), body)) {
    throw new Refusal(`${address} answers, but not as a Leerkring does (status ${String(status)}). ${wayOut}`);
  }
}

function whyNot(error: unknown): string {
  const { name, cause } = error as Error;
  if (name === 'TimeoutError') return `not within ${String(ANSWERS_WITHIN_SECONDS)} seconds`;
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'no reason is given';
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the name is not known here (${code})`;
  if (code === 'ECONNREFUSED') return `nothing listens there (${code})`;
  return /CERT|SIGNATURE|TLS|SSL|SELF_SIGNED/.test(code) ? `its certificate is not trusted (${code})` : code;
}

/** What an administrator clicks where, in the order in which it works. */
function steps({ output, organisation }: TeamsOptions, { id, version, host, clientId }: TeamsApp, appIdUri: string, issuer: object): string[] {
  return [
    `${output} is written: Leerkring for Teams at https://${host}, version ${version}, app id ${id}.`,
    'Its manifest, texts, icons and addresses are checked. What to click where:',
    '',
    '1. The app registration, once. https://entra.microsoft.com > App registrations > All applications > the one with the',
    `   client id ${clientId}:`,
    '   a. Expose an API > Application ID URI > Add. Replace what is there by exactly this, and save:',
    `        ${appIdUri}`,
    `   b. Expose an API > Add a scope. Scope name: ${SCOPE}. Who can consent: Admins and users. Admin consent display`,
    '      name: Sign in to Leerkring. Admin consent description: Leerkring learns who you are. State: Enabled.',
    '   c. Expose an API > Add a client application, for each of these, with the scope ticked (the first two are Teams):',
    ...TEAMS_CLIENTS.map((client) => `        ${client.id}   ${client.name}`),
    '   d. Manifest > under "api", set "requestedAccessTokenVersion" to 2, and save.',
    '   e. Token configuration > Add optional claim > Access: tick acct and upn, and add. By these a guest is told from an',
    '      employee, however the names in the roster look.',
    '   f. Authentication > Add a platform > Single-page application. Redirect URI, for those of whom Microsoft itself wants to',
    '      ask something that Teams does not, and for signing in in a browser; save, and tick neither of the tokens. As',
    '      another kind of platform, signing in in a browser ends with EntraUnreachable:',
    `        https://${host}${TEAMS_SIGN_IN_PATH}`,
    '   g. API permissions > Add a permission > Microsoft Graph > Delegated permissions: tick openid, profile and',
    '      offline_access, and add. Then Grant admin consent. They are for signing in in a browser, and read no data; without',
    '      this, Microsoft asks each person whether that is all right, or refuses where people may not agree to it themselves.',
    '2. This server. Add this to the list in ISSUERS_FILE, and start the server again. TENANT-ID is the Directory (tenant) id',
    `   in the Overview of the app registration${organisation === undefined ? ', ORGANISATION the key that `leerkring init` was given' : ''}. PUBLIC_URL has to be`,
    `   https://${host}.`,
    ...JSON.stringify(issuer, null, 2).split('\n').map((line) => `        ${line}`),
    '3. The upload. https://admin.teams.microsoft.com > Teams apps > Manage apps > Actions > Upload new app > Upload:',
    `        ${output}`,
    '   When Leerkring is there already, open it in the list and choose Upload file: a new version has to be higher than the',
    '   one before (--app-version). Its two permissions let people show figures on the stage of a meeting; it reads no chats.',
    '   When it is there, open it in the list: set TEAMS_APP_ID to the App ID that stands there, and start this server again. A',
    '   page of Leerkring that is opened in a browser then has a link to Teams, to the very entry too.',
    '   Whoever does not find it: under Actions > Org-wide app settings, custom apps have to be allowed, and under Users and groups',
    '   of the app itself it has to be available to them.',
    '4. The policy. Teams apps > Setup policies > Global, or a policy for those who begin: add Leerkring under Installed',
    '   apps, and under Pinned apps to have it in view, and save. It may take a day until everybody has it.',
  ];
}
