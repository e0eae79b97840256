import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { publishedKeys } from '../server/keys/ballot-key.ts';
import { newSecret } from '../server/keys/master.ts';
import { AdministrationError, makeOrganisation } from '../server/organisations/organisations.ts';
import { readSettings, SettingsError } from '../server/settings.ts';
import { FolderInUse } from '../server/store/folder-lock.ts';
import {
  envFile,
  environmentOf,
  Refusal,
  withServices,
  WrongUse,
  type Context,
  type GlobalOptions,
  type Outcome,
} from './context.ts';

const REFUSALS = [AdministrationError, FolderInUse, SettingsError];

/** Makes an organisation, and the master secret when there is none yet. */
export async function init(context: Context, options: GlobalOptions & { readonly name: string }): Promise<Outcome> {
  const { organisation, name } = options;
  if (organisation === undefined) throw new WrongUse('Give the organisation a key, such as --organisation de-linde.');
  if (name.trim() === '') throw new WrongUse('Give the organisation a name with --name, such as "De Linde".');
  const settings = readSettings(await environmentOf(context, options, true));
  if (settings.demo) {
    throw new Refusal('A demo makes its own organisation. Set LEERKRING_DEMO=0, and another DATA_DIR, for a real one.');
  }
  const file = envFile(context, options);
  const made = settings.secret === undefined ? newSecret() : undefined;
  if (made !== undefined) await writeSecret(file, made);
  try {
    return await withServices(context, settings, settings.secret ?? made ?? '', async (services) => {
      await makeOrganisation(services, { id: organisation, name: name.trim() });
      const { keys } = await publishedKeys(services.database);
      const fingerprint = keys.find((key) => key.organisation === organisation)?.fingerprint ?? '';
      return {
        data: { organisation, name: name.trim(), fingerprint, secretFile: made === undefined ? null : file },
        lines: [
          `The organisation ${organisation} (${name.trim()}) is made.`,
          '',
          'The fingerprint of its ballot key, for the snippet (ballot-key="...") and for your privacy page:',
          `  ${fingerprint}`,
          '',
          ...(made === undefined
            ? ['The master secret in LEERKRING_SECRET is used. It belongs in no backup of the database.']
            : [
                `A master secret is made and written to ${file}, which only you can read.`,
                '  Keep a copy in a safe place, such as a password manager: without it, open rounds are lost.',
                '  It belongs in no backup of the database: the two together open a sealed box.',
              ]),
          '',
          'What to do next:',
          '  1. Say whose sign-in you trust: write an issuers file, and name it in the setting ISSUERS_FILE.',
          '  2. Bring in teams and people: leerkring roster import people.csv --dry-run',
          '  3. Start asking: leerkring series start --help',
          '  4. Start the server: leerkring serve',
        ],
      };
    });
  } catch (error) {
    // Refused for sure, so nothing was made with the secret. After any other error the file stays: a database that
    // broke off while it answered may have kept what it was told, and then this is the only copy of its secret.
    if (made !== undefined && REFUSALS.some((kind) => error instanceof kind)) await rm(file);
    throw error;
  }
}

async function writeSecret(file: string, secret: string): Promise<void> {
  const taken = new Refusal(
    `${file} is there already and has no LEERKRING_SECRET; it is left as it is. Add a line LEERKRING_SECRET=... ` +
      'with 32 random bytes (openssl rand -base64 32 makes them), or name another file with --env.',
  );
  if (existsSync(file)) throw taken;
  const content = [
    '# Settings of Leerkring; `leerkring settings` lists them all.',
    '# The master secret. Keep a copy in a safe place, and keep it out of every backup of the database.',
    `LEERKRING_SECRET=${secret}`,
    '',
  ].join('\n');
  try {
    await writeFile(file, content, { mode: 0o600, flag: 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw taken;
    throw new Refusal(`${file} can't be written (${code ?? 'unknown reason'}). Name another file with --env.`);
  }
}
