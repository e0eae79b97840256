import { PROBLEM_TYPE, REPORTS_PATH } from '../../src/contract/paths.ts';
import type { ProblemKind } from '../../src/contract/problems.ts';
import type { TeamReports } from '../../src/contract/reports.ts';
import { inLanguage } from '../../src/domain/instrument.ts';
import { INSTRUMENTS } from '../../src/domain/instruments.ts';
import type { Language, Localized } from '../../src/domain/language.ts';
import type { Bound, ConstructFigures, Report } from '../../src/domain/report.ts';
import type { KringTeamPulse } from './team-pulse.ts';

/**
 * Every state of the card as data, with made-up figures, each with a server of its own that exists in this page alone.
 */

/** How the server answers: with reports, a problem, or not at all. */
type Answer = TeamReports | ProblemKind | 'offline' | 'never';

type Rounds = TeamReports['rounds'];

export interface Demo {
  /** Lower-case words joined by hyphens: the demo server's name. */
  readonly name: string;
  readonly title: Localized;
  /** @param team the team that is asked for, if one is */
  readonly answer: (language: Language, team: string | null) => Answer;
}

export const demos: readonly Demo[] = [
  {
    name: 'released',
    title: { nl: 'Een ronde met cijfers', en: 'A round with figures' },
    answer: (language) => reports(language, { rounds: [november(), october(), september()] }),
  },
  {
    name: 'leader',
    title: { nl: 'Voor wie meer teams leidt, met een ronde open', en: 'For who leads more teams, with a round open' },
    answer: (language, team) => {
      const teams = [
        { id: 'north-1', name: name(language) },
        { id: 'north', name: above(language) },
      ];
      const shown: Partial<TeamReports> =
        team === 'north'
          ? { team: { id: 'north', name: above(language) }, above: null, rounds: [large()] }
          : { open: { ...OPEN, ballots: 6 }, rounds: [november(), october(), september()] };
      return reports(language, { role: 'leader', teams, ...shown });
    },
  },
  {
    name: 'first-round',
    title: { nl: 'De eerste ronde', en: 'The first round' },
    answer: (language) =>
      reports(language, { rounds: [round(1, '2026-11-27', six('vision', 'safety', 'sharing'), {})] }),
  },
  {
    name: 'everyone',
    title: { nl: 'Iedereen antwoordde', en: 'Everyone answered' },
    answer: (language) => reports(language, { rounds: [everyone(language), october()] }),
  },
  {
    name: 'large-team',
    title: { nl: 'Een groot team', en: 'A large team' },
    answer: (language) => reports(language, { rounds: [large()] }),
  },
  {
    name: 'too-few',
    title: { nl: 'Te weinig antwoorden', en: 'Too few answers' },
    answer: (language) => reports(language, { rounds: [few(8), october(), september()] }),
  },
  {
    name: 'small-team',
    title: { nl: 'Team te klein voor eigen cijfers', en: 'Team too small for figures of its own' },
    answer: (language) => reports(language, { rounds: [few(3)] }),
  },
  {
    name: 'incomplete',
    title: { nl: 'Te weinig volledige antwoorden', en: 'Too few complete answers' },
    answer: (language) => {
      const report: Report = { electorate: 8, ballots: 5, more: false, constructs: [] };
      return reports(language, { rounds: [round(1, '2026-11-27', report, {})] });
    },
  },
  {
    name: 'sealed',
    title: { nl: 'De eerste ronde is open', en: 'The first round is open' },
    answer: (language) => reports(language, { role: 'leader', open: { ...OPEN, ballots: 6 } }),
  },
  {
    name: 'sealed-few',
    title: { nl: 'Open, nog weinig stembiljetten', en: 'Open, few ballots yet' },
    answer: (language) => reports(language, { open: OPEN }),
  },
  {
    name: 'arriving',
    title: { nl: 'Net gesloten', en: 'Just closed' },
    answer: (language) => reports(language, { open: { ...OPEN, closesAt: '2020-11-27T16:00:00.000Z', ballots: 8 } }),
  },
  {
    name: 'no-round',
    title: { nl: 'Nog geen ronde', en: 'No round yet' },
    answer: (language) => reports(language, {}),
  },
  { name: 'loading', title: { nl: 'Laadt nog', en: 'Still loading' }, answer: () => 'never' },
  { name: 'offline', title: { nl: 'Geen verbinding', en: 'No connection' }, answer: () => 'offline' },
  { name: 'signed-out', title: { nl: 'Niet aangemeld', en: 'Signed out' }, answer: () => 'signed-out' },
  { name: 'not-in-roster', title: { nl: 'In geen team', en: 'In no team' }, answer: () => 'not-in-roster' },
  { name: 'not-allowed', title: { nl: 'Van een ander team', en: 'Of another team' }, answer: () => 'not-found' },
  { name: 'server-error', title: { nl: 'Serverfout', en: 'Server error' }, answer: () => 'internal' },
];

