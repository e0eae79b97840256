import * as v from 'valibot';
import {
  ENDORSEMENTS,
  ENTRY_KINDS,
  HELP_KINDS,
  HELP_STATES,
  INTENTION_STATES,
  LEAVER_RULES,
  LOG_LIMITS,
  PARTICIPANT_STATES,
  partsOf,
  POST_STEPS,
  SCOPES,
} from '../domain/learning-log.ts';
import { count, instant, key, list } from './primitives.ts';

export * from './learning-log-paths.ts';

/** A key that the client makes, so that what is sent twice is kept once: a UUID (RFC 9562). */
const clientKey = v.pipe(v.string(), v.uuid());

/** Text of many lines, typed by a person: anything but what no database keeps. */
const typed = (longest: number, shortest = 1) =>
  v.pipe(
    v.string(),
    v.trim(),
    v.minLength(shortest),
    v.maxLength(longest),
    // Tab and line ends are the only control characters that a text needs.
    v.check((text) => !/(?![\t\n\r])[\p{Cc}\p{Cs}]/u.test(text), 'Control characters are not allowed here.'),
  );

/** Text of one line. */
const line = (longest: number) =>
  v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longest), v.check((text) => !/[\p{Cc}\p{Cs}]/u.test(text), 'Control characters are not allowed here.'));

const link = v.pipe(
  line(LOG_LIMITS.link),
  v.check((value) => URL.canParse(value) && /^https?:$/.test(new URL(value).protocol), 'Use an address that begins with https:// or http://.'),
);

/** A day that the calendar has: a form such as `2026-02-30` alone is none. */
const date = v.pipe(
  v.string(),
  v.isoDate(),
  v.check((text) => {
    const day = new Date(`${text}T00:00:00Z`);
    return !Number.isNaN(day.getTime()) && day.getUTCFullYear() > 0 && day.toISOString().startsWith(text);
  }, 'Use a day that exists.'),
);

const tags = v.pipe(v.array(line(LOG_LIMITS.tag)), v.maxLength(LOG_LIMITS.tags), v.readonly());

/** Who may see an entry besides its author. */
export const audienceSchema = v.pipe(
  v.strictObject({
    scope: v.picklist(SCOPES),
    /** The team meant by `team`: one that the author is in or leads. */
    team: v.exactOptional(key),
    /** Named colleagues: needed by `people`, possible beside `team` and `organisation`. */
    people: v.exactOptional(v.pipe(v.array(key), v.maxLength(LOG_LIMITS.people), v.readonly())),
  }),
  v.check(({ scope, team }) => (scope === 'team') === (team !== undefined), 'A team is named when, and only when, the scope is team.'),
  v.check(({ scope, people = [] }) => scope !== 'people' || people.length > 0, 'Name at least one colleague.'),
  v.check(({ scope, people = [] }) => scope !== 'me' || people.length === 0, 'What is for oneself names no colleagues.'),
);
export type Audience = v.InferOutput<typeof audienceSchema>;

const writtenEntries = {
  kind: v.picklist(ENTRY_KINDS),
  text: typed(LOG_LIMITS.text),
  /** What the author will do differently. */
  different: v.exactOptional(typed(LOG_LIMITS.different)),
  project: v.exactOptional(line(LOG_LIMITS.project)),
  tags: v.exactOptional(tags, []),
  link: v.exactOptional(link),
};

/** An entry as it is written. Private unless it says otherwise. */
export const newEntrySchema = v.strictObject({
  key: clientKey,
  ...writtenEntries,
  audience: v.exactOptional(audienceSchema, { scope: 'me' }),
});
export type NewEntry = v.InferInput<typeof newEntrySchema>;

/** An entry as it is changed: all of it. The version that it began with goes in `If-Match`. */
export const changedEntrySchema = v.strictObject({ ...writtenEntries, audience: audienceSchema });
export type ChangedEntry = v.InferInput<typeof changedEntrySchema>;

/** Null stands for a former colleague. */
const personSchema = v.nullable(v.strictObject({ id: key, name: v.string() }));
const namedSchema = v.strictObject({ id: key, name: v.string() });

const seenAudienceSchema = v.strictObject({
  scope: v.picklist(SCOPES),
  team: v.nullable(namedSchema),
  /** Only the author sees who else was named. */
  people: v.exactOptional(list(namedSchema)),
});

