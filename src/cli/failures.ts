import { VersionTaken } from '../server/instruments/instruments.ts';
import { AdministrationError } from '../server/organisations/organisations.ts';
import { ProblemError, problemIn } from '../server/http/problems.ts';
import { SettingsError } from '../server/settings.ts';
import { EmbeddedUnavailable } from '../server/store/embedded.ts';
import { FolderInUse } from '../server/store/folder-lock.ts';
import { isUnreachable } from '../server/store/store.ts';
import { Refusal } from './context.ts';

const FORESEEN = [Refusal, SettingsError, AdministrationError, FolderInUse, EmbeddedUnavailable, VersionTaken];

/** An error in one sentence for the person at the terminal. Nothing of a database's own message: it repeats values. */
export function failureOf(error: unknown): string {
  if (FORESEEN.some((kind) => error instanceof kind)) return (error as Error).message;
  if (error instanceof ProblemError) {
    const { title, detail } = problemIn('en', error);
    return `${title}: ${detail}`;
  }
  const { code, path, name } = error as NodeJS.ErrnoException;
  const inBrackets = code === undefined ? '' : ` (${code})`;
  if (typeof code === 'string' && /^(28|3D000)/.test(code)) {
    return `PostgreSQL does not let Leerkring in${inBrackets}: check the name, password and database in DATABASE_URL.`;
  }
  if (path !== undefined && /^(EACCES|EPERM|EROFS|ENOSPC|ENOTDIR|EEXIST|EMFILE)$/.test(code ?? '')) {
    return `${path} can't be written or read${inBrackets}. Check DATA_DIR, and who may write there.`;
  }
  if (isUnreachable(error)) {
    return `PostgreSQL can't be reached${inBrackets}: check DATABASE_URL, and whether the database runs.`;
  }
  return `Something went wrong that should not: ${name}${inBrackets}. LOG_LEVEL=debug shows where.`;
}
