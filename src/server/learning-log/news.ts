import { sql } from 'kysely';
import type { News } from '../../contract/learning-log.ts';
import type { Identity } from '../auth/issuers.ts';
import type { Services } from '../services.ts';
import type { Database } from '../store/tables.ts';
import { isColleague, mayRead, newestAlong, requireColleague, waysOf } from './visible.ts';

/** Milliseconds between two looks at what other servers wrote. */
const LOOK = 3_000;

/** Milliseconds after which a stream ends: who listens on asks anew, with a token that is still good. */
const LONGEST = 300_000;

/** Streams that one person may have open, such as one a window. */
const STREAMS = 5;

/** Listeners whose newest entries are asked for in one statement. */
const BATCH = 200;

/** So many of the newest entries are looked at: of those that were kept at the same time, one may come after a newer one. */
const MARKED = 50;

/** Tells a person the newest entry that they may see: at once, and whenever it is another one, until the signal or its time ends. */
export async function newsFor(services: Services, who: Identity, signal: AbortSignal): Promise<AsyncIterable<News>> {
  await requireColleague(services.database, who);
  return told(services.database, who, signal);
}

/** Says, once it is kept, that something was written, changed or deleted: whoever listens at this server hears of it at once. */
export function announce({ database }: Pick<Services, 'database'>, organisation: string): void {
  void DESKS.get(database)?.get(organisation)?.tellAll();
}

/** Where something was done under an entry: in a request for help, or else for all who may see the entry. */
export interface Moved {
  readonly entry: string;
  readonly help: string | null;
}

/** Says, once it is kept, that something was done in a thread, to those who listen at this server and may see it there. */
export function announceIn({ database }: Pick<Services, 'database'>, organisation: string, moved: Moved): void {
  void DESKS.get(database)?.get(organisation)?.tellOf(moved);
}

async function* told(database: Database, { organisation, person }: Identity, signal: AbortSignal): AsyncGenerator<News, void, undefined> {
  const listener = new Listener(person);
  const end = () => { listener.end(); };
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  const timer = setTimeout(end, LONGEST);
  timer.unref();
  const desk = deskOf(database, organisation);
  desk.join(listener);
  try {
    const newest = (await newestOf(database, organisation, [person])).get(person) ?? null;
    // What was told meanwhile is newer.
    if (listener.newest === undefined) listener.tell(newest);
    let last: string | null | undefined;
    while (!listener.ended) {
      const { moved } = listener;
      if (listener.newest !== undefined && (listener.newest !== last || moved.size > 0)) {
        last = listener.newest;
        listener.moved = new Set();
        yield { newest: last, ...(moved.size > 0 ? { moved: [...moved] } : {}) };
      } else {
        await listener.told();
      }
    }
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', end);
    desk.leave(listener);
  }
}

/** Somebody who listens, and what there is to tell them: the latest only. */
class Listener {
  readonly person: string;
  newest: string | null | undefined;
  /** Entries in whose threads something was done. */
  moved = new Set<string>();
  ended = false;
  #wake: () => void = () => undefined;

  constructor(person: string) {
    this.person = person;
  }

  tell(newest: string | null): void {
    this.newest = newest;
    this.#wake();
  }

  tellOf(entry: string): void {
    this.moved.add(entry);
    this.#wake();
  }

  end(): void {
    this.ended = true;
    this.#wake();
  }