const summaryEntries = {
  id: key,
  /** For its author, the number that a change begins with; for others, one that is another one when it was changed for them. */
  version: count,
  mine: v.boolean(),
  author: personSchema,
  /** The team that the author leads, where that says something of the entry. */
  leads: v.nullable(v.string()),
  kind: v.picklist(ENTRY_KINDS),
  audience: seenAudienceSchema,
  project: v.nullable(v.string()),
  tags: list(v.string()),
  createdAt: instant,
  /** Null when it was not changed since. */
  changedAt: v.nullable(instant),
  /** Where the reader stands with it: the own word, and whether it is open on the own list. */
  endorsed: v.nullable(v.picklist(ENDORSEMENTS)),
  trying: v.boolean(),
  /** A request for help that concerns the reader, if one is under way. */
  help: v.nullable(
    v.strictObject({
      kind: v.picklist(HELP_KINDS),
      state: v.picklist(HELP_STATES),
      wishDate: v.nullable(v.string()),
      /** Whether it waits for the reader: who was asked has not answered yet, or somebody wrote last to who asks. */
      turn: v.boolean(),
    }),
  ),
};

/** An entry in a list: so much of it that one sees what it is about. */
export const entrySummarySchema = v.strictObject({
  ...summaryEntries,
  /** The beginning of the text, as it was typed. */
  excerpt: v.string(),
  /** Whether the text goes on after it. */
  more: v.boolean(),
});
export type EntrySummary = v.InferOutput<typeof entrySummarySchema>;

const postSchema = v.strictObject({
  id: key,
  mine: v.boolean(),
  author: personSchema,
  step: v.picklist(POST_STEPS),
  /** The request for help that it belongs to. */
  help: v.nullable(key),
  /** As many as the step has; none when the post was deleted. */
  parts: list(v.string()),
  createdAt: instant,
});
export type Post = v.InferOutput<typeof postSchema>;

const helpSchema = v.strictObject({
  id: key,
  kind: v.picklist(HELP_KINDS),
  state: v.picklist(HELP_STATES),
  question: v.nullable(v.string()),
  /** By when it would help: a date, ISO 8601. */
  wishDate: v.nullable(v.string()),
  participants: list(v.strictObject({ person: personSchema, state: v.picklist(PARTICIPANT_STATES) })),
  /** What the reader may write next. */
  steps: list(v.picklist(POST_STEPS)),
  /** Whether the reader was asked and may decline; whether the reader asked and may withdraw, or move on. */
  may: v.strictObject({ decline: v.boolean(), withdraw: v.boolean(), moveOn: v.boolean() }),
});
export type Help = v.InferOutput<typeof helpSchema>;

/** An entry that somebody opened. */
export const entrySchema = v.strictObject({
  ...summaryEntries,
  /** Empty when it can't be read any more, because the key that it was sealed under is gone. */
  text: v.string(),
  different: v.nullable(v.string()),
  link: v.nullable(v.string()),
  /** The words that readers gave, for everybody without a name and a number; by whom, for the author. */
  endorsements: list(v.strictObject({ word: v.picklist(ENDORSEMENTS), people: v.exactOptional(list(namedSchema)) })),
  helps: list(helpSchema),
  posts: list(postSchema),
  /** Who opened it, and on what day (UTC), for the author alone. */
  openedBy: v.exactOptional(list(v.strictObject({ person: personSchema, at: date }))),
  /** How many other people may see it now, for the author alone. */
  readers: v.exactOptional(count),
});
export type Entry = v.InferOutput<typeof entrySchema>;

/** Where an entry went that was deleted, though others wrote in its thread: what they wrote stays theirs. */
export const tombstoneSchema = v.strictObject({ id: key, deleted: v.literal(true), posts: list(postSchema) });
export type Tombstone = v.InferOutput<typeof tombstoneSchema>;

export const openedEntrySchema = v.union([entrySchema, tombstoneSchema]);
export type OpenedEntry = v.InferOutput<typeof openedEntrySchema>;

export const entryParamsSchema = v.strictObject({ entry: key });

/** What a list is of. `concerning` is what is meant for the reader rather than for all: shared by name or with a team, or asked. */
export const LISTS = ['all', 'mine', 'concerning'] as const;

