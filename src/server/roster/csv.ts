import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { LIMITS } from '../../contract/limits.ts';
import type { Localized } from '../../domain/language.ts';
import type { Membership, Role, Roster, RosterPerson, RosterTeam } from '../../domain/roster.ts';

/** Something in the file that has to be put right before anything of it is used. */
export interface RosterError {
  /** From 1: the line on which the row begins. */
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
/** UTF-16 code units of a person's or a team's name. */
const NAME_LENGTH = 200;
const DEEPEST = 12;
/** What stands between the names of a team's path. */
const SEPARATOR = ' / ';
const DELIMITERS = [',', ';', '\t'] as const;

const REQUIRED = ['person', 'name', 'team', 'role'] as const;
type Column = (typeof REQUIRED)[number] | 'team_id';

const HEADERS: ReadonlyMap<string, Column> = new Map([
  ['person', 'person'],
  ['persoon', 'person'],
  ['name', 'name'],
  ['naam', 'name'],
  ['team', 'team'],
  ['role', 'role'],
  ['rol', 'role'],
  ['team_id', 'team_id'],
  ['team_code', 'team_id'],
]);

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['member', 'member'],
  ['lid', 'member'],
  ['teamlid', 'member'],
  ['leader', 'leader'],
  ['leidinggevende', 'leader'],
]);

/** Control characters, halves of a surrogate pair, and marks that turn the direction in which a line is read. */
const CONTROL = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/u;
/** What a decoder puts in the place of bytes that it cannot read. */
const UNREADABLE = '\ufffd';
/** How a ZIP file begins, and so a workbook. */
const ZIP = 'PK\u0003\u0004';

/**
 * Reads a roster from CSV (RFC 4180), checks all of it, and gives either the roster or what is wrong, in the order of
 * the file and at most a hundred errors.
 *
 * A row is one place of one person. The header names the columns, in any order: `person` (what the sign-in calls the
 * person), `name`, `team` (the names from the top down, joined by ` / `), `role` (member or leader) and, if wanted,
 * `team_id` (the team's own code, by which a renamed team keeps its history; without it the id is made from the path).
 * Column names and roles may be Dutch. A comma, a semicolon or a tab parts the columns. A team on the way down to
 * another needs no row of its own. Empty rows, and empty cells behind the last column, are passed over.
 * @param file UTF-8 when it is bytes; a byte order mark and any kind of line end are fine.
 */
export function parseRoster(file: string | Uint8Array): ParsedRoster {
  const decoded = typeof file === 'string' ? file : new TextDecoder().decode(file);
  const errors: RosterError[] = [];
  const report: Report = (line, column, columnName, message) => {
    errors.push({ line, column, columnName: plain(columnName), message });
  };
  // People who do not bring CSV mostly bring a workbook, or text in UTF-16, in which every other byte is NUL.
  const notText = decoded.includes('\0') || decoded.startsWith(ZIP);
  if (notText) report(1, 1, '', MESSAGES.notText);
  const roster = notText ? EMPTY : readRoster(decoded.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), report);
  if (errors.length === 0) return { roster };
  return { errors: errors.sort((a, b) => a.line - b.line || a.column - b.column).slice(0, MOST_ERRORS) };
}

type Report = (line: number, column: number, columnName: string, message: Localized) => void;

const EMPTY: Roster = { teams: [], people: [], memberships: [] };

function readRoster(text: string, report: Report): Roster {
  const [first, ...records] = readRecords(text, report);
  const header = first && readHeader(first, report);
  if (first && !header) return EMPTY;
  if (!header || records.length === 0) {
    report(first?.line ?? 1, 1, first?.cells[0]?.trim() ?? '', MESSAGES.noRows);
    return EMPTY;
  }
  const rows = records.map((record) => readRow(record, header, report));
  const ids = readTeamIds(rows);
  return { teams: teamsOf(ids), ...readPeople(rows, ids) };
}

interface CsvRecord {
  readonly line: number;
  readonly cells: readonly string[];
}

/**
 * The rows that have something in them, the header first. Quotes are read leniently, so that one in the wrong place
 * does not hide what is wrong further on, and then each row is held against the grammar.
 */