const HOST = '.team-pulse.demo.invalid';
let mounted = 0;

/**
 * Puts a demo's element into a page. The page's `fetch` must be `demoFetch`'s.
 * @returns the element, once it shows its state
 */
export async function mountDemo(demo: Demo, into: Element, language: Language): Promise<KringTeamPulse> {
  const { name: state, answer } = demo;
  const element = document.createElement('kring-team-pulse');
  element.setAttribute('server', `https://${state}-${String(++mounted)}${HOST}`);
  element.setAttribute('lang', language);
  const signedOut = answer(language, null) === 'signed-out';
  element.getToken = () => Promise.resolve(signedOut ? undefined : 'demo');
  into.append(element);
  if (state === 'loading') return element;
  while (!element.shadowRoot?.getElementById('title')) await new Promise((resolve) => requestAnimationFrame(resolve));
  return element;
}

/** A `fetch` that answers for the demos' servers, and passes on what is meant for others. */
export function demoFetch(others: typeof fetch): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const address = new URL(request.url);
    const demo = demos.find(({ name: state }) => new RegExp(`^${state}-\\d+\\.`).test(address.hostname));
    if (!demo || !address.hostname.endsWith(HOST) || address.pathname !== REPORTS_PATH) return others(input, init);
    const language: Language = request.headers.get('accept-language') === 'en' ? 'en' : 'nl';
    const answer = demo.answer(language, new URLSearchParams(await request.text()).get('team'));
    if (answer === 'never') return new Promise(() => undefined);
    if (answer === 'offline') throw new TypeError('Failed to fetch');
    if (typeof answer === 'object') return Response.json(answer);
    const problem = { type: `${PROBLEM_TYPE}${answer}`, status: 400, title: answer, detail: '' };
    return Response.json(problem, { status: 400, headers: { 'content-type': 'application/problem+json' } });
  };
}

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

function round(
  number: number,
  day: string,
  { comments, ...report }: Report,
  changes: Rounds[number]['changes'],
): Rounds[number] {
  return {
    id: `r-${number}`,
    number,
    openedAt: `${day}T08:00:00Z`,
    closedAt: `${day}T16:00:00Z`,
    report: { ...report, constructs: [...report.constructs], ...(comments ? { comments: [...comments] } : {}) },
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

function figures(construct: string, sketch: Sketch): ConstructFigures {
  const { mean, half, bound = 'exact', agree, ballots = 6, electorate = 8 } = sketch;
  const hundredths = (value: number) => Math.round(100 * value) / 100;
  const tenths = (value: number) => Math.round(10 * value) / 10;
  const said: Bound = agree >= ballots - 1 ? 'at-least' : agree <= 1 ? 'at-most' : 'exact';
  return {
    construct,
    electorate,
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
      wilson: {
        low: hundredths(Math.max(0, agree / ballots - 0.3)),
        high: hundredths(Math.min(1, agree / ballots + 0.25)),
      },
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
    constructs: Object.entries(SIX).flatMap(([key, sketch]) =>
      constructs.includes(key) ? [figures(key, sketch)] : [],
    ),
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
      {
        ...figures('safety', { ...all, mean: 1.1, bound: 'at-most', agree: 1 }),
        distribution: { of: 12, nearlyAll: 'unfavourable' },
      },
      {
        ...figures('sharing', { ...all, mean: 4.9, bound: 'at-least', agree: 11 }),
        distribution: { of: 12, nearlyAll: 'favourable' },
      },
      {
        ...figures('visible-learning', { ...all, mean: 3.2, agree: 5 }),
        distribution: { of: 12, counts: { unfavourable: 3, neutral: 4, favourable: 5 } },
      },
      figures('routine', { ballots: 9, electorate: 12, half: 0.3, mean: 2.9, agree: 3 }),
    ],
    comments:
      language === 'nl'
        ? [
            'Het halfuur op maandag helpt echt.',
            'Ik zou vaker willen horen wat er niet lukte.',
            'Rustiger overdracht, graag.',
          ]
        : [
            'The half hour on Mondays really helps.',
            'I would like to hear more often what did not work.',
            'A calmer handover, please.',
          ],
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
  const vision = figures('vision', { ...asked, mean: 3.4, agree: 22 });
  const report: Report = {
    electorate: 120,
    ballots: 44,
    more: true,
    constructs: [
      {
        ...vision,
        // Some of the groups that are added up here nearly agree.
        favourable: { ...vision.favourable, bound: 'about' },
        distribution: { of: 38, counts: { unfavourable: 6, neutral: 12, favourable: 20 }, about: true },
      },
      figures('safety', { ...asked, ballots: 44, mean: 3.9, agree: 30 }),
    ],
  };
  return round(1, '2026-11-27', report, {});
}

function few(electorate: number): Rounds[number] {
  return round(6, '2026-11-27', { electorate, more: true, constructs: [] }, {});
}
