import { isPlain } from '../contract/plain.ts';
import type { Place, Roster, RosterDifference } from '../domain/roster.ts';
import { CONTACT_LENGTH, setContact } from '../server/organisations/contact.ts';
import { parseRoster } from '../server/roster/csv.ts';
import { importRoster } from '../server/roster/roster.ts';
import { listSeries } from '../server/rounds/series.ts';
import type { Database } from '../server/store/tables.ts';
import { contentOf, Refusal, withOrganisation, WrongUse, type Context, type GlobalOptions, type Outcome } from './context.ts';
import { withProgress } from './progress.ts';
import { count } from './words.ts';

/** More lines of one kind than this are counted and not listed. */
const MOST_LINES = 40;

/** Makes a CSV file the organisation's roster, whole or not at all. */
export async function importRosterFile(
  context: Context,
  file: string,
  options: GlobalOptions & { readonly dryRun?: boolean; readonly allowRemovals?: boolean },
): Promise<Outcome> {
  const dryRun = options.dryRun ?? false;
  const roster = readRoster(file, await contentOf(context, file));
  return withOrganisation(context, options, async ({ database, now }, organisation) => {
    const difference = await importRoster(database, organisation, roster, { at: now(), dryRun: true });
    const removed = difference.people.removed.length;
    const before = roster.people.length - difference.people.added.length + removed;
    // The commonest accident is a file that was cut off, or that holds one department.
    const tooMany = removed * 2 > before && options.allowRemovals !== true;
    const warning = `${file} would remove ${String(removed)} of the ${String(before)} people`;
    if (tooMany && !dryRun) {
      throw new Refusal(`${warning}, so nothing was changed. If that is meant, add --allow-removals.`, {
        lines: [],
        data: { removed, before },
      });
    }
    if (!dryRun) {
      await withProgress(context, options, 'Importing', (progress) =>
        importRoster(database, organisation, roster, { at: now(), dryRun: false, progress }),
      );
    }
    return {
      data: {
        organisation,
        dryRun,
        teams: roster.teams.length,
        people: roster.people.length,
        needsAllowRemovals: tooMany,
        difference,
      },
      lines: [
        ...summary(difference, roster),
        `The roster ${dryRun ? 'would have' : 'has'} ${count(roster.people.length, 'person', 'people')} ` +
          `in ${count(roster.teams.length, 'team', 'teams')}.`,
        ...(tooMany ? [`${warning}: an import is refused without --allow-removals.`] : []),
        ...(dryRun ? ['This was a dry run: nothing was changed.'] : await whatNow(database, organisation)),
      ],
    };
  });
}

async function whatNow(database: Database, organisation: string): Promise<string[]> {
  const series = await listSeries(database, organisation);
  return series.some(({ stoppedAt }) => stoppedAt === null)
    ? ['Rounds that are open keep the people they opened with.']
    : ['Ask them something: leerkring series start --help'];
}

function readRoster(file: string, content: Buffer): Roster {
  const parsed = parseRoster(content);
  if ('roster' in parsed) return parsed.roster;
  const errors = parsed.errors.map(({ message, ...where }) => ({ ...where, message: message.en }));
  throw new Refusal(`${file} has ${count(errors.length, 'error', 'errors')}; nothing was changed.`, {
    lines: errors.map(
      ({ line, column, columnName, message }) =>
        `  line ${String(line)}, column ${String(column)}${columnName === '' ? '' : ` (${columnName})`}: ${message}`,
    ),
    data: { errors },
  });
}

function summary({ people, teams }: RosterDifference, roster: Roster): string[] {
  const names = new Map([...teams.removed, ...roster.teams].map(({ id, name }) => [id, name]));
  const team = (id: string | null) => (id === null ? 'the top' : (names.get(id) ?? id));
  const places = (list: readonly Place[]) =>
    list.map((place) => `${place.role} of ${team(place.team)}`).join(', ') || 'no team';
  const named = ({ id, name }: { readonly id: string; readonly name: string }) => `${name} (${id})`;
  const parts = [
    part('Teams added', teams.added, (added) => `${named(added)} under ${team(added.parent)}`),
    part('Teams removed', teams.removed, named),
    part('Teams renamed', teams.renamed, ({ id, from, to }) => `${from} -> ${to} (${id})`),
    part(
      'Teams moved',
      teams.moved,
      (move) => `${named(move.team)}: under ${team(move.from)} -> under ${team(move.to)}`,
    ),
    part('People added', people.added, ({ person, to }) => `${named(person)}: ${places(to)}`),
    part('People removed', people.removed, ({ person, from }) => `${named(person)}: ${places(from)}`),
    part('People moved', people.moved, ({ person, from, to }) => `${named(person)}: ${places(from)} -> ${places(to)}`),
    part('People renamed', people.renamed, ({ id, from, to }) => `${from} -> ${to} (${id})`),
  ].flat();
  return parts.length === 0 ? ['The file says what the roster says already.'] : parts;
}

function part<T>(title: string, list: readonly T[], line: (item: T) => string): string[] {
  if (list.length === 0) return [];
  const rest = list.length - MOST_LINES;
  return [
    `${title}: ${String(list.length)}`,
    ...list.slice(0, MOST_LINES).map((item) => `  ${line(item)}`),
    ...(rest > 0 ? [`  and ${String(rest)} more (--json lists all)`] : []),
  ];
}

/** Says whom people ask who are not in the roster. */
export async function setRosterContact(context: Context, given: string | undefined, options: GlobalOptions): Promise<Outcome> {
  const contact = given?.trim() === '' ? undefined : given?.trim();
  if (contact !== undefined && (contact.length > CONTACT_LENGTH || !isPlain(contact))) {
    throw new WrongUse(`Say whom to ask in one line of at most ${String(CONTACT_LENGTH)} characters.`);
  }
  return withOrganisation(context, options, async (services, organisation) => {
    await setContact(services, organisation, contact ?? null);
    return {
      data: { organisation, contact: contact ?? null },
      lines: [`Whoever is not in the roster reads: ask ${contact ?? 'the administrator of Leerkring'}.`],
    };
  });
}
