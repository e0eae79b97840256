import { createHash } from 'node:crypto';
import type { Audience } from '../../contract/learning-log.ts';
import type { Identity } from '../../server/auth/issuers.ts';
import { readEntry, writeEntry } from '../../server/learning-log/entries.ts';
import { countMonths } from '../../server/learning-log/evaluation.ts';
import { answerIntention, tryEntry } from '../../server/learning-log/intentions.ts';
import { readDigest } from '../../server/learning-log/place.ts';
import { actOnHelp, askHelp, endorseEntry, writePost } from '../../server/learning-log/threads.ts';
import type { Services } from '../../server/services.ts';
import { DEMO } from '../organisation.ts';
import { dateAfter, momentsOf, morningOf } from './calendar.ts';
import { DEMO_ENTRIES } from './entries.ts';
import type { DemoAct, DemoEntry } from './entry.ts';

/** Working days ago that whoever a visitor can be last looked at what colleagues did with their entries. */
const DIGEST_READ = 9;

/**
 * Fills the learning log of the demo with a year of entries, each written and answered by the capabilities that serve a
 * person who does so, on a clock that is set back. One that is there is left alone; one that was being made when the
 * program was stopped is made anew.
 * @param say told when it is done
 */
export async function seedLearningLog(services: Services, say: (line: string) => void): Promise<void> {
  if (await isMade(services)) return;
  await removeHalfMade(services);
  const now = services.now();
  let moment = now;
  const then: Services = { ...services, now: () => moment };
  for (const { at, happen } of yearOf(now)) {
    moment = at;
    await happen(then);
  }
  // The last thing: by it, a log is known to be whole.
  await countMonths(services, DEMO.id);
  say(`  learning log: ${String(DEMO_ENTRIES.length)} entries of twelve months`);
}

const INSIDE_A_LIST: ReadonlySet<DemoAct['act']> = new Set(['endorse', 'try', 'answer']);

interface Event {
  readonly at: Date;
  readonly happen: (then: Services) => Promise<void>;
}

/** All that happened, in the order in which it did. */
function yearOf(now: Date): Event[] {
  const events = DEMO_ENTRIES.flatMap((entry): Event[] => {
    const thread = new Thread(entry);
    const { written, acts } = momentsOf(entry, now);
    return [
      { at: written, happen: (then) => thread.write(then) },
      ...(entry.then ?? []).map((act, index) => ({ at: acts[index] ?? now, happen: (then: Services) => thread.follow(then, act, index) })),
    ];
  });
  const looked = DEMO.personas.map(({ person }): Event => ({
    at: morningOf(DIGEST_READ, now),
    happen: async (then) => { await readDigest(then, identity(person.id), then.now().toISOString()); },
  }));
  return [...events, ...looked].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** One entry, with all that came after it. */
class Thread {
  readonly #entry: DemoEntry;
  #id = '';
  #help = '';

  constructor(entry: DemoEntry) {
    this.#entry = entry;
  }

  async write(then: Services): Promise<void> {
    const { by, kind, text, different, project, tags = [], link } = this.#entry;
    const { id } = await writeEntry(then, identity(by), {
      key: keyOf(this.#entry),
      kind,
      text,
      tags,
      audience: audienceOf(this.#entry),
      ...(different === undefined ? {} : { different }),
      ...(project === undefined ? {} : { project }),
      ...(link === undefined ? {} : { link }),
    });
    this.#id = id;
  }

  /** @param index which of the acts it is: it makes the key under which it is kept once */
  async follow(then: Services, act: DemoAct, index: number): Promise<void> {
    const author = identity(this.#entry.by);
    const who = 'by' in act && act.by !== undefined ? identity(act.by) : author;
    const entry = this.#id;
    const key = keyOf(this.#entry, index);
    // Who says a word of it, or sets out to try it, may have read it in the list; who writes under it has it open.
    if (who.person !== author.person && !INSIDE_A_LIST.has(act.act)) await readEntry(then, who, entry);
    switch (act.act) {
      case 'endorse':
        await endorseEntry(then, who, entry, act.word);
        break;
      case 'reply':
        await writePost(then, who, entry, { key, step: 'reply', parts: [act.text] });
        break;
      case 'try':
        await tryEntry(then, who, entry);
        break;
      case 'answer': {
        const { state, outcome } = act;
        await answerIntention(then, who, await this.#intentionOf(then, who), { state, ...(outcome === undefined ? {} : { outcome }) });
        break;
      }
      case 'ask': {
        const { of, question, wish } = act;
        const { helps } = await askHelp(then, who, entry, {
          key,
          kind: question === undefined ? 'peer-review' : 'intervision',
          people: of,
          ...(question === undefined ? {} : { question }),
          ...(wish === undefined ? {} : { wishDate: dateAfter(then.now(), wish) }),
        });
        this.#help = helps.at(-1)?.id ?? '';
        break;
      }
      case 'review':
        await writePost(then, who, entry, { key, step: 'review', help: this.#help, parts: act.parts });
        break;
      case 'facts':
      case 'would-do':
      case 'takes':
        await writePost(then, who, entry, { key, step: act.act, help: this.#help, parts: [act.text] });
        break;
      case 'move-on':
      case 'decline':
        await actOnHelp(then, who, { entry, help: this.#help }, act.act);
        break;
    }
  }

  async #intentionOf({ database }: Services, { organisation, person }: Identity): Promise<string> {
    const { id } = await database
      .selectFrom('log_intention')
      .select('id')
      .where('organisation', '=', organisation)
      .where('entry', '=', this.#id)
      .where('person', '=', person)
      .executeTakeFirstOrThrow();
    return id;
  }
}

/** Whether the last thing of it is there: its intentions were counted. */
async function isMade({ database }: Services): Promise<boolean> {
  const counted = await database.selectFrom('log_evaluation').select('month').where('organisation', '=', DEMO.id).limit(1).executeTakeFirst();
  return counted !== undefined;
}

/** Takes away what was made of it, and nothing that a visitor wrote. */
async function removeHalfMade({ database }: Services): Promise<void> {
  await database.transaction().execute(async (transaction) => {
    const made = transaction
      .selectFrom('log_entry')
      .select('id')
      .where('organisation', '=', DEMO.id)
      .where('key', 'in', DEMO_ENTRIES.map((entry) => keyOf(entry)));
    await transaction.deleteFrom('log_intention').where('organisation', '=', DEMO.id).where('entry', 'in', made).execute();
    await transaction.deleteFrom('log_entry').where('organisation', '=', DEMO.id).where('id', 'in', made).execute();
  });
}

function identity(person: string): Identity {
  return { organisation: DEMO.id, person };
}

function audienceOf({ by, for: whom }: DemoEntry): Audience {
  if (whom === undefined) return { scope: 'me' };
  if (whom === 'all') return { scope: 'organisation' };
  if (whom !== 'team') return { scope: 'people', people: whom };
  const team = DEMO.people.find(({ id }) => id === by)?.team;
  if (team === undefined) throw new RangeError(`The demo has nobody called ${by}.`);
  return { scope: 'team', team };
}

/** A UUID made from what is written: always the same for the same entry, so that it can be found again. */
function keyOf({ by, text }: DemoEntry, act?: number): string {
  const hash = createHash('sha256').update(JSON.stringify([DEMO.id, by, text, act])).digest();
  // A UUID of version 8 (RFC 9562): its own maker says what is in it.
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