function readRecords(text: string, report: Report): CsvRecord[] {
  const delimiter = delimiterOf(text);
  const bare = `[^"\\n${delimiter}]*`;
  const quoted = '"[^"]*(?:""[^"]*)*"';
  const grammar = new RegExp(`^(?:${quoted}|${bare})(?:${delimiter}(?:${quoted}|${bare}))*$`);
  let unclosed = false as boolean;
  const parsed: unknown = parse(text, {
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 0,
    info: true,
    raw: true,
    skip_records_with_error: true,
    on_skip: () => {
      unclosed = true;
      return undefined;
    },
  });
  const records: CsvRecord[] = [];
  let end = 0;
  for (const { record: cells, info, raw } of parsed as { record: string[]; info: { lines: number }; raw: string }[]) {
    end = info.lines;
    const line = end - cells.join('').split('\n').length + 1;
    const quote = cells.findIndex((cell) => cell.includes('"'));
    if (quote >= 0 && !grammar.test(raw.replace(/^\n+|\n$/g, ''))) report(line, quote + 1, '', MESSAGES.quote);
    if (cells.some((cell) => cell.trim() !== '')) records.push({ line, cells });
  }
  if (unclosed) {
    const rest = text.split('\n').slice(end);
    const start = rest.findIndex((line) => line !== '');
    const before = rest[start]?.split('"', 1)[0] ?? '';
    report(end + start + 1, before.split(delimiter).length, '', MESSAGES.unclosed);
  }
  return records;
}

/** The delimiter by which the header has most columns that we know, else the one by which it has most columns. */
function delimiterOf(text: string): string {
  const header = text.trimStart().split('\n', 1)[0] ?? '';
  const score = (delimiter: string) => {
    const names = header.split(delimiter).map((name) => columnOf(name.replaceAll('"', '')));
    return names.filter((column) => column !== undefined).length * header.length + names.length;
  };
  return DELIMITERS.reduce((best, delimiter) => (score(delimiter) > score(best) ? delimiter : best));
}

function columnOf(name: string): Column | undefined {
  return HEADERS.get(name.trim().toLowerCase().replace(/[\s-]+/g, '_'));
}

interface Header {
  /** As the file has them. */
  readonly names: readonly string[];
  readonly at: ReadonlyMap<Column, number>;
}

/** Nothing when a column is missing that every row needs. */
function readHeader({ line, cells }: CsvRecord, report: Report): Header | undefined {
  const names = cells.map((cell) => cell.trim());
  while (names.at(-1) === '') names.pop();
  const at = new Map<Column, number>();
  for (const [index, name] of names.entries()) {
    const column = columnOf(name);
    if (column === undefined) report(line, index + 1, name, MESSAGES.unknownColumn(name));
    else if (at.has(column)) report(line, index + 1, name, MESSAGES.columnTwice(name));
    else at.set(column, index);
  }
  const missing = REQUIRED.filter((column) => !at.has(column));
  for (const column of missing) report(line, names.length + 1, column, MESSAGES.missingColumn(column));
  return missing.length === 0 ? { names, at } : undefined;
}

interface Row {
  readonly line: number;
  readonly report: (column: Column, message: Localized) => void;
  /** What cannot be used is undefined, and reported. */
  readonly person: string | undefined;
  readonly name: string | undefined;
  readonly path: readonly string[] | undefined;
  readonly role: Role | undefined;
  readonly teamId: string | undefined;
}

