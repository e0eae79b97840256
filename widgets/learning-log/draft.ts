import type { Perishable } from '../../src/client/storage.ts';
import type { LogPlace } from '../../src/contract/learning-log.ts';
import type { EntryKind, Scope } from '../../src/domain/learning-log.ts';
import type { Texts } from './texts.ts';

export interface Named {
  readonly id: string;
  readonly name: string;
}

/** Who may read what is being written, by name, so that the form can say it. */
export interface Chosen {
  readonly scope: Scope;
  readonly team?: Named;
  readonly people: readonly Named[];
}

/** What is being written and no server keeps yet. */
export interface Draft extends Perishable {
  /** Makes one entry of it, however often it is sent. Empty until writing begins. */
  readonly key: string;
  /** When it was changed last, in milliseconds. */
  readonly at: number;
  readonly kind: EntryKind;
  readonly text: string;
  readonly different: string;
  readonly project: string;
  readonly tags: readonly string[];
  readonly link: string;
  readonly audience: Chosen;
  /** The entry that this changes, as it was when that began. */
  readonly of?: {
    readonly id: string;
    readonly version: number;
    readonly audience: Chosen;
    /** Names of those who opened it; null for a former colleague. */
    readonly openedBy: readonly (string | null)[];
  };
}

/** Names of drafts of which it is not known yet whose they are. */
export const UNOWNED = 'log:new:';

export const BLANK: Draft = {
  until: '',
  key: '',
  at: 0,
  kind: 'insight',
  text: '',
  different: '',
  project: '',
  tags: [],
  link: '',
  audience: { scope: 'me', people: [] },
};

/** Whether there is anything in it that somebody would miss. */
export function isBlank({ text, different, project, tags, link, of }: Draft): boolean {
  return !of && tags.length === 0 && !(text + different + project + link).trim();
}

/** A UUID, also on pages that are not served over https, where browsers have no function for it (RFC 9562 section 5.4). */
export function newKey(): string {
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) =>
    (Number(digit) ^ ((crypto.getRandomValues(new Uint8Array(1))[0] ?? 0) & (15 >> (Number(digit) / 4)))).toString(16),
  );
}

/** What becomes of it when its author leaves, once there is anybody else who can read it. */
export function leavingOf({ scope, people }: Chosen, place: LogPlace | undefined, texts: Texts): string {
  return place && scope !== 'me' && (scope !== 'people' || people.length > 0) ? texts.leaving[place.leavers] : '';
}

/** Who will be able to read it, in a sentence, with how many people that is. */
export function readersOf({ scope, team, people }: Chosen, place: LogPlace | undefined, texts: Texts): string {
  const names = people.map(({ name }) => name);
  const named = names.length > 0 ? texts.named(names, scope !== 'people') : '';
  const { others, leaders = [], role } = place?.teams.find(({ id }) => id === team?.id) ?? {};
  return {
    me: texts.onlyYou,
    people: named || texts.nobodyYet,
    team: `${texts.team(team?.name ?? '', others, leaders)} ${named} ${role === 'leader' ? texts.leading : ''}`.trim(),
    organisation: texts.organisation(place?.organisation.name ?? '', place?.colleagues),
  }[scope];
}
