import { createHash } from 'node:crypto';
import { CsvError, parse } from 'csv-parse/sync';
import { LIMITS } from '../../contract/limits.ts';
import type { Localized } from '../../domain/language.ts';
import type { Membership, Role, Roster, RosterPerson, RosterTeam } from '../../domain/roster.ts';

/** Something in the file that has to be put right before anything of it is used. */
export interface RosterError {
  /** From 1; the line on which the row begins. */
  readonly line: number;
  /** From 1: which column of the row. */
  readonly column: number;
  /** What the file calls that column; for a missing one, what it should be called. Empty when there is no name. */
  readonly columnName: string;
  readonly message: Localized;
}

export type ParsedRoster = { readonly roster: Roster } | { readonly errors: readonly RosterError[] };

/** More errors than this help nobody. */
const MOST_ERRORS = 100;
const NAME_LENGTH = 200;
const DEEPEST = 12;

/** What stands between the names of a team's path. */
const SEPARATOR = ' / ';

const COLUMNS = ['person', 'name', 'team', 'role', 'team_id'] as const;
type Column = (typeof COLUMNS)[number];
const REQUIRED = ['person', 'name', 'team', 'role'] as const satisfies readonly Column[];

const HEADERS: Readonly<Record<string, Column>> = {
  person: 'person',
  persoon: 'person',
  name: 'name',
  naam: 'name',
  team: 'team',
  role: 'role',
  rol: 'role',
  team_id: 'team_id',
  team_code: 'team_id',
};

const ROLES: Readonly<Record<string, Role>> = {
  member: 'member',
  lid: 'member',
  teamlid: 'member',
  leader: 'leader',
  leidinggevende: 'leader',
};

const DELIMITERS = [',', ';', '\t'] as const;

/** Control characters, halves of a surrogate pair, and marks that turn the direction in which a line is read. */
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;

/** What a decoder puts in place of bytes that it cannot read. */
const UNREADABLE = '\ufffd';

/**
 * Reads a roster from CSV (RFC 4180), checks all of it, and gives either the roster or everything that is wrong, in
 * the order of the file and at most a hundred errors.
 *
 * One row is one place of one person, under a header in any order: `person` (what the sign-in calls the person),
 * `name`, `team` (the names from the top down, joined by ` / `), `role` (member or leader) and, if wanted, `team_id`
 * (the team's own code, by which a renamed team keeps its history; without it the id is made from the path). Headers
 * and roles may be Dutch. Columns are parted by a comma, a semicolon or a tab. Teams on the way to a team need no row.
 * @param text UTF-8 when it is bytes; a byte order mark and any kind of line end are fine.
 */
export function parseRoster(text: string | Uint8Array): ParsedRoster {
  const decoded = (typeof text === 'string' ? text : new TextDecoder().decode(text)).replace(/^\ufeff/, '');
  // NUL and ZIP: text in UTF-16 and a workbook are what people bring most when they do not bring CSV.
  if (decoded.includes('\0') || decoded.startsWith('PK\u0003\u0004')) {
    return { errors: [{ line: 1, column: 1, columnName: '', message: MESSAGES.notText() }] };
  }
  const errors: RosterError[] = [];
  const roster = readRoster(decoded.replace(/\r\n?/g, '\n'), errors);
  if (errors.length === 0) return { roster };
  errors.sort((a, b) => a.line - b.line || a.column - b.column);
  return { errors: errors.slice(0, MOST_ERRORS) };
}

function readRoster(text: string, errors: RosterError[]): Roster {
  const [header, ...records] = readRecords(text, errors);
  if (!header) {
    if (errors.length === 0) errors.push({ line: 1, column: 1, columnName: '', message: MESSAGES.noRows() });
    return { teams: [], people: [], memberships: [] };
  }
  const teams = new TeamReader();
  const people = new PeopleReader();
  const layout = readHeader(header, errors);
  if (!layout) return { teams: [], people: [], memberships: [] };
  if (records.length === 0 && errors.length === 0) {
    errors.push({ line: header.line, column: 1, columnName: layout.names[0] ?? '', message: MESSAGES.noRows() });
  }
  for (const record of records) {
    const report = (column: Column, message: Localized) => {
      const index = layout.index[column] ?? 0;
      errors.push({ line: record.line, column: index + 1, columnName: layout.names[index] ?? column, message });
    };
    const row = readRow(record, layout, report, errors);
    if (row.path) teams.read(row.path, row.code, record.line, report);
    if (row.person !== undefined) people.read(row.person, row, record.line, report);
  }
  const ids = teams.ids();
  return {
    teams: teams.list(ids),
    people: people.list(),
    memberships: people.memberships.map(({ person, path, role }) => ({ person, team: ids.get(path) ?? '', role })),
  };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The rows that have something in them, the header first. */
function readRecords(text: string, errors: RosterError[]): CsvRecord[] {
  const options = {
    delimiter: delimiterOf(text),
    record_delimiter: '\n',
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: 0,
    info: true,
  };
  const records: CsvRecord[] = [];
  let end = 0;
  const keep = (list: readonly unknown[]) => {
    for (const { record, info } of list as readonly { record: string[]; info: { lines: number } }[]) {
      const lineBreaks = record.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
      if (record.some((cell) => cell.trim() !== '')) records.push({ line: info.lines - lineBreaks, cells: record });
      end = info.lines;
    }
  };
  try {
    keep(parse(text, options));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Once more and leniently, so that a quote in the wrong place does not hide what is wrong in other rows.
    let unclosed = false;
    const onSkip = () => {
      unclosed = true;
      return undefined;
    };
    keep(parse(text, { ...options, relax_quotes: true, skip_records_with_error: true, on_skip: onSkip }));
    if (unclosed) {
      const lines = text.split('\n');
      let line = end + 1;
      while (lines[line - 1] === '') line += 1;
      errors.push({ line, column: columnOf(error), columnName: '', message: MESSAGES.unclosed() });
    } else {
      errors.push({ line: lineOf(error), column: columnOf(error), columnName: '', message: MESSAGES.quote() });
    }
  }
  return records;
}
