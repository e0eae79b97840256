import type { ProblemKind } from '../../src/contract/problems.ts';
import type { TeamReports } from '../../src/contract/reports.ts';
import { inLanguage } from '../../src/domain/instrument.ts';
import { INSTRUMENTS } from '../../src/domain/instruments.ts';
import type { Language, Localized } from '../../src/domain/language.ts';
import type { Bound, ConstructFigures, Report } from '../../src/domain/report.ts';

/** What the server answers: reports, a problem, or nothing at all. */
export type DemoAnswer = TeamReports | ProblemKind | 'offline' | 'pending';

type Rounds = TeamReports['rounds'];

/** What whoever lists widgets has to know of this one. */
export const title: Localized = { nl: 'Teampuls', en: 'Team pulse' };

export const summary: Localized = {
  nl: 'Hoe het leren er in een team voor staat: elke ronde met de cijfers en hoe zeker die zijn.',
  en: 'How learning stands in a team: each round with its figures and how sure they are.',
};

/** Every state of the element, by name, with made-up figures. */
export const states = {
  released: (language) => reports(language, { rounds: [november(), october(), september()] }),
  leader: (language) =>
    reports(language, {
      role: 'leader',
      teams: [
        { id: 'north-1', name: name(language) },
        { id: 'north', name: above(language) },
      ],
      open: { ...OPEN, ballots: 6 },
      rounds: [november(), october(), september()],
    }),
  'first-round': (language) => reports(language, { rounds: [round(1, '2026-11-27', six('vision', 'safety', 'sharing'), {})] }),
  everyone: (language) => reports(language, { rounds: [everyone(language), october()] }),
  'large-team': (language) => reports(language, { rounds: [large()] }),
  'too-few': (language) => reports(language, { rounds: [few(8), october(), september()] }),
  'small-team': (language) => reports(language, { rounds: [few(3)] }),
  incomplete: (language) =>
    reports(language, { rounds: [round(1, '2026-11-27', { electorate: 8, ballots: 5, more: false, constructs: [] }, {})] }),
  sealed: (language) => reports(language, { role: 'leader', open: { ...OPEN, ballots: 6 } }),
  'sealed-few': (language) => reports(language, { open: OPEN }),
  arriving: (language) => reports(language, { open: { ...OPEN, closesAt: '2020-11-28T16:00:00Z', ballots: 8 } }),
  empty: (language) => reports(language, {}),
  loading: () => 'pending',
  offline: () => 'offline',
  'signed-out': () => 'signed-out',
  'not-in-roster': () => 'not-in-roster',
  'not-allowed': () => 'not-found',
  failed: () => 'internal',
} satisfies Record<string, (language: Language) => DemoAnswer>;

const OPEN = {
  id: 'r-open',
  opensAt: '2026-12-22T08:00:00Z',
  // Far away, so that the demo stays open.
  closesAt: '2099-12-25T16:00:00Z',
  resultsAt: '2099-12-25T16:10:00Z',
  electorate: 8,
  ballots: null,
} as const;

function name(language: Language): string {
  return language === 'nl' ? 'Wijkteam Oost' : 'District team East';
}

function above(language: Language): string {
  return language === 'nl' ? 'Zorg Noord' : 'Care North';
}

function reports(language: Language, parts: Partial<TeamReports>): TeamReports {
  const [instrument] = INSTRUMENTS;
  if (!instrument) throw new Error('There is no instrument to show.');
  const { key, title: shown, labels, constructs } = inLanguage(instrument, language);
  const team = { id: 'north-1', name: name(language) };
  return {
    team,
    teams: [team],
    role: 'member',
    instrument: {
      key,
      title: shown,
      labels: [...labels],
      constructs: constructs.map((one) => ({ key: one.key, title: one.title, nextStep: one.nextStep })),
    },
    threshold: 5,
    above: above(language),
    open: null,
    rounds: [],
    ...parts,
  };
}

function round(number: number, day: string, report: Report, changes: Rounds[number]['changes']): Rounds[number] {
  return {
    id: `r-${number}`,
    number,
    openedAt: `${day}T08:00:00Z`,
    closedAt: `${day}T16:00:00Z`,
    report: { ...report, constructs: [...report.constructs], ...(report.comments ? { comments: [...report.comments] } : {}) } as Rounds[number]['report'],
    changes,
  };
}

interface Sketch {
  readonly mean: number;
  readonly half: number;
  readonly bound?: Bound;
  readonly agree: number;
  readonly ballots?: number;
  readonly electorate?: number;
}

function figures(construct: string, { mean, half, bound = 'exact', agree, ballots = 6, electorate = 8 }: Sketch): ConstructFigures {
  const hundredths = (value: number) => Math.round(100 * value) / 100;
  const tenths = (value: number) => Math.round(10 * value) / 10;
  const said: Bound = agree >= ballots - 1 ? 'at-least' : agree <= 1 ? 'at-most' : 'exact';
  return {
    construct,
    ballots,
    more: false,
    mean: {
      value: mean,
      bound,
      deviation: 0.8,
      interval: {
        low: bound === 'at-most' ? 1 : tenths(Math.max(1, mean - half)),
        high: bound === 'at-least' ? 5 : tenths(Math.min(5, mean + half)),
      },
      census: ballots === electorate,
    },
    favourable: {
      count: agree,
      bound: said,
      share: hundredths(agree / ballots),
      wilson: { low: hundredths(Math.max(0, agree / ballots - 0.3)), high: hundredths(Math.min(1, agree / ballots + 0.25)) },
      certain: {
        low: said === 'at-most' ? 0 : hundredths(agree / electorate),
        high: hundredths(((said === 'at-least' ? ballots : agree) + electorate - ballots) / electorate),
      },
    },
  };
}

