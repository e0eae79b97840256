import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Database } from '../../src/server/store/tables.ts';

/** One row as it lies in the database: where, which transactions made and touched it, and what it says. */
export interface Row {
  readonly table: string;
  readonly ctid: string;
  readonly xmin: number;
  readonly xmax: number;
  /** As JSON; bytes are `\x` and hexadecimal digits. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** What one request changed in all that an attacker reads. */
export interface Change {
  /** Rows that are new or were written again, in the order in which they lie. */
  readonly rows: readonly Row[];
  /** Counters, sizes, sequences, positions in the write-ahead log, and how many rows went: each minus its value before. */
  readonly numbers: Readonly<Record<string, number>>;
  /** What was added to the log. */
  readonly log: string;
}

/** In whatever schema: all but those of PostgreSQL itself. */
const OURS = sql`nspname <> 'information_schema' and nspname not like 'pg\\_%'`;

/** Reads a whole database again and again, as somebody with every backup could, whatever tables there are. */
export class Reader {
  private live = new Map<string, Row>();
  private numbers: Readonly<Record<string, number>> = {};
  private logged = 0;
  private seen = 0;
  /** By one who only reads, no transaction gets a number: what is new has at least the number that comes next. */
  private next = 0;

  constructor(
    private readonly database: Database,
    private readonly log: () => string,
  ) {}

  /** Every row there was at the last reading, in the order in which it lies. */
  get rows(): readonly Row[] {
    return [...this.live.values()];
  }

  /** How many times everything was read. */
  get readings(): number {
    return this.seen;
  }

  async read(): Promise<Change> {
    this.seen += 1;
    const tables = await sql<{ name: string }>`select case nspname when 'public' then relname else nspname || '.' || relname end as name
      from pg_class join pg_namespace on pg_namespace.oid = relnamespace
      where relkind in ('r', 'p') and ${OURS} order by 1`.execute(this.database);
    const from = this.next;
    const parts = tables.rows.map(
      ({ name }) => sql`select ${sql.lit(name)} as tab, ctid::text, xmin::text, xmax::text,
        case when xmin::text::bigint >= ${sql.lit(from)} then to_jsonb(t)::text end as body from ${sql.table(name)} t`,
    );
    const found = await sql<{ tab: string; ctid: string; xmin: string; xmax: string; body: string | null }>`${sql.join(
      parts,
      sql` union all `,
    )}`.execute(this.database);
    const live = new Map<string, Row>();
    const rows: Row[] = [];
    for (const { tab, ctid, xmin, xmax, body } of found.rows) {
      const place = `${tab} ${ctid} ${xmin}`;
      const before = this.live.get(place);
      const values = body === null ? (before?.values ?? {}) : (JSON.parse(body) as Record<string, unknown>);
      const row: Row = { table: tab, ctid, xmin: Number(xmin), xmax: Number(xmax), values };
      live.set(place, row);
      if (before?.xmax !== row.xmax) rows.push(row);
    }
    const numbers = await this.readNumbers();
    const gone = [...this.live.keys()].filter((place) => !live.has(place)).length;
    const moved = Object.entries(numbers).map(([name, value]) => [name, value - (this.numbers[name] ?? 0)] as const);
    const log = this.log();
    const change: Change = {
      rows,
      numbers: { ...Object.fromEntries(moved.filter(([, by]) => by !== 0)), ...(gone === 0 ? {} : { gone }) },
      log: log.slice(this.logged),
    };
    this.live = live;
    this.numbers = numbers;
    this.logged = log.length;
    this.next = numbers['xid'] ?? 0;
    return change;
  }

  private async readNumbers(): Promise<Record<string, number>> {
    const { rows } = await sql<{ numbers: unknown }>`select jsonb_build_object(
      'wal', pg_current_wal_insert_lsn() - '0/0',
      'xid', pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
      'tables', (select jsonb_object_agg(relname, to_jsonb(s)) from pg_stat_user_tables s),
      'reads', (select jsonb_object_agg(relname, to_jsonb(s)) from pg_statio_user_tables s),
      'indexes', (select jsonb_object_agg(indexrelname, to_jsonb(s)) from pg_stat_user_indexes s),
      'all', (select to_jsonb(s) from pg_stat_database s where datname = current_database()),
      'sequences', (select jsonb_object_agg(sequencename, to_jsonb(s)) from pg_sequences s),
      'sizes', (select jsonb_object_agg(relname, pg_relation_size(pg_class.oid))
        from pg_class join pg_namespace on pg_namespace.oid = relnamespace where ${OURS})
    ) as numbers`.execute(this.database);
    return numbersIn(rows[0]?.numbers);
  }
}

/** Every number in a JSON value, and every moment as milliseconds, by its path. */
export function numbersIn(value: unknown, path = ''): Record<string, number> {
  if (typeof value === 'number') return { [path]: value };
  if (typeof value === 'boolean') return { [path]: Number(value) };
  if (typeof value === 'string') {
    const moment = /^\d{4}-\d\d-\d\dT/.test(value) ? Date.parse(value) : Number.NaN;
    return Number.isNaN(moment) ? {} : { [path]: moment };
  }
  if (typeof value !== 'object' || value === null) return {};
  const entries = Object.entries(value as Record<string, unknown>);
  return Object.assign(
    {},
    ...entries.map(([key, part]) => numbersIn(part, path === '' ? key : `${path}.${key}`)),
  ) as Record<string, number>;
}

/** The bytes of a value that is some, as JSON has them. */
export function bytesOf(value: unknown): Buffer | undefined {
  return typeof value === 'string' && /^\\x([0-9a-f]{2})*$/.test(value) ? Buffer.from(value.slice(2), 'hex') : undefined;
}

const written = new WeakMap<Row, string>();

/** What a row says, as text. */
export function textOf(row: Row): string {
  const text = written.get(row) ?? JSON.stringify(row.values);
  written.set(row, text);
  return text;
}

/** All files under a folder, their bytes one after the other. */
export async function bytesUnder(folder: string): Promise<Buffer> {
  const files = await readdir(folder, { recursive: true, withFileTypes: true });
  return Buffer.concat(
    await Promise.all(files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name)))),
  );
}
