import type {
  ChangedEntry,
  Colleagues,
  Entry,
  EntrySummary,
  Evaluation,
  Help,
  HelpAct,
  Intention,
  Intentions,
  Log,
  LogExport,
  LogPlace,
  NewEntry,
  NewHelp,
  NewPost,
  OpenedEntry,
  Post,
  Versions,
} from '../../src/contract/learning-log.ts';
import {
  LOG_COLLEAGUES_PATH,
  LOG_DIGEST_PATH,
  LOG_ENTRIES_PATH,
  LOG_EVALUATION_PATH,
  LOG_EXPORT_PATH,
  LOG_INTENTIONS_PATH,
  LOG_NEWS_PATH,
  LOG_PATH,
  LOG_PLACE_PATH,
} from '../../src/contract/learning-log-paths.ts';
import { PROBLEM_TYPE } from '../../src/contract/paths.ts';
import type { Problem, ProblemKind } from '../../src/contract/problems.ts';
import {
  ASK_AFTER,
  firstStateOf,
  isUnderWay,
  LOG_LIMITS,
  stateAfter,
  stepsOpen,
  type Endorsement,
  type HelpKind,
  type HelpState,
  type IntentionState,
  type LeaverRule,
  type ParticipantState,
  type PostStep,
  type Scope,
} from '../../src/domain/learning-log.ts';

/**
 * A server of the learning log that exists in one page: it keeps what it is told in memory, by the rules of the real one.
 * All people, teams and projects in it are made up.
 */

/** How a request ends: as it should, with a problem, or not at all. `lost` does what is asked and loses the answer. */
export type Ending = 'works' | 'offline' | 'never' | 'lost' | ProblemKind;

/** Parts of the server that can end otherwise each. */
export type Part =
  | 'place' | 'digest' | 'colleagues' | 'log' | 'news' | 'export' | 'evaluation' | 'read' | 'write' | 'delete' | 'versions'
  | 'endorse' | 'try' | 'posts' | 'helps' | 'intentions';

export interface DemoPerson {
  readonly id: string;
  readonly name: string;
  /** None for somebody at the head of the organisation. */
  readonly team?: string;
}

export interface DemoTeam {
  readonly id: string;
  readonly name: string;
  readonly leader: string;
}

/** An entry as a demo writes it down. */
export interface DemoEntry extends Partial<ChangedEntry> {
  readonly text: string;
  /** Who wrote it, by id; null for a former colleague; the one who looks, without it. */
  readonly by?: string | null;
  readonly daysAgo: number;
  readonly changedDaysAgo?: number;
  readonly deleted?: boolean;
  readonly openedBy?: readonly string[];
  readonly endorsed?: Readonly<Record<string, Endorsement>>;
  readonly trying?: boolean;
  readonly posts?: readonly { readonly by: string | null; readonly text: string; readonly daysAgo: number }[];
  readonly helps?: readonly DemoHelp[];
}

export interface DemoHelp {
  readonly kind: HelpKind;
  readonly state: HelpState;
  readonly question?: string;
  readonly wishDate?: string;
  readonly people: Readonly<Record<string, ParticipantState>>;
  readonly posts?: readonly { readonly by: string; readonly step: PostStep; readonly parts: readonly string[]; readonly daysAgo: number }[];
}

export interface DemoIntention {
  readonly source: 'own' | 'other';
  /** Which of the demo's entries; none when it is gone. */
  readonly entry?: number;
  readonly daysAgo: number;
  readonly state: IntentionState;
  readonly outcome?: string;
}

/** What a demo's server begins with. */
export interface DemoWorld {
  readonly organisation: string;
  readonly me: DemoPerson;
  readonly people: readonly DemoPerson[];
  readonly teams: readonly DemoTeam[];
  readonly colleagues: number;
  readonly leavers: LeaverRule;
  /** When the one who looks, as a leader, last shared something, in days. */
  readonly lastSharedDaysAgo?: number | null;
  /** The newest first. */
  readonly entries: readonly DemoEntry[];
  readonly intentions: readonly DemoIntention[];
  readonly digest: readonly { readonly what: LogPlace['digest'][number]['what']; readonly entry: number; readonly people: readonly (string | null)[] }[];
  readonly evaluation?: Evaluation['months'];
}

const DAY = 86_400_000;
const EXCERPT = 280;

interface Kept {
  readonly id: string;
  readonly key: string;
  author: string | null;
  version: number;
  written: Required<Omit<ChangedEntry, 'audience' | 'different' | 'project' | 'link'>> & {
    different: string | null;
    project: string | null;
    link: string | null;
  };
  scope: Scope;
  team: string | null;
  people: readonly string[];
  createdAt: string;
  changedAt: string | null;
  deleted: boolean;
  trying: boolean;
  readonly opened: { person: string; at: string }[];
  readonly endorsements: Map<string, Endorsement>;
  readonly versions: Versions['versions'][number][];
  readonly helps: KeptHelp[];
  readonly posts: (Omit<Post, 'mine' | 'author' | 'parts'> & { readonly author: string | null; readonly key: string; parts: string[] })[];
}