export const logQuerySchema = v.strictObject({
  list: v.optional(v.picklist(LISTS), 'all'),
  search: v.exactOptional(typed(LOG_LIMITS.search, 0)),
  kind: v.exactOptional(v.picklist(ENTRY_KINDS)),
  project: v.exactOptional(line(LOG_LIMITS.project)),
  tag: v.exactOptional(line(LOG_LIMITS.tag)),
  person: v.exactOptional(key),
  /** From this moment on, and before that one: a month in the reader's own time zone. */
  from: v.exactOptional(instant),
  until: v.exactOptional(instant),
  /** Where the last page ended: its `next`. */
  after: v.exactOptional(v.pipe(v.string(), v.maxLength(400))),
  limit: v.optional(
    v.pipe(v.string(), v.regex(/^\d{1,3}$/, 'Use a whole number.'), v.transform(Number), v.minValue(1), v.maxValue(LOG_LIMITS.page)),
    '30',
  ),
});

/** Entries that this person may see, the newest first; how many there are is said of none, since it could be of a person. */
export const logSchema = v.strictObject({
  entries: list(entrySummarySchema),
  /** Where to go on, or null at the end. */
  next: v.nullable(v.string()),
});
export type Log = v.InferOutput<typeof logSchema>;

/** The newest entry that this person may see, if there is any; and those in whose thread somebody did something, as far as they may see it. */
export const newsSchema = v.strictObject({ newest: v.nullable(key), moved: v.optional(list(key)) });
export type News = v.InferOutput<typeof newsSchema>;

/** What a form has to say and offer, and what is new since the last time. */
export const logPlaceSchema = v.strictObject({
  organisation: namedSchema,
  /** How many other people there are in the organisation. */
  colleagues: count,
  teams: list(
    v.strictObject({
      ...namedSchema.entries,
      /** How many other people are in it, its leaders included. */
      others: count,
      /** Names of those of them who lead it. */
      leaders: list(v.string()),
      role: v.picklist(['member', 'leader']),
      /** When this person, its leader, last shared something with it: for the leader alone. */
      lastShared: v.exactOptional(v.nullable(instant)),
    }),
  ),
  /** The projects that the teams' entries belong to, and one's own, the latest first. */
  projects: list(v.string()),
  tags: list(v.string()),
  /** What becomes of shared entries of somebody who leaves. */
  leavers: v.picklist(LEAVER_RULES),
  /** How many months entries are kept. */
  keptMonths: count,
  /** Names a draft in this browser without naming the person. */
  draftKey: v.string(),
  /** What others did with one's own entries since the digest was last read, up to `digestUntil`. */
  digestUntil: instant,
  digest: list(
    v.strictObject({
      what: v.picklist(['trying', 'endorsed', 'replied', 'helped']),
      entry: v.strictObject({ id: key, excerpt: v.string() }),
      people: list(personSchema),
    }),
  ),
});
export type LogPlace = v.InferOutput<typeof logPlaceSchema>;

/** The digest was read, up to where it went: it begins anew from there. */
export const digestReadSchema = v.strictObject({ until: instant });

export const colleaguesQuerySchema = v.strictObject({ name: line(100) });
export const colleaguesSchema = v.strictObject({
  /** The first twenty by name; the team's own people come first. */
  colleagues: list(v.strictObject({ ...namedSchema.entries, team: v.nullable(v.string()) })),
});
export type Colleagues = v.InferOutput<typeof colleaguesSchema>;

/** All versions that an entry had, the newest first, for its author. */
export const versionsSchema = v.strictObject({
  versions: list(
    v.strictObject({
      version: count,
      at: instant,
      kind: v.picklist(ENTRY_KINDS),
      text: v.string(),
      different: v.nullable(v.string()),
      project: v.nullable(v.string()),
      tags: list(v.string()),
      link: v.nullable(v.string()),
    }),
  ),
});
export type Versions = v.InferOutput<typeof versionsSchema>;

export const doneSchema = v.strictObject({ done: v.literal(true) });

/** One word, or none any more. */
export const endorsementSchema = v.strictObject({ word: v.nullable(v.picklist(ENDORSEMENTS)) });