function readRow({ line, cells }: CsvRecord, { names, at }: Header, report: Report): Row {
  const surplus = cells.findIndex((cell, index) => index >= names.length && cell.trim() !== '');
  if (surplus >= 0) report(line, surplus + 1, '', MESSAGES.surplus(names.length));

  const reportIn = (column: Column, message: Localized) => {
    const index = at.get(column) ?? names.length;
    report(line, index + 1, names[index] ?? column, message);
  };
  const read = <T>(column: Column, check: (value: string) => T | Localized): T | undefined => {
    const value = cells[at.get(column) ?? names.length]?.trim() ?? '';
    if (value === '' && column === 'team_id') return undefined;
    const found = cellProblem(value) ?? check(value);
    if (!isMessage(found)) return found;
    reportIn(column, found);
    return undefined;
  };
  return {
    line,
    report: reportIn,
    person: read('person', (value) => (value.length > LIMITS.key ? MESSAGES.tooLong(LIMITS.key) : value)),
    name: read('name', (value) => (value.length > NAME_LENGTH ? MESSAGES.tooLong(NAME_LENGTH) : tidied(value))),
    path: read('team', readPath),
    role: read('role', (value) => ROLES.get(value.toLowerCase()) ?? MESSAGES.unknownRole(value)),
    teamId: read('team_id', (value) => (value.length > LIMITS.key ? MESSAGES.tooLong(LIMITS.key) : value)),
  };
}

function isMessage(found: unknown): found is Localized {
  return typeof found === 'object' && found !== null && 'nl' in found;
}

function cellProblem(value: string): Localized | undefined {
  if (value === '') return MESSAGES.empty;
  if (value.includes(UNREADABLE)) return MESSAGES.unreadable;
  if (CONTROL.test(value)) return MESSAGES.control;
  return undefined;
}