interface KeptHelp {
  readonly id: string;
  readonly key: string;
  readonly kind: HelpKind;
  state: HelpState;
  readonly question: string | null;
  readonly wishDate: string | null;
  participants: { readonly person: string; state: ParticipantState }[];
}

interface KeptIntention {
  readonly id: string;
  readonly source: 'own' | 'other';
  readonly entry: string | null;
  readonly madeAt: string;
  readonly askAt: string;
  state: IntentionState;
  outcome: string | null;
}

class Refusal extends Error {
  readonly problem: Omit<Problem, 'type' | 'status' | 'title' | 'detail'>;

  constructor(
    readonly kind: ProblemKind,
    problem: Refusal['problem'] = {},
  ) {
    super(kind);
    this.problem = problem;
  }
}

const STATUS: Readonly<Partial<Record<ProblemKind, number>>> = {
  'signed-out': 401,
  'not-in-roster': 403,
  'not-found': 404,
  'entry-changed': 412,
  'key-used': 409,
  'step-closed': 409,
  'too-many-requests': 429,
  internal: 500,
  unavailable: 503,
};

export class DemoServer {
  /** How requests end, by part; those that are not named work. */
  readonly endings: Partial<Record<Part, Ending>>;
  /** Names the drafts of who is signed in. */
  draftKey: string;
  /** Whether the stream of news stays open. A page that is only looked at needs none. */
  live = false;
  /** Every change that was asked for, such as `POST /v1/learning-log/entries`. */
  readonly changes: { readonly what: string; readonly body: unknown }[] = [];

  #world: DemoWorld;
  readonly #entries: Kept[];
  readonly #intentions: KeptIntention[];
  readonly #listeners = new Set<(newest: string | null, moved?: string) => void>();
  #digestRead = false;
  #count = 0;