export const newPostSchema = v.pipe(
  v.strictObject({
    key: clientKey,
    step: v.picklist(POST_STEPS),
    help: v.exactOptional(key),
    parts: v.pipe(v.array(typed(LOG_LIMITS.post)), v.minLength(1), v.maxLength(3), v.readonly()),
  }),
  v.check(({ step, parts }) => parts.length === partsOf(step), 'A peer review answers three questions; all else is one text.'),
  v.check(({ step, help }) => (step === 'reply') === (help === undefined), 'Every step but a reply belongs to a request for help.'),
);
export type NewPost = v.InferInput<typeof newPostSchema>;

export const postParamsSchema = v.strictObject({ entry: key, post: key });

export const newHelpSchema = v.pipe(
  v.strictObject({
    key: clientKey,
    kind: v.picklist(HELP_KINDS),
    question: v.exactOptional(typed(LOG_LIMITS.different)),
    wishDate: v.exactOptional(date),
    people: v.pipe(v.array(key), v.minLength(1), v.maxLength(LOG_LIMITS.people), v.readonly()),
  }),
  v.check(({ kind, people }) => kind !== 'peer-review' || people.length === 1, 'A peer review is asked of one colleague.'),
  v.check(({ kind, question }) => kind !== 'intervision' || question !== undefined, 'An intervision begins with a question.'),
);
export type NewHelp = v.InferInput<typeof newHelpSchema>;

export const helpParamsSchema = v.strictObject({ entry: key, help: key });
export const helpActSchema = v.strictObject({ act: v.picklist(['decline', 'withdraw', 'move-on']) });
export type HelpAct = v.InferInput<typeof helpActSchema>;

const intentionSchema = v.strictObject({
  id: key,
  /** One's own entry says what to do differently, or somebody else's gave the idea. */
  source: v.picklist(['own', 'other']),
  /** Null when it is gone, or no longer this person's to see. */
  entry: v.nullable(v.strictObject({ id: key, excerpt: v.string(), author: personSchema })),
  madeAt: instant,
  askAt: instant,
  /** Whether it is time to ask what came of it. */
  due: v.boolean(),
  state: v.picklist(INTENTION_STATES),
  outcome: v.nullable(v.string()),
});
export type Intention = v.InferOutput<typeof intentionSchema>;

/** What this person set out to do: what is due first, then what is open, then what was answered. */
export const intentionsSchema = v.strictObject({ intentions: list(intentionSchema) });
export type Intentions = v.InferOutput<typeof intentionsSchema>;

export const intentionParamsSchema = v.strictObject({ intention: key });
export const answeredIntentionSchema = v.strictObject({
  state: v.picklist(INTENTION_STATES),
  outcome: v.exactOptional(typed(LOG_LIMITS.outcome)),
});

export const evaluationQuerySchema = v.strictObject({ team: key });
/** How many intentions became action, by the month in which they were made, once that month is counted; never of a person. */
export const evaluationSchema = v.strictObject({
  team: namedSchema,
  threshold: count,
  months: list(
    v.strictObject({
      /** Such as `2026-09`. */
      month: v.string(),
      /** Null when fewer people than the threshold had any. */
      figures: v.nullable(
        v.strictObject({ intentions: count, tried: count, bound: v.picklist(['exact', 'at-least', 'at-most']) }),
      ),
    }),
  ),
});
export type Evaluation = v.InferOutput<typeof evaluationSchema>;

/** All that is somebody's own. */
export const logExportSchema = v.strictObject({
  organisation: v.string(),
  person: namedSchema,
  exportedAt: instant,
  entries: list(v.strictObject({ ...entrySchema.entries, versions: versionsSchema.entries.versions })),
  /** What this person wrote under entries: those of others are named by their ids alone. */
  posts: list(v.strictObject({ entry: key, ...postSchema.entries })),
  endorsements: list(v.strictObject({ entry: key, word: v.picklist(ENDORSEMENTS), at: instant })),
  intentions: list(intentionSchema),
  helps: list(v.strictObject({ entry: key, kind: v.picklist(HELP_KINDS), asked: v.boolean(), state: v.string() })),
  /** Which entries of others this person opened. */
  opened: list(v.strictObject({ entry: key, at: instant })),
});
export type LogExport = v.InferOutput<typeof logExportSchema>;