  /** Until there is something to look at. */
  told(): Promise<void> {
    return new Promise((resolve) => { this.#wake = resolve; });
  }
}

/** Desks by database, since one process may have several, and by organisation. */
const DESKS = new WeakMap<Database, Map<string, Desk>>();

function deskOf(database: Database, organisation: string): Desk {
  const desks = DESKS.get(database) ?? new Map<string, Desk>();
  DESKS.set(database, desks);
  const desk = desks.get(organisation) ?? new Desk(database, organisation, () => desks.delete(organisation));
  desks.set(organisation, desk);
  return desk;
}

/** Where those of one organisation listen: however many they are, one statement looks whether anything changed. */
class Desk {
  readonly #database: Database;
  readonly #organisation: string;
  readonly #close: () => void;
  readonly #listeners = new Set<Listener>();
  #timer: NodeJS.Timeout | undefined;
  #mark: string | undefined;
  #looking = false;
  #telling = false;
  #again = false;

  constructor(database: Database, organisation: string, close: () => void) {
    this.#database = database;
    this.#organisation = organisation;
    this.#close = close;
  }

  join(listener: Listener): void {
    const own = [...this.#listeners].filter(({ person, ended }) => person === listener.person && !ended);
    if (own.length >= STREAMS) own[0]?.end();
    this.#listeners.add(listener);
    this.#timer ??= setInterval(() => void this.#look(), LOOK).unref();
  }

  leave(listener: Listener): void {
    this.#listeners.delete(listener);
    if (this.#listeners.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#close();
  }

  /** Asks for everybody who listens what is the newest for them now, and once more where something came between. */
  async tellAll(): Promise<void> {
    this.#again = true;
    if (this.#telling) return;
    this.#telling = true;
    try {
      while (this.#again) {
        this.#again = false;
        const listeners = [...this.#listeners];
        while (listeners.length > 0) {
          const some = listeners.splice(0, BATCH);
          const newest = await newestOf(this.#database, this.#organisation, [...new Set(some.map(({ person }) => person))]);
          for (const listener of some) listener.tell(newest.get(listener.person) ?? null);
        }
      }
    } catch {
      // The database can't be asked now: the next look finds everything changed.
      this.#mark = undefined;
    } finally {
      this.#telling = false;
    }
  }

  async tellOf(moved: Moved): Promise<void> {
    try {
      const listeners = [...this.#listeners];
      while (listeners.length > 0) {
        const some = listeners.splice(0, BATCH);
        const people = await involvedIn(this.#database, this.#organisation, moved, [...new Set(some.map(({ person }) => person))]);
        for (const listener of some) if (people.has(listener.person)) listener.tellOf(moved.entry);
      }
    } catch {
      // The database can't be asked now: it is seen when the entry is opened next.
    }
  }

  async #look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      const told = [...new Set([...this.#listeners].flatMap(({ newest }) => newest ?? []))];
      const { mark, there } = await markOf(this.#database, this.#organisation, told);
      if (mark !== this.#mark || there < told.length) {
        this.#mark = mark;
        await this.tellAll();
      }
    } catch {
      // As above.
      this.#mark = undefined;
    } finally {
      this.#looking = false;
    }
  }
}

/** What is another one after anything was written or changed, and how many of these entries are still there. */
async function markOf(database: Database, organisation: string, ids: readonly string[]): Promise<{ mark: string; there: number }> {
  const { rows: [row] } = await sql<{ mark: string; there: number }>`
    select
      concat_ws(' ',
        (select max(changed_at) from log_entry where organisation = ${organisation}),
        (select max(created_at) from log_help where organisation = ${organisation}),
        (select string_agg(id, ' ') from (
          select id from log_entry where organisation = ${organisation} and deleted_at is null
          order by shared_at desc, id desc limit ${MARKED}
        ) as newest)
      ) as mark,
      (
        select count(*)::integer from log_entry
        where organisation = ${organisation} and deleted_at is null and id = any(${sql.val(ids)}::text[])
      ) as there`.execute(database);
  if (!row) throw new Error('A database that is asked for one row gives one.');
  return row;
}

/** The newest entry that each of these people may see at this moment, as the one rule has it. */
async function newestOf(database: Database, organisation: string, people: readonly string[]): Promise<Map<string, string | null>> {
  const person = sql<string>`listener.person`;
  const ways = Object.values(waysOf(organisation, person));
  const { rows } = await sql<{ person: string; newest: string | null }>`
    select listener.person, newest.id as newest
    from unnest(${sql.val(people)}::text[]) as listener (person)
    left join lateral (
      select id from (
        (${newestAlong(ways, { organisation, condition: sql`true`, limit: 1 })})
        union all
        -- To be asked for help makes an older entry news to who is asked.
        (
          select log_entry.id, log_help.created_at from log_participant
          join log_help on log_help.organisation = log_participant.organisation and log_help.id = log_participant.help
          join log_entry on log_entry.organisation = log_help.organisation and log_entry.id = log_help.entry
          where log_participant.organisation = ${organisation} and log_participant.person = ${person} and log_participant.state = 'asked'
            and ${mayRead(organisation, person)}
          order by log_help.created_at desc limit 1
        )
      ) as either order by shared_at desc, id desc limit 1
    ) as newest
      on ${isColleague(organisation, person)}`.execute(database);
  return new Map(rows.map((row) => [row.person, row.newest]));
}

/** Which of these people may see what was done there, as the one rule has it; of a request, those alone whom it concerns. */
async function involvedIn(database: Database, organisation: string, { entry, help }: Moved, people: readonly string[]): Promise<Set<string>> {
  const person = sql<string>`listener.person`;
  const { rows } = await sql<{ person: string }>`
    select listener.person
    from unnest(${sql.val(people)}::text[]) as listener (person)
    join log_entry on log_entry.organisation = ${organisation} and log_entry.id = ${entry}
    where ${mayRead(organisation, person)} and (${help}::text is null or log_entry.author = ${person} or exists (
      select from log_participant
      where log_participant.organisation = ${organisation} and log_participant.help = ${help}
        and log_participant.person = ${person} and log_participant.state <> 'declined'
    ))`.execute(database);
  return new Set(rows.map((row) => row.person));
}