/** One way to write a name: letters with their accents as one character, and single spaces. */
function tidied(value: string): string {
  return value.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function readPath(value: string): readonly string[] | Localized {
  const path = tidied(value).split(SEPARATOR);
  if (path.some((name) => name === '' || /^\/|\/$|\/ | \//.test(name))) return MESSAGES.path;
  if (path.length > DEEPEST) return MESSAGES.tooDeep(path.length);
  if (path.some((name) => name.length > NAME_LENGTH)) return MESSAGES.tooLong(NAME_LENGTH);
  return path;
}

/** A team that the file speaks of, by a row of its own or on the way to another. */
interface KnownTeam {
  readonly path: readonly string[];
  /** The row that speaks of it first. */
  readonly row: Row;
  id: string;
  /** The line that gives the id; absent while the id is made from the path. */
  idLine?: number;
}

/** From each path, in the order in which the file speaks of them, parents first. */
type KnownTeams = ReadonlyMap<string, KnownTeam>;

function readTeamIds(rows: readonly Row[]): KnownTeams {
  const teams = new Map<string, KnownTeam>();
  const owners = new Map<string, KnownTeam>();
  for (const row of rows) {
    if (!row.path) continue;
    for (let depth = 1; depth <= row.path.length; depth += 1) {
      const path = row.path.slice(0, depth);
      const key = path.join(SEPARATOR);
      if (!teams.has(key)) teams.set(key, { path, row, id: idOf(path) });
    }
    const team = teams.get(row.path.join(SEPARATOR));
    if (!team || row.teamId === undefined) continue;
    const owner = owners.get(row.teamId);
    if (owner && owner !== team) {
      row.report('team_id', MESSAGES.idOfTwoTeams(row.teamId, whereabouts(owner)));
    } else if (team.idLine !== undefined && team.id !== row.teamId) {
      row.report('team_id', MESSAGES.twoIds(team.id, team.idLine));
    } else if (team.idLine === undefined) {
      owners.set(row.teamId, team);
      team.id = row.teamId;
      team.idLine = row.line;
    }
  }
  const alike = new Set<string>();
  for (const [key, team] of teams) {
    if (team.idLine !== undefined) continue;
    const owner = owners.get(team.id);
    if (!owner) {
      owners.set(team.id, team);
      continue;
    }
    // Whatever lies under a team that is written in two ways is written in two ways as well: say it once.
    if (!alike.has(team.path.slice(0, -1).join(SEPARATOR))) {
      team.row.report('team', MESSAGES.alike(key, whereabouts(owner)));
    }
    alike.add(key);
  }
  return teams;
}

function whereabouts({ path, row, idLine = row.line }: KnownTeam): Localized {
  const team = shown(path.join(SEPARATOR));
  return { nl: `${team} (regel ${idLine})`, en: `${team} (line ${idLine})` };
}

/** The id of a team without a code: its path in lower case without accents, a hash where that says nothing. */
function idOf(path: readonly string[]): string {
  const hash = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);
  const slugs = path.map((name) => {
    const plain = name.normalize('NFKD').toLowerCase().replace(/[\u0300-\u036f]/g, '').normalize('NFC');
    return plain.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-').replace(/^-|-$/g, '') || hash(name);
  });
  const id = slugs.join('.');
  if (id.length <= LIMITS.key) return id;
  return `${id.slice(0, LIMITS.key - 17).replace(/[\ud800-\udbff]$/, '')}-${hash(id)}`;
}

function teamsOf(teams: KnownTeams): RosterTeam[] {
  return [...teams.values()].map(({ path, id }) => ({
    id,
    name: path.at(-1) ?? '',
    parent: teams.get(path.slice(0, -1).join(SEPARATOR))?.id ?? null,
  }));
}

function readPeople(rows: readonly Row[], teams: KnownTeams): Omit<Roster, 'teams'> {
  const people = new Map<string, RosterPerson & { readonly line: number }>();
  const places = new Map<string, { readonly key: string; readonly role: Role; readonly line: number }[]>();
  const memberships: Membership[] = [];
  for (const { person, name, path, role, line, report } of rows) {
    if (person === undefined) continue;
    if (name !== undefined) {
      const known = people.get(person);
      if (!known) people.set(person, { id: person, name, line });
      else if (known.name !== name) report('name', MESSAGES.twoNames(person, known.name, known.line));
    }
    if (!path || !role) continue;
    const key = path.join(SEPARATOR);
    const others = places.get(person) ?? [];
    const same = others.find((other) => other.key === key && other.role === role);
    const otherRole = others.find((other) => other.role !== role);
    const [first] = others;
    if (same) report('person', MESSAGES.sameRow(same.line));
    else if (otherRole) report('role', MESSAGES.bothRoles(person, otherRole.line));
    else if (first && role === 'member') report('team', MESSAGES.twoTeams(person, first.key, first.line));
    places.set(person, [...others, { key, role, line }]);
    memberships.push({ person, team: teams.get(key)?.id ?? '', role });
  }
  return { people: [...people.values()].map(({ id, name }) => ({ id, name })), memberships };
}

/** A piece of the file for a message: short, and without anything that a terminal would act on. */
function plain(value: string): string {
  const visible = value.replace(/\p{C}/gu, UNREADABLE);
  return visible.length > 80 ? `${visible.slice(0, 80).replace(/[\ud800-\udbff]$/, '')}…` : visible;
}

function shown(value: string): string {
  return `'${plain(value)}'`;
}

const MESSAGES = {
  notText: {
    nl: 'Dit bestand is geen tekst in UTF-8. Bewaar het in je rekenblad als ‘CSV UTF-8’.',
    en: 'This file is not text in UTF-8. Save it from your spreadsheet as ‘CSV UTF-8’.',
  },
  unreadable: {
    nl: 'Hier staan tekens die geen UTF-8 zijn. Bewaar het bestand als ‘CSV UTF-8’ en kijk deze tekst na.',
    en: 'There are characters here that are not UTF-8. Save the file as ‘CSV UTF-8’ and check this text.',
  },
  noRows: {
    nl: 'Er staan geen mensen in dit bestand. Zet onder de kolomnamen één rij per persoon.',
    en: 'There are no people in this file. Put one row for each person under the column names.',
  },
  unclosed: {
    nl: 'Hier begint tekst met een aanhalingsteken (") dat nergens sluit. Alles daarna is niet gelezen.',
    en: 'Text begins here with a quote (") that nowhere closes. Nothing after it was read.',
  },
  quote: {
    nl: 'Een aanhalingsteken (") staat verkeerd. Zet tekst met " erin tussen aanhalingstekens en schrijf " dubbel.',
    en: 'A quote (") is in the wrong place. Put text with " in it between quotes and write each " twice.',
  },
  unknownColumn: (name: string): Localized =>
    name === ''
      ? {
          nl: 'Deze kolom heeft geen naam. Geef een naam of haal de kolom weg.',
          en: 'This column has no name. Name it or remove it.',
        }
      : {
          nl: `De kolom ${shown(name)} hoort er niet bij. Bekend zijn persoon, naam, team, rol en team_code.`,
          en: `The column ${shown(name)} does not belong here. Known are person, name, team, role and team_id.`,
        },
  columnTwice: (name: string): Localized => ({
    nl: `De kolom ${shown(name)} staat er al. Houd er één over.`,
    en: `The column ${shown(name)} is there already. Keep one of them.`,
  }),
  missingColumn: (column: (typeof REQUIRED)[number]): Localized => {
    const dutch = { person: 'persoon', name: 'naam', team: 'team', role: 'rol' }[column];
    return {
      nl: `De kolom '${dutch}' ontbreekt in de eerste rij.`,
      en: `The column '${column}' is missing in the first row.`,
    };
  },
  surplus: (columns: number): Localized => ({
    nl: `Deze rij heeft meer dan de ${columns} kolommen van de eerste rij.`,
    en: `This row has more than the ${columns} columns of the first row.`,
  }),
  empty: { nl: 'Vul dit in: het mag niet leeg zijn.', en: 'Fill this in: it cannot be empty.' },
  control: {
    nl: 'Hier staat een regeleinde of een onzichtbaar stuurteken. Haal het weg, of sluit een open aanhalingsteken (").',
    en: 'There is a line break or an invisible control character here. Remove it, or close an open quote (").',
  },
  tooLong: (most: number): Localized => ({
    nl: `Dit is te lang: hoogstens ${most} tekens.`,
    en: `This is too long: at most ${most} characters.`,
  }),
  path: {
    nl: 'Schrijf de namen van boven naar beneden met ‘ / ’ ertussen: een spatie aan beide kanten, geen lege naam.',
    en: 'Write the names from the top down with ‘ / ’ between them: a space on either side, no empty name.',
  },
  tooDeep: (levels: number): Localized => ({
    nl: `Dit team ligt ${levels} lagen diep; hoogstens ${DEEPEST} kan.`,
    en: `This team lies ${levels} levels deep; at most ${DEEPEST} are possible.`,
  }),
  unknownRole: (value: string): Localized => ({
    nl: `${shown(value)} is geen rol. Kies teamlid of leidinggevende.`,
    en: `${shown(value)} is not a role. Choose member or leader.`,
  }),
  idOfTwoTeams: (id: string, { nl, en }: Localized): Localized => ({
    nl: `De code ${shown(id)} is al van het team ${nl}. Elk team heeft een eigen code.`,
    en: `The code ${shown(id)} belongs to the team ${en} already. Each team has its own code.`,
  }),
  twoIds: (id: string, line: number): Localized => ({
    nl: `Dit team heeft al de code ${shown(id)} (regel ${line}). Een team heeft één code.`,
    en: `This team has the code ${shown(id)} already (line ${line}). A team has one code.`,
  }),
  alike: (team: string, { nl, en }: Localized): Localized => ({
    nl: `${shown(team)} lijkt te veel op ${nl}. Schrijf het gelijk, of geef elk een eigen team_code.`,
    en: `${shown(team)} is too much like ${en}. Write them alike, or give each its own team_id.`,
  }),
  twoNames: (person: string, name: string, line: number): Localized => ({
    nl: `${shown(person)} heet op regel ${line} ${shown(name)}. Gebruik voor één persoon één naam.`,
    en: `${shown(person)} is called ${shown(name)} on line ${line}. Use one name for one person.`,
  }),
  sameRow: (line: number): Localized => ({
    nl: `Deze rij staat er al, op regel ${line}. Haal er één weg.`,
    en: `This row is there already, on line ${line}. Remove one of them.`,
  }),
  bothRoles: (person: string, line: number): Localized => ({
    nl: `${shown(person)} heeft op regel ${line} de andere rol. Iemand is teamlid of leidinggevende, niet allebei.`,
    en: `${shown(person)} has the other role on line ${line}. A person is a member or a leader, not both.`,
  }),
  twoTeams: (person: string, team: string, line: number): Localized => ({
    nl: `${shown(person)} is al teamlid van ${shown(team)} (regel ${line}). Een teamlid hoort bij één team.`,
    en: `${shown(person)} is a member of ${shown(team)} already (line ${line}). A member belongs to one team.`,
  }),
} as const;