const SIX: Readonly<Record<string, Sketch>> = {
  vision: { mean: 3.9, half: 0.3, agree: 4 },
  safety: { mean: 2.8, half: 0.5, agree: 2 },
  sharing: { mean: 4.2, half: 0.3, agree: 5 },
  'visible-learning': { mean: 3.3, half: 0.5, agree: 3 },
  routine: { mean: 3, half: 0.6, agree: 2 },
};

/** Six of eight answered, on these constructs. */
function six(...constructs: readonly string[]): Report {
  return {
    electorate: 8,
    ballots: 6,
    more: false,
    constructs: Object.entries(SIX).flatMap(([key, sketch]) => (constructs.includes(key) ? [figures(key, sketch)] : [])),
  };
}

function november(): Rounds[number] {
  return round(6, '2026-11-27', six(...Object.keys(SIX)), {
    vision: { verdict: 'higher', from: 3.1 },
    safety: { verdict: 'none', from: 2.6 },
    sharing: { verdict: 'none', from: 4 },
    'visible-learning': { verdict: 'none', from: 3.6 },
  });
}

function october(): Rounds[number] {
  const report: Report = {
    electorate: 8,
    ballots: 7,
    more: true,
    constructs: [
      figures('vision', { mean: 3.1, half: 0.2, agree: 3, ballots: 7 }),
      figures('safety', { mean: 2.6, half: 0.3, agree: 2, ballots: 7 }),
      figures('sharing', { mean: 4, half: 0.3, agree: 5, ballots: 7 }),
      figures('visible-learning', { mean: 3.6, half: 0.3, agree: 4, ballots: 5 }),
    ],
  };
  return round(5, '2026-10-30', report, {
    vision: { verdict: 'lower', from: 3.8 },
    safety: { verdict: 'none', from: 2.9 },
  });
}

function september(): Rounds[number] {
  const report: Report = {
    electorate: 7,
    ballots: 5,
    more: false,
    constructs: [
      figures('vision', { mean: 3.8, half: 0.5, agree: 3, ballots: 5, electorate: 7 }),
      figures('safety', { mean: 2.9, half: 0.6, agree: 2, ballots: 5, electorate: 7 }),
    ],
  };
  return round(4, '2026-09-25', report, {});
}

/** All answered, some at an end of the scale, with comments and distributions. */
function everyone(language: Language): Rounds[number] {
  const all = { ballots: 12, electorate: 12, half: 0 };
  const report: Report = {
    electorate: 12,
    ballots: 12,
    more: false,
    constructs: [
      {
        ...figures('vision', { ...all, mean: 3.9, agree: 8 }),
        distribution: { of: 12, counts: { unfavourable: 2, neutral: 2, favourable: 8 } },
        alpha: 0.82,
      },
      { ...figures('safety', { ...all, mean: 1.1, bound: 'at-most', agree: 1 }), distribution: { of: 12, nearlyAll: 'unfavourable' } },
      { ...figures('sharing', { ...all, mean: 4.9, bound: 'at-least', agree: 11 }), distribution: { of: 12, nearlyAll: 'favourable' } },
      {
        ...figures('visible-learning', { ...all, mean: 3.2, agree: 5 }),
        distribution: { of: 12, counts: { unfavourable: 3, neutral: 4, favourable: 5 } },
      },
      figures('routine', { ballots: 9, electorate: 12, half: 0.3, mean: 2.9, agree: 3 }),
    ],
    comments:
      language === 'nl'
        ? ['Het halfuur op maandag helpt echt.', 'Ik zou vaker willen horen wat er niet lukte.', 'Rustiger overdracht, graag.']
        : ['The half hour on Mondays really helps.', 'I would like to hear more often what did not work.', 'A calmer handover, please.'],
  };
  return round(6, '2026-11-27', report, {
    vision: { verdict: 'higher', from: 3.1 },
    safety: { verdict: 'lower', from: 2.6 },
    sharing: { verdict: 'none', from: 4 },
    'visible-learning': { verdict: 'none', from: 3.6 },
  });
}

function large(): Rounds[number] {
  const asked = { ballots: 41, electorate: 120, half: 0.2 };
  const report: Report = {
    electorate: 120,
    ballots: 44,
    more: true,
    constructs: [
      { ...figures('vision', { ...asked, mean: 3.4, agree: 22 }), more: true, distribution: { of: 38, counts: { unfavourable: 6, neutral: 12, favourable: 20 } } },
      figures('safety', { ...asked, ballots: 44, mean: 3.9, agree: 30 }),
    ],
  };
  return round(1, '2026-11-27', report, {});
}

function few(electorate: number): Rounds[number] {
  return round(6, '2026-11-27', { electorate, more: true, constructs: [] }, {});
}