  constructor(name: string, world: DemoWorld, endings: Partial<Record<Part, Ending>> = {}) {
    this.draftKey = name;
    this.#world = world;
    this.endings = { ...endings };
    this.#entries = world.entries.map((entry, at) => this.#seed(entry, at));
    this.#intentions = world.intentions.map(({ source, entry, daysAgo, state, outcome }) => ({
      id: this.#id('intention'),
      source,
      entry: entry === undefined ? null : (this.#entries[entry]?.id ?? null),
      madeAt: ago(daysAgo),
      askAt: ago(daysAgo - ASK_AFTER),
      state,
      outcome: outcome ?? null,
    }));
  }

  /** How many streams of news are open. */
  get listening(): number {
    return this.#listeners.size;
  }

  /** The id of one of the demo's entries, by its place in its list. */
  idOf(at: number): string {
    return this.#entries[this.#entries.length - this.#world.entries.length + at]?.id ?? '';
  }

  /** One of the demo's entries as its reader opens it. */
  entry(at: number): Entry {
    return this.#full(this.#visible(this.idOf(at)));
  }

  /** All entries that the one who looks may see, the newest first. */
  get kept(): Entry[] {
    return this.#entries.filter((entry) => this.#sees(this.#me, entry)).map((entry) => this.#full(entry));
  }

  /** Changes an entry as its author does on another device. */
  changeElsewhere(id: string, part: Partial<ChangedEntry>): void {
    const entry = this.#entries.find((one) => one.id === id);
    if (entry) this.#change(entry, { ...this.#asChanged(entry), ...part });
  }

  /** Does something with the last request for help of an entry, as the one who looks does on another device. */
  actElsewhere(id: string, act: HelpAct['act']): void {
    this.#act(id, this.#visible(id).helps.at(-1)?.id ?? '', act);
  }

  /** A colleague leaves: there is no name any more, and nobody who can answer. */
  leave(person: string): void {
    this.#world = { ...this.#world, people: this.#world.people.filter(({ id }) => id !== person) };
    for (const { helps } of this.#entries) {
      for (const help of helps) help.participants = help.participants.filter((one) => one.person !== person);
    }
  }

  /** The one who looks leads a team from now on. */
  lead(team: string): void {
    const { me, teams } = this.#world;
    this.#world = { ...this.#world, teams: teams.map((one) => (one.id === team ? { ...one, leader: me.id } : one)) };
  }

  /** Somebody writes something that the one who looks may see. */
  writeElsewhere(entry: Omit<DemoEntry, 'daysAgo'>): string {
    const kept = this.#seed({ ...entry, daysAgo: 0 }, -1);
    this.#entries.unshift(kept);
    this.#tell();
    return kept.id;
  }

  /** A colleague writes something under an entry. */
  postElsewhere(id: string, post: { readonly by: string; readonly step: PostStep; readonly text: string }): void {
    const entry = this.#entries.find((one) => one.id === id);
    if (!entry) return;
    const help = post.step === 'reply' ? undefined : entry.helps.at(-1);
    const postId = this.#id('post');
    entry.posts.push({ id: postId, key: postId, author: post.by, step: post.step, help: help?.id ?? null, parts: [post.text], createdAt: new Date().toISOString() });
    for (const listen of this.#listeners) listen(this.#newest, id);
  }

  async answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const { method } = request;
    const text = await request.text();
    const form = (request.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
    const query = new URLSearchParams(form ? text : new URL(request.url).search);
    const reads = form || method === 'GET';
    const body: unknown = !form && text ? JSON.parse(text) : undefined;
    if (!reads) this.changes.push({ what: `${method} ${pathname}`, body });
    const part = partOf(pathname, reads, method);
    const ending = this.endings[part] ?? 'works';
    if (ending === 'never') return new Promise(() => undefined);
    if (ending === 'offline') throw new TypeError('Failed to fetch');
    if (ending !== 'works' && ending !== 'lost') return problemOf(new Refusal(ending));
    try {
      const version = Number(/^"(\d+)"$/.exec(request.headers.get('if-match') ?? '')?.[1]);
      const answer = this.#route(part, { pathname, method, reads, query, body, version });
      if (ending === 'lost') throw new TypeError('Failed to fetch');
      if (answer instanceof Response) return answer;
      return Response.json(answer);
    } catch (error) {
      if (error instanceof Refusal) return problemOf(error);
      throw error;
    }
  }

  #route(part: Part, asked: Asked): object {
    const { pathname, method, query, body, version } = asked;
    const [, id = '', , second = ''] = new RegExp(`^${LOG_ENTRIES_PATH}/([^/]+)(/[a-z]+)?(?:/([^/]+))?$`).exec(pathname)?.map((part: string | undefined) => decodeURIComponent(part ?? '')) ?? [];
    switch (part) {
      case 'place':
        return this.#place();
      case 'digest':
        this.#digestRead = true;
        return { done: true };
      case 'colleagues':
        return this.#colleagues(query.get('name') ?? '');
      case 'log':
        return method === 'DELETE' ? this.#deleteAll() : this.#log(query);
      case 'news':
        return this.#news();
      case 'export':
        return this.#export();
      case 'evaluation':
        return this.#evaluation(query.get('team') ?? '');
      case 'read':
        return this.#read(id);
      case 'write':
        return method === 'POST' ? this.#write(body as NewEntry) : this.#put(id, body as ChangedEntry, version);
      case 'delete':
        return this.#delete(id);
      case 'versions':
        return { versions: this.#own(id).versions };
      case 'endorse':
        return this.#endorse(id, (body as { word: Endorsement | null }).word);
      case 'try':
        return this.#try(id);
      case 'posts':
        return method === 'POST' ? this.#post(id, body as NewPost) : this.#deletePost(id, second);
      case 'helps':
        return method === 'POST' ? this.#ask(id, body as NewHelp) : this.#act(id, second, (body as HelpAct).act);
      case 'intentions':
        return method === 'PUT'
          ? this.#outcome(decodeURIComponent(pathname.slice(LOG_INTENTIONS_PATH.length + 1)), body as { state: IntentionState; outcome?: string })
          : this.#ownIntentions();
    }
  }

  get #me(): string {
    return this.#world.me.id;
  }

  #id(what: string): string {
    return `${what}-${++this.#count}`;
  }

  #seed(seed: DemoEntry, at: number): Kept {
    const { by, daysAgo, text, kind = 'insight', different, project, link, tags = [], audience = { scope: 'me' } } = seed;
    const id = this.#id('entry');
    const written = { kind, text, different: different ?? null, project: project ?? null, link: link ?? null, tags: [...tags] };
    const createdAt = ago(daysAgo, Math.max(at, 0));
    const version = seed.changedDaysAgo === undefined ? 1 : 2;
    const kept: Kept = {
      id,
      key: id,
      author: by === undefined ? this.#me : by,
      version,
      written,
      scope: audience.scope,
      team: audience.team ?? null,
      people: audience.people ?? [],
      createdAt,
      changedAt: seed.changedDaysAgo === undefined ? null : ago(seed.changedDaysAgo),
      deleted: seed.deleted ?? false,
      trying: seed.trying ?? false,
      opened: (seed.openedBy ?? []).map((person) => ({ person, at: ago(Math.max(0, daysAgo - 1)) })),
      endorsements: new Map(Object.entries(seed.endorsed ?? {})),
      versions: [{ version, at: createdAt, ...written }],
      helps: [],
      posts: (seed.posts ?? []).map((post) => {
        const postId = this.#id('post');
        return { id: postId, key: postId, author: post.by, step: 'reply', help: null, parts: [post.text], createdAt: ago(post.daysAgo) };
      }),
    };
    for (const help of seed.helps ?? []) {
      const helpId = this.#id('help');
      kept.helps.push({
        id: helpId,
        key: helpId,
        kind: help.kind,
        state: help.state,
        question: help.question ?? null,
        wishDate: help.wishDate ?? null,
        participants: Object.entries(help.people).map(([person, state]) => ({ person, state })),
      });
      for (const { by: author, step, parts, daysAgo: days } of help.posts ?? []) {
        const postId = this.#id('post');
        kept.posts.push({ id: postId, key: postId, author, step, help: helpId, parts: [...parts], createdAt: ago(days) });
      }
    }
    return kept;
  }

  #named(id: string | null): { id: string; name: string } | null {
    const found = id === null ? undefined : [this.#world.me, ...this.#world.people].find((one) => one.id === id);
    return found ? { id: found.id, name: found.name } : null;
  }

  #team(id: string | null): DemoTeam | undefined {
    return this.#world.teams.find((one) => one.id === id);
  }

  get #myTeams(): DemoTeam[] {
    const { me, teams } = this.#world;
    return teams.filter(({ id, leader }) => id === me.team || leader === me.id);
  }

  #isIn(person: DemoPerson, team: DemoTeam): boolean {
    return person.team === team.id || team.leader === person.id;
  }

  #sees(person: string, entry: Kept): boolean {
    if (entry.deleted) return false;
    if (entry.author === person || entry.scope === 'organisation') return true;
    if (entry.scope === 'me') return false;
    if (entry.people.includes(person)) return true;
    const team = entry.scope === 'team' ? this.#team(entry.team) : undefined;
    const one = [this.#world.me, ...this.#world.people].find(({ id }) => id === person);
    return !!team && !!one && this.#isIn(one, team);
  }

  #visible(id: string): Kept {
    const found = this.#entries.find((entry) => entry.id === id && this.#sees(this.#me, entry));
    if (!found) throw new Refusal('not-found');
    return found;
  }

  #own(id: string): Kept {
    const entry = this.#visible(id);
    if (entry.author !== this.#me) throw new Refusal('not-found');
    return entry;
  }

  #place(): LogPlace {
    const { organisation, me, people, colleagues, leavers, lastSharedDaysAgo, digest } = this.#world;
    const seen = this.#entries.filter((entry) => this.#sees(me.id, entry));
    return {
      organisation: { id: 'demo', name: organisation },
      colleagues,
      teams: this.#myTeams.map((team) => ({
        id: team.id,
        name: team.name,
        others: people.filter((one) => this.#isIn(one, team)).length,
        leaders: people.flatMap(({ id, name }) => (id === team.leader ? name : [])),
        role: team.leader === me.id ? 'leader' : 'member',
        ...(team.leader === me.id
          ? { lastShared: lastSharedDaysAgo === undefined || lastSharedDaysAgo === null ? null : ago(lastSharedDaysAgo) }
          : {}),
      })),
      projects: [...new Set(seen.flatMap(({ written }) => written.project ?? []))].slice(0, 20),
      tags: [...new Set(seen.flatMap(({ written }) => written.tags))].slice(0, 30),
      leavers,
      keptMonths: 36,
      draftKey: this.draftKey,
      digestUntil: new Date().toISOString(),
      digest: this.#digestRead
        ? []
        : digest.flatMap(({ what, entry, people: who }) => {
            const kept = this.#entries.find(({ id }) => id === this.idOf(entry));
            return kept
              ? [{ what, entry: { id: kept.id, excerpt: kept.written.text.slice(0, 80) }, people: who.map((one) => this.#named(one)) }]
              : [];
          }),
    };
  }

  #colleagues(name: string): Colleagues {
    const { me, people } = this.#world;
    const asked = plain(name);
    const found = people.filter((one) => plain(one.name).split(' ').some((word) => word.startsWith(asked)) || plain(one.name).startsWith(asked));
    const near = (one: DemoPerson) => (one.team === me.team ? 0 : 1);
    return {
      colleagues: found
        .sort((a, b) => near(a) - near(b) || a.name.localeCompare(b.name))
        .slice(0, 20)
        .map((one) => ({ id: one.id, name: one.name, team: this.#team(one.team ?? null)?.name ?? null })),
    };
  }

  #log(query: URLSearchParams): Log {
    const list = query.get('list') ?? 'all';
    const words = plain(query.get('search') ?? '').split(/\s+/).filter(Boolean);
    const only = (name: string, value: string | null) => !query.has(name) || query.get(name) === value;
    const found = this.#entries.filter((entry) => {
      const { written, author, createdAt } = entry;
      if (!this.#sees(this.#me, entry)) return false;
      const mine = author === this.#me;
      if (list === 'mine' && !mine) return false;
      if (list === 'concerning' && !this.#concerns(entry)) return false;
      const text = plain([written.text, written.different, written.project, ...written.tags].join(' '));
      return (
        words.every((word) => text.includes(word)) &&
        only('kind', written.kind) &&
        only('project', written.project) &&
        (!query.has('tag') || written.tags.includes(query.get('tag') ?? '')) &&
        only('person', author) &&
        createdAt >= (query.get('from') ?? '') &&
        createdAt < (query.get('until') ?? '9')
      );
    });
    const waits = (entry: Kept) =>
      list === 'concerning' && entry.author !== this.#me && entry.helps.some((help) => isUnderWay(help.state) && this.#isTurn(entry, help)) ? 0 : 1;
    const sorted = found.sort((a, b) => waits(a) - waits(b) || (a.createdAt < b.createdAt ? 1 : -1));
    const after = query.get('after');
    const start = after === null ? 0 : sorted.findIndex(({ id }) => id === after) + 1;
    const limit = Math.min(Number(query.get('limit') ?? 30), LOG_LIMITS.page);
    const page = sorted.slice(start, start + limit);
    return {
      entries: page.map((entry) => this.#summary(entry)),
      next: start + limit < sorted.length ? (page.at(-1)?.id ?? null) : null,
    };
  }

  /** Meant for the one who looks rather than for all. */
  #concerns({ author, scope, people, helps }: Kept): boolean {
    if (author === this.#me) return helps.some(({ state }) => isUnderWay(state));
    return scope === 'team' || people.includes(this.#me) || helps.some((help) => help.participants.some(({ person }) => person === this.#me));
  }

  #common(entry: Kept): Omit<EntrySummary, 'excerpt' | 'more'> {
    const { id, version, author, written, scope, team, people, createdAt, changedAt, endorsements, trying } = entry;
    const mine = author === this.#me;
    const led = this.#world.teams.find(({ id: one, leader }) => leader === author && (scope !== 'team' || one === team));
    const help = entry.helps.findLast(
      ({ state, participants }) => isUnderWay(state) && (mine || participants.some((one) => one.person === this.#me && one.state !== 'declined')),
    );
    const found = this.#team(team);
    return {
      id,
      version,
      mine,
      author: this.#named(author),
      leads: scope === 'me' ? null : (led?.name ?? null),
      kind: written.kind,
      audience: {
        scope,
        team: found ? { id: found.id, name: found.name } : null,
        ...(mine ? { people: people.flatMap((one) => this.#named(one) ?? []) } : {}),
      },
      project: written.project,
      tags: [...written.tags],
      createdAt,
      changedAt,
      endorsed: endorsements.get(this.#me) ?? null,
      trying,
      help: help ? { kind: help.kind, state: help.state, wishDate: help.wishDate, turn: this.#isTurn(entry, help) } : null,
    };
  }

  /** Whether a request for help waits for the one who looks. */
  #isTurn({ author, posts }: Kept, { id, participants }: KeptHelp): boolean {
    if (author !== this.#me) return participants.some(({ person, state }) => person === this.#me && state === 'asked');
    const last = posts.findLast(({ help }) => help === id);
    return last !== undefined && last.author !== author;
  }

  #summary(entry: Kept): EntrySummary {
    const { text } = entry.written;
    return { ...this.#common(entry), excerpt: text.slice(0, EXCERPT), more: text.length > EXCERPT };
  }

  #full(entry: Kept): Entry {
    const { written, author, endorsements, opened } = entry;
    const mine = author === this.#me;
    const helps = entry.helps.flatMap((help): Help[] => {
      const own = help.participants.find(({ person }) => person === this.#me)?.state;
      if (!mine && own === undefined) return [];
      const under = isUnderWay(help.state);
      return [
        {
          id: help.id,
          kind: help.kind,
          state: help.state,
          question: help.question,
          wishDate: help.wishDate,
          participants: help.participants.map(({ person, state }) => ({ person: this.#named(person), state })),
          steps: stepsOpen(help.kind, help.state, { author: mine, participant: own }),
          may: {
            decline: under && own === 'asked',
            withdraw: under && mine,
            moveOn: under && mine && help.kind === 'intervision' && help.state === 'facts',
          },
        },
      ];
    });
    const words = [...new Set(endorsements.values())].sort();
    return {
      ...this.#common(entry),
      text: written.text,
      different: written.different,
      link: written.link,
      endorsements: words.map((word) =>
        mine
          ? { word, people: [...endorsements].flatMap(([person, said]) => (said === word ? (this.#named(person) ?? []) : [])) }
          : { word },
      ),
      helps,
      posts: this.#posts(entry, new Set(helps.map(({ id }) => id))),
      ...(mine
        ? {
            openedBy: opened.map(({ person, at }) => ({ person: this.#named(person), at: at.slice(0, 10) })),
            readers: entry.scope === 'organisation' ? this.#world.colleagues : this.#world.people.filter(({ id }) => this.#sees(id, entry)).length,
          }
        : {}),
    };
  }

  #posts(entry: Kept, helps: ReadonlySet<string>): Post[] {
    return entry.posts
      .filter(({ help }) => help === null || helps.has(help))
      .map(({ key: _, author, ...post }) => ({ ...post, mine: author === this.#me, author: this.#named(author) }));
  }

  #read(id: string): OpenedEntry {
    const entry = this.#entries.find((one) => one.id === id);
    const own = entry?.posts.filter(({ author, parts }) => author === this.#me && parts.length > 0);
    if (entry?.deleted && own && own.length > 0) {
      return { id, deleted: true, posts: this.#posts({ ...entry, posts: own.map((post) => ({ ...post, help: null })) }, new Set()) };
    }
    return this.#full(this.#visible(id));
  }

  #checked({ text, audience }: ChangedEntry): void {
    const wrong = (pointer: string, detail: string) =>
      new Refusal('invalid-request', { errors: [{ pointer, detail }] });
    if (!text.trim() || text.length > LOG_LIMITS.text) throw wrong('/text', 'Use 1 to 10,000 characters.');
    if (audience.scope === 'team' && !this.#myTeams.some(({ id }) => id === audience.team)) {
      throw wrong('/audience/team', 'Choose a team that you are in or lead.');
    }
  }

  #write(entry: NewEntry): Entry {
    const { key, audience = { scope: 'me' }, tags = [], ...rest } = entry;
    const change: ChangedEntry = { ...rest, tags, audience };
    this.#checked(change);
    const earlier = this.#entries.find((one) => one.key === key);
    if (earlier) {
      if (earlier.deleted) throw new Refusal('not-found');
      const same = JSON.stringify(this.#asChanged(earlier)) === JSON.stringify(this.#asChanged(this.#toKept(key, change)));
      if (same) return this.#full(earlier);
      throw new Refusal('entry-changed', { kept: this.#full(earlier) });
    }
    const kept = this.#toKept(key, change);
    this.#entries.unshift(kept);
    this.#intend(kept, null);
    this.#tell();
    return this.#full(kept);
  }

  #toKept(key: string, change: ChangedEntry): Kept {
    const kept = this.#seed({ ...change, daysAgo: 0 }, 0);
    return { ...kept, key, createdAt: new Date().toISOString() };
  }

  #asChanged({ written, scope, team, people }: Kept): ChangedEntry {
    const { different, project, link, tags, ...rest } = written;
    return {
      ...rest,
      tags: [...tags],
      ...(different === null ? {} : { different }),
      ...(project === null ? {} : { project }),
      ...(link === null ? {} : { link }),
      audience: { scope, ...(team === null ? {} : { team }), ...(people.length > 0 ? { people: [...people] } : {}) },
    };
  }

  #put(id: string, change: ChangedEntry, version: number): Entry {
    const entry = this.#own(id);
    this.#checked(change);
    if (entry.version !== version) {
      const done = entry.version === version + 1 && JSON.stringify(this.#asChanged(entry)) === JSON.stringify({ ...this.#asChanged(entry), ...change });
      if (done) return this.#full(entry);
      throw new Refusal('entry-changed', { kept: this.#full(entry) });
    }
    this.#change(entry, change);
    return this.#full(entry);
  }

  #change(entry: Kept, { audience, kind, text, different, project, link, tags = [] }: ChangedEntry): void {
    const before = entry.written.different;
    entry.version++;
    entry.written = { kind, text, different: different ?? null, project: project ?? null, link: link ?? null, tags: [...tags] };
    entry.scope = audience.scope;
    entry.team = audience.team ?? null;
    entry.people = audience.people ?? [];
    entry.changedAt = new Date().toISOString();
    entry.versions.unshift({ version: entry.version, at: entry.changedAt, ...entry.written });
    this.#intend(entry, before);
  }

  /** What an entry of one's own says one will do differently is asked after, and anew when it says something else. */
  #intend({ id, written }: Kept, before: string | null): void {
    if (written.different === before) return;
    this.#drop(id);
    if (written.different === null) return;
    this.#intentions.unshift({ id: this.#id('intention'), source: 'own', entry: id, madeAt: ago(0), askAt: ago(-ASK_AFTER), state: 'open', outcome: null });
  }

  #delete(id: string): object {
    this.#own(id).deleted = true;
    this.#drop(id);
    return { done: true };
  }

  /** Nothing is asked any more of what an entry of one's own said one would do. */
  #drop(id: string): void {
    const open = this.#intentions.findIndex(({ entry, source, state }) => entry === id && source === 'own' && state === 'open');
    if (open >= 0) this.#intentions.splice(open, 1);
  }

  #deleteAll(): object {
    for (const entry of this.#entries) if (entry.author === this.#me) entry.deleted = true;
    this.#intentions.length = 0;
    return { done: true };
  }

  #endorse(id: string, word: Endorsement | null): object {
    const { endorsements, author } = this.#visible(id);
    if (author === this.#me) throw new Refusal('not-found');
    if (word === null) endorsements.delete(this.#me);
    else endorsements.set(this.#me, word);
    return { done: true };
  }

  #try(id: string): Intentions {
    const entry = this.#visible(id);
    if (entry.author === this.#me) throw new Refusal('not-found');
    if (!entry.trying) {
      entry.trying = true;
      this.#intentions.unshift({ id: this.#id('intention'), source: 'other', entry: id, madeAt: ago(0), askAt: ago(-ASK_AFTER), state: 'open', outcome: null });
    }
    return this.#ownIntentions();
  }

  #ownIntentions(): Intentions {
    const now = new Date().toISOString();
    const shown = this.#intentions.map(({ entry: id, ...intention }): Intention => {
      const entry = this.#entries.find((one) => one.id === id && this.#sees(this.#me, one));
      return {
        ...intention,
        entry: entry ? { id: entry.id, excerpt: entry.written.text.slice(0, EXCERPT), author: this.#named(entry.author) } : null,
        due: intention.state === 'open' && intention.askAt <= now,
      };
    });
    const order = ({ due, state }: Intention) => (due ? 0 : state === 'open' ? 1 : 2);
    return { intentions: shown.sort((a, b) => order(a) - order(b) || (a.madeAt < b.madeAt ? 1 : -1)) };
  }

  #outcome(id: string, { state, outcome }: { readonly state: IntentionState; readonly outcome?: string }): Intentions {
    const found = this.#intentions.find((one) => one.id === id);
    if (!found) throw new Refusal('not-found');
    found.state = state;
    found.outcome = outcome ?? null;
    return this.#ownIntentions();
  }

  #post(id: string, { key, step, help: helpId, parts }: NewPost): Entry {
    const entry = this.#visible(id);
    const earlier = entry.posts.find((one) => one.key === key);
    if (earlier) {
      if (JSON.stringify(earlier.parts) !== JSON.stringify(parts)) throw new Refusal('key-used');
      return this.#full(entry);
    }
    const help = entry.helps.find((one) => one.id === helpId);
    if (step === 'reply' && entry.scope === 'me') throw new Refusal('step-closed');
    if (step !== 'reply') {
      const own = help?.participants.find(({ person }) => person === this.#me);
      const open = help ? stepsOpen(help.kind, help.state, { author: entry.author === this.#me, participant: own?.state }) : [];
      if (!help || !open.includes(step)) throw new Refusal('step-closed');
      if (own && (step === 'review' || step === 'would-do')) own.state = 'answered';
      help.state = step === 'takes' ? 'ended' : stateAfter(help.kind, help.state, help.participants.map(({ state }) => state));
    }
    entry.posts.push({ id: this.#id('post'), key, author: this.#me, step, help: help?.id ?? null, parts: [...parts], createdAt: new Date().toISOString() });
    return this.#full(entry);
  }

  #deletePost(id: string, post: string): object {
    const found = this.#entries.find((one) => one.id === id)?.posts.find((one) => one.id === post && one.author === this.#me);
    if (!found) throw new Refusal('not-found');
    found.parts = [];
    return { done: true };
  }

  #ask(id: string, { key, kind, question, wishDate, people }: NewHelp): Entry {
    const entry = this.#own(id);
    if (entry.helps.some((one) => one.key === key)) return this.#full(entry);
    entry.helps.push({
      id: this.#id('help'),
      key,
      kind,
      state: firstStateOf(kind),
      question: question ?? null,
      wishDate: wishDate ?? null,
      participants: people.map((person) => ({ person, state: 'asked' })),
    });
    // Whoever is asked reads it from now on: its readers are others, and so is its version.
    const others = people.filter((one) => !this.#sees(one, entry));
    if (others.length > 0) {
      entry.version++;
      entry.people = [...new Set([...entry.people, ...others])];
      if (entry.scope === 'me') entry.scope = 'people';
    }
    return this.#full(entry);
  }

  #act(id: string, helpId: string, act: HelpAct['act']): Entry {
    const entry = this.#visible(id);
    const help = entry.helps.find((one) => one.id === helpId);
    if (!help) throw new Refusal('not-found');
    const own = help.participants.find(({ person }) => person === this.#me);
    const mine = entry.author === this.#me;
    if (!isUnderWay(help.state)) throw new Refusal('step-closed');
    if (act === 'decline' && own) {
      own.state = 'declined';
      help.state = stateAfter(help.kind, help.state, help.participants.map(({ state }) => state));
    } else if (act === 'withdraw' && mine) help.state = 'withdrawn';
    else if (act === 'move-on' && mine && help.state === 'facts') help.state = 'would-do';
    else throw new Refusal('step-closed');
    return this.#full(entry);
  }

  #evaluation(id: string): Evaluation {
    const team = this.#myTeams.find((one) => one.id === id);
    if (!team) throw new Refusal('not-found');
    return { team: { id: team.id, name: team.name }, threshold: 5, months: [...(this.#world.evaluation ?? [])] };
  }

  #export(): LogExport {
    const { organisation, me } = this.#world;
    const own = this.#entries.filter(({ author, deleted }) => author === me.id && !deleted);
    return {
      organisation,
      person: { id: me.id, name: me.name },
      exportedAt: new Date().toISOString(),
      entries: own.map((entry) => ({ ...this.#full(entry), versions: entry.versions })),
      posts: this.#entries.flatMap((entry) =>
        entry.posts
          .filter(({ author, parts }) => author === me.id && parts.length > 0)
          .map(({ key: _, author, ...post }) => ({ entry: entry.id, ...post, mine: true, author: this.#named(author) })),
      ),
      endorsements: this.#entries.flatMap(({ id, endorsements, createdAt }) => {
        const word = endorsements.get(me.id);
        return word ? [{ entry: id, word, at: createdAt }] : [];
      }),
      intentions: this.#ownIntentions().intentions,
      helps: own.flatMap(({ id, helps }) => helps.map(({ kind, state }) => ({ entry: id, kind, asked: false, state }))),
      opened: [],
    };
  }

  get #newest(): string | null {
    return this.#entries.find((entry) => this.#sees(this.#me, entry))?.id ?? null;
  }

  #tell(): void {
    for (const listen of this.#listeners) listen(this.#newest);
  }

  #news(): Response {
    let listen: (newest: string | null, moved?: string) => void;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        listen = (newest, moved) => {
          const news = { newest, ...(moved === undefined ? {} : { moved: [moved] }) };
          controller.enqueue(new TextEncoder().encode(`data: ${JSON.stringify(news)}\n\n`));
        };
        listen(this.#newest);
        if (this.live) this.#listeners.add(listen);
        else controller.close();
      },
      cancel: () => {
        this.#listeners.delete(listen);
      },
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }
}

interface Asked {
  readonly pathname: string;
  readonly method: string;
  readonly reads: boolean;
  readonly query: URLSearchParams;
  readonly body: unknown;
  /** Of `If-Match`. */
  readonly version: number;
}

const BY_PATH: Readonly<Record<string, Part>> = {
  [LOG_PATH]: 'log',
  [LOG_PLACE_PATH]: 'place',
  [LOG_DIGEST_PATH]: 'digest',
  [LOG_COLLEAGUES_PATH]: 'colleagues',
  [LOG_EXPORT_PATH]: 'export',
  [LOG_EVALUATION_PATH]: 'evaluation',
  [LOG_NEWS_PATH]: 'news',
  [LOG_ENTRIES_PATH]: 'write',
  [LOG_INTENTIONS_PATH]: 'intentions',
};

const UNDER_ENTRY: Readonly<Record<string, Part>> = {
  versions: 'versions',
  endorsement: 'endorse',
  intention: 'try',
  posts: 'posts',
  helps: 'helps',
};

function partOf(pathname: string, reads: boolean, method: string): Part {
  const known = BY_PATH[pathname];
  if (known) return known;
  if (pathname.startsWith(`${LOG_INTENTIONS_PATH}/`)) return 'intentions';
  const [, , under] = /\/entries\/([^/]+)(?:\/([a-z]+))?/.exec(pathname) ?? [];
  if (under !== undefined) return UNDER_ENTRY[under] ?? 'read';
  return reads ? 'read' : method === 'DELETE' ? 'delete' : 'write';
}

function problemOf({ kind, problem }: Refusal): Response {
  const status = STATUS[kind] ?? 400;
  const body = { type: `${PROBLEM_TYPE}${kind}`, status, title: kind, detail: '', ...problem };
  return Response.json(body, { status, headers: { 'content-type': 'application/problem+json' } });
}

/** @param minutes earlier still, so that what was written on one day has an order */
function ago(days: number, minutes = 0): string {
  return new Date(Date.now() - days * DAY - minutes * 60_000).toISOString();
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
