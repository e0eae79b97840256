import { randomUUID } from 'node:crypto';
import type { NewPost } from '../../src/contract/learning-log.ts';
import { ENTRY_KINDS, type HelpKind, type Scope } from '../../src/domain/learning-log.ts';
import type { Identity } from '../../src/server/auth/issuers.ts';
import { writeEntry } from '../../src/server/learning-log/entries.ts';
import { intentionsOf, tryEntry } from '../../src/server/learning-log/intentions.ts';
import { logFor } from '../../src/server/learning-log/log.ts';
import { actOnHelp, askHelp, writePost } from '../../src/server/learning-log/threads.ts';
import type { Services } from '../../src/server/services.ts';

/** An entry that is really there, with those who come to it. */
export interface RealEntry {
  readonly id: string;
  readonly key: string;
  readonly author: string;
  /** Somebody who may see it, besides the author, if there is anybody. */
  readonly reader: string | undefined;
  /** Somebody who may not. */
  readonly outsider: string;
  readonly scope: Scope;
  readonly team: string;
  readonly posts: readonly RealPost[];
  readonly helps: readonly { readonly id: string; readonly key: string; readonly kind: HelpKind; readonly asked: string }[];
}

export interface RealPost {
  readonly id: string;
  readonly key: string;
  readonly author: string;
}

/** What lies in the learning log before the first request. People are named as `organisation/person`. */
export interface RealLog {
  readonly entries: readonly RealEntry[];
  readonly intentions: readonly { readonly who: string; readonly id: string }[];
  /** Where a page of somebody's list ended. */
  readonly cursors: readonly string[];
}

interface Place {
  readonly team: string;
  readonly members: readonly string[];
}

/** Stands in what is for its author alone, with who that is: nobody else's answer may have it. */
export function secretOf(mark: string, who: string): string {
  return `${mark}geheim${Buffer.from(who).toString('hex')}einde`;
}

/** Entries of every scope, with threads and requests for help in every state, and intentions. */
export async function fillLog(services: Services, organisations: readonly string[], places: readonly Place[], mark: string): Promise<RealLog> {
  const entries: RealEntry[] = [];
  const intentions: { who: string; id: string }[] = [];
  const cursors: string[] = [];
  const whoIs = (organisation: string, person: string): Identity => ({ organisation, person });
  for (const [at, organisation] of organisations.entries()) {
    const elsewhere = organisations[(at + 1) % organisations.length] ?? '';
    for (const [place, { team, members }] of places.entries()) {
      const others = places[(place + 1) % places.length]?.members ?? [];
      for (let number = 0; number < 24; number += 1) {
        const scope = (['me', 'people', 'team', 'organisation'] as const)[number % 4] ?? 'me';
        const author = members[number % 3] ?? '';
        const near = members[(number % 3) + 1] ?? '';
        const far = others[number % others.length] ?? '';
        const me = whoIs(organisation, author);
        const nameOf = (person: string) => `${organisation}/${person}`;
        const key = randomUUID();
        const text = `${scope === 'me' ? secretOf(mark, nameOf(author)) : mark} ${number % 5 === 0 ? 'lang '.repeat(1900) : 'Wij zagen het te laat.'}`;
        const { id } = await writeEntry(services, me, {
          key,
          kind: ENTRY_KINDS[number % ENTRY_KINDS.length] ?? 'insight',
          text,
          project: `${mark} plan ${String(number % 3)}`,
          tags: [mark, 'veiligheid'],
          ...(number % 3 === 0 ? { different: `${mark} anders` } : {}),
          audience: { scope, ...(scope === 'team' ? { team } : {}), ...(scope === 'people' ? { people: [near] } : {}) },
        });
        const posts: RealPost[] = [];
        const helps: RealEntry['helps'][number][] = [];
        const say = async (person: string, post: Omit<NewPost, 'key'>) => {
          const own = { key: randomUUID(), ...post, parts: [...post.parts] };
          const { posts: all } = await writePost(services, whoIs(organisation, person), id, own);
          const made = all.find((one) => one.mine && !posts.some((known) => known.id === one.id));
          if (made) posts.push({ id: made.id, key: own.key, author: nameOf(person) });
        };
        if (scope !== 'me') {
          await say(near, { step: 'reply', parts: [`${mark} dank`] });
          await tryEntry(services, whoIs(organisation, near), id);
          for (const kind of ['peer-review', 'intervision'] as const) {
            const asking = { key: randomUUID(), kind, people: [near], question: `${mark} wat nu?` };
            const asked = await askHelp(services, me, id, asking);
            const help = asked.helps.find((one) => !helps.some((known) => known.id === one.id));
            if (!help) continue;
            helps.push({ id: help.id, key: asking.key, kind, asked: nameOf(near) });
            // Each as far as another.
            if (kind === 'intervision' && number % 2 === 0) await actOnHelp(services, me, { entry: id, help: help.id }, 'move-on');
            if (kind === 'intervision' && number % 3 === 0) await say(author, { step: number % 2 === 0 ? 'takes' : 'facts', help: help.id, parts: [`${mark} stap`] });
            if (kind === 'peer-review' && number % 3 === 1) await say(near, { step: 'review', help: help.id, parts: ['een', 'twee', `${mark} drie`] });
          }
        }
        entries.push({
          id, key, author: nameOf(author), reader: scope === 'me' ? undefined : nameOf(near), outsider: scope === 'organisation' ? `${elsewhere}/${far}` : nameOf(far), scope, team, posts, helps,
        });
      }
      for (const person of members.slice(0, 4)) {
        const { intentions: own } = await intentionsOf(services, whoIs(organisation, person));
        intentions.push(...own.map(({ id }) => ({ who: `${organisation}/${person}`, id })));
        const { next } = await logFor(services, whoIs(organisation, person), { list: 'all', limit: 2 });
        if (next !== null) cursors.push(next);
      }
    }
  }
  return { entries, intentions, cursors };
}
