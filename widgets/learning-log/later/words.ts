import type { FailureKind } from '../../../src/client/api.ts';
import type { Entry, EntrySummary, Post } from '../../../src/contract/learning-log.ts';
import type { Language } from '../../../src/domain/language.ts';
import type { ChoosingTexts } from '../writing/colleagues.ts';
import { namesOf } from '../names.ts';
import { loadWritingTexts } from '../texts.ts';
import { loadLaterTexts, type LaterTexts } from './texts.ts';

// British English, because its dates are read as everywhere else in Europe.
const LOCALES: Readonly<Record<Language, string>> = { nl: 'nl-NL', en: 'en-GB' };

/** Fetches them in one language. */
export async function loadWords(language: Language): Promise<Words> {
  const [texts, choosing] = await Promise.all([loadLaterTexts(language), loadWritingTexts(language)]);
  return new Words(texts, choosing, language);
}

/** Dates, names and lists of them in one language, as sentences need them. */
export class Words {
  private readonly locale: string;
  private readonly lists: Intl.ListFormat;

  constructor(
    readonly texts: LaterTexts,
    /** What a choice of colleagues says, here and in the form. */
    readonly choosing: ChoosingTexts,
    readonly language: Language,
  ) {
    this.locale = LOCALES[language];
    this.lists = new Intl.ListFormat(this.locale, { type: 'conjunction' });
  }

  /**
   * A day, with its year where that is another one: '12 november'.
   * @param instant ISO 8601, a moment or a date
   */
  day(instant: string): string {
    // A date is one wherever somebody is.
    const day = new Date(instant.length > 10 ? instant : `${instant}T12:00:00`);
    const now = new Date();
    if (instant.length > 10 && day.toDateString() === now.toDateString()) return this.texts.today(this.time(day));
    const year = day.getFullYear() === now.getFullYear() ? {} : ({ year: 'numeric' } as const);
    return day.toLocaleDateString(this.locale, { day: 'numeric', month: 'long', ...year });
  }

  /** A day and a time: '12 november 14:05'. */
  moment(instant: string): string {
    const day = this.day(instant);
    const time = this.time(new Date(instant));
    return day.includes(time) ? day : `${day}, ${time}`;
  }

  /** A day with its year and a time, for what is read on another day. */
  stamp(instant: string): string {
    return new Date(instant).toLocaleString(this.locale, { dateStyle: 'long', timeStyle: 'short' });
  }

  /** @param month such as `2026-09` */
  month(month: string): string {
    return new Date(`${month}-15T12:00:00`).toLocaleDateString(this.locale, { month: 'long', year: 'numeric' });
  }

  count(n: number): string {
    return n.toLocaleString(this.locale);
  }

  /** 'Noor, Sam en Kim'. */
  together(names: readonly string[]): string {
    return this.lists.format(names);
  }

  /** Names of people; those who left are 'a former colleague'. */
  names(people: readonly Post['author'][]): string {
    return this.together(namesOf(people.map((one) => one?.name), this.texts));
  }

  name(person: Post['author']): string {
    return person?.name ?? this.texts.formerColleague;
  }

  /** A sentence that names somebody first, with a capital where there is no name any more. */
  sentence(text: string): string {
    const { formerColleague, formerColleagues } = this.texts;
    const nameless = text.startsWith(formerColleague) || text.startsWith(formerColleagues);
    return nameless ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  }

  author({ mine, author }: Pick<EntrySummary, 'mine' | 'author'>): string {
    return mine ? this.texts.you : this.name(author);
  }

  /** What a leader's entry says of its author. */
  leads({ leads, audience }: Pick<EntrySummary, 'leads' | 'audience'>): string | undefined {
    if (leads === null) return undefined;
    return audience.team?.name === leads ? this.texts.leadsThis : this.texts.leads(leads);
  }

  /** Who may see an entry, in a sentence. */
  audience({ audience, mine, readers }: Pick<Entry, 'audience' | 'mine' | 'readers'>): string {
    const { texts } = this;
    const { scope, team, people } = audience;
    const named = people && people.length > 0 ? this.together(people.map(({ name }) => name)) : undefined;
    const said = texts.audience[scope](team?.name ?? '', mine ? named : undefined);
    return readers === undefined || scope === 'me' ? said : `${said} ${texts.readers(readers, this.count(readers))}`;
  }

  /** What happened and what to do, of an action that failed. */
  failure(kind: FailureKind): string {
    const { failures } = this.texts;
    return (failures as Readonly<Partial<Record<FailureKind, string>>>)[kind] ?? failures.internal;
  }

  private time(day: Date): string {
    return day.toLocaleTimeString(this.locale, { hour: '2-digit', minute: '2-digit' });
  }
}
