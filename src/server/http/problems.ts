import type { Language, Localized } from '../../domain/language.ts';
import { PROBLEM_TYPE, type Problem, type ProblemKind } from '../../contract/problems.ts';

/** Where in a request something is wrong. */
export interface RequestError {
  /** JSON Pointer (RFC 6901) into the body, or `?name` for a query parameter. */
  readonly pointer: string;
  readonly detail: string;
}

/** What two devices made of one entry: its author chooses. */
export type BothTexts = Required<Pick<Problem, 'kept' | 'sent'>>;

/** A request that can't be granted. Nothing in it is secret: it is what the client is told. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly kind: ProblemKind;
  readonly errors: readonly RequestError[];
  readonly both: BothTexts | undefined;
  /** What to do, where there is more to say than the kind says. */
  readonly detail: Localized | undefined;

  constructor(kind: ProblemKind, errors: readonly RequestError[] = [], both?: BothTexts, detail?: Localized) {
    super(kind);
    this.kind = kind;
    this.errors = errors;
    this.both = both;
    this.detail = detail;
  }
}

export function statusOf(kind: ProblemKind): number {
  return TEXTS[kind].status;
}

/** A problem in the words of one language. */
export function problemIn(language: Language, { kind, errors = [], both, detail: own }: Pick<ProblemError, 'kind'> & Partial<ProblemError>): Problem {
  const { status, title, detail } = TEXTS[kind];
  return {
    type: PROBLEM_TYPE + kind,
    status,
    title: title[language],
    detail: (own ?? detail)[language],
    ...(errors.length > 0 ? { errors: errors.map((error) => ({ ...error })) } : {}),
    ...both,
  };
}

interface ProblemText {
  readonly status: number;
  readonly title: Localized;
  readonly detail: Localized;
}

const TEXTS: Readonly<Record<ProblemKind, ProblemText>> = {
  'invalid-request': {
    status: 400,
    title: { nl: 'De aanvraag klopt niet', en: 'The request is not right' },
    detail: {
      nl: 'Bij ‘errors’ staat wat er niet klopt en waar.',
      en: 'Under ‘errors’ it says what is wrong, and where.',
    },
  },
  'too-large': {
    status: 413,
    title: { nl: 'De aanvraag is te groot', en: 'The request is too large' },
    detail: { nl: 'Maak de tekst korter en probeer het opnieuw.', en: 'Make the text shorter and try again.' },
  },
  'too-many-requests': {
    status: 429,
    title: { nl: 'Even te veel tegelijk', en: 'Too much at once' },
    detail: { nl: 'Probeer het over een minuut opnieuw.', en: 'Try again in a minute.' },
  },
  'signed-out': {
    status: 401,
    title: { nl: 'Je bent niet aangemeld', en: 'You are not signed in' },
    detail: { nl: 'Meld je opnieuw aan op deze site.', en: 'Sign in again on this site.' },
  },
  'not-in-roster': {
    status: 403,
    title: { nl: 'Je staat niet in de teamlijst', en: 'You are not in the roster' },
    detail: {
      nl: 'Vraag de beheerder van Leerkring om je aan je team toe te voegen.',
      en: 'Ask the administrator of Leerkring to add you to your team.',
    },
  },
  'not-found': {
    status: 404,
    title: { nl: 'Niet gevonden', en: 'Not found' },
    detail: { nl: 'Dit bestaat niet, of je mag het niet zien.', en: 'This does not exist, or is not yours to see.' },
  },
  'not-asked': {
    status: 403,
    title: { nl: 'Jij wordt in deze ronde niet gevraagd', en: 'You are not asked in this round' },
    detail: {
      nl: 'Wie meedoet is vastgelegd toen de ronde begon.',
      en: 'Who takes part was settled when the round opened.',
    },
  },
  'round-closed': {
    status: 410,
    title: { nl: 'Deze ronde is gesloten', en: 'This round is closed' },
    detail: { nl: 'Er kan niet meer geantwoord worden.', en: 'No more answers can be given.' },
  },
  'paper-taken': {
    status: 409,
    title: { nl: 'Je stempas is al gebruikt', en: 'Your ballot paper was already taken' },
    detail: {
      nl: 'Je hebt je stempas voor deze ronde al opgehaald, misschien op een ander apparaat.',
      en: 'You already took your ballot paper for this round, perhaps on another device.',
    },
  },
  'paper-invalid': {
    status: 403,
    title: { nl: 'De stempas is niet geldig', en: 'The ballot paper is not valid' },
    detail: {
      nl: 'Hij hoort niet bij deze ronde en dit team.',
      en: 'It does not belong to this round and this team.',
    },
  },
  'ballot-differs': {
    status: 409,
    title: { nl: 'Er is al een ander stembiljet', en: 'There already is another ballot' },
    detail: {
      nl: 'Met deze stempas is al geantwoord. Dat eerste antwoord telt.',
      en: 'This ballot paper was already used. That first answer counts.',
    },
  },
  'entry-changed': {
    status: 412,
    title: { nl: 'Deze notitie is intussen veranderd', en: 'This entry was changed meanwhile' },
    detail: {
      nl: 'Bij ‘kept’ staat wat er bewaard is, bij ‘sent’ wat je stuurde. Kies, en stuur het opnieuw met de versie van ‘kept’.',
      en: 'Under ‘kept’ is what is kept, under ‘sent’ what you sent. Choose, and send it again with the version of ‘kept’.',
    },
  },
  'key-used': {
    status: 409,
    title: { nl: 'Dit is al met een andere tekst bewaard', en: 'This was already kept with another text' },
    detail: {
      nl: 'Onder dezelfde sleutel staat al iets anders. Gebruik een nieuwe sleutel.',
      en: 'Something else is already kept under the same key. Use a new key.',
    },
  },
  'step-closed': {
    status: 409,
    title: { nl: 'Deze stap is niet (meer) aan de beurt', en: 'This step is not open now' },
    detail: {
      nl: 'Kijk hoe het er nu voor staat: misschien is de vraag afgerond of ingetrokken.',
      en: 'Look where it stands now: the request may have ended or been withdrawn.',
    },
  },
  unavailable: {
    status: 503,
    title: { nl: 'Leerkring is even niet bereikbaar', en: 'Leerkring can’t be reached for a moment' },
    detail: { nl: 'Probeer het zo opnieuw.', en: 'Try again in a moment.' },
  },
  internal: {
    status: 500,
    title: { nl: 'Er ging iets mis bij ons', en: 'Something went wrong on our side' },
    detail: { nl: 'Probeer het zo opnieuw.', en: 'Try again in a moment.' },
  },
};
