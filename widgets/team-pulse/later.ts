import { html, nothing, type ReactiveElement, type TemplateResult } from 'lit';
import type { TeamReports } from '../../src/contract/reports.ts';
import type { Language } from '../../src/domain/language.ts';
import type { ConstructFigures, Report } from '../../src/domain/report.ts';
import type { Host } from '../../src/host/port.ts';
import { textsOf } from '../../src/ui/texts.ts';
import type { CourseLook, CoursePoint } from './chart.ts';
import { laterStyles } from './later.styles.ts';
import type { Scene, Sentences } from './sentences.ts';
import type { LaterTexts, Notice } from './texts.ts';
import { Watch } from './watch.ts';

type Construct = TeamReports['instrument']['constructs'][number];

const laterTexts = textsOf<LaterTexts>({ nl: () => import('./texts/nl.later.ts'), en: () => import('./texts/en.later.ts') });

/**
 * Fetches the later part in one language.
 * @param refresh fetches the figures again, without a word when that fails
 */
export async function loadLater(element: ReactiveElement, language: Language, refresh: () => void): Promise<Later> {
  return new Later(element, await laterTexts(language), refresh);
}

/**
 * What comes under the figures of a round, or instead of them: comments, the course over the rounds, what the figures
 * are made of, and the card for when there are none. The course has its table at once; its chart comes when it is in
 * view.
 */
export class Later {
  private readonly element: ReactiveElement;
  private readonly texts: LaterTexts;
  /** The construct whose course is shown. */
  private theme: string | undefined;
  private chart: typeof import('./chart.ts') | 'failed' | undefined;
  private watched: Element | null = null;
  private drawn: { readonly of: string; readonly canvas: HTMLCanvasElement; readonly erase: () => void } | undefined;
  private scene: Scene | undefined;
  /** Waits for the figures of the open round. */
  private readonly watch: Watch;

  private readonly sight = new IntersectionObserver((entries) => {
    if (entries.some(({ isIntersecting }) => isIntersecting)) void this.fetchChart();
  });

  constructor(element: ReactiveElement, texts: LaterTexts, refresh: () => void) {
    this.element = element;
    this.texts = texts;
    this.watch = new Watch(refresh);
    const sheet = laterStyles.styleSheet;
    const adopted = element.shadowRoot?.adoptedStyleSheets;
    if (sheet && adopted && !adopted.includes(sheet)) adopted.push(sheet);
  }

  /** Called after each update of the element, which may have brought or taken the chart's place. */
  updated(scene: Scene | undefined): void {
    this.scene = scene;
    this.watch.follow(scene?.reports.open?.resultsAt);
    const plot = this.element.renderRoot.querySelector('.plot');
    if (plot !== this.watched) {
      this.sight.disconnect();
      if (plot) this.sight.observe(plot);
      this.watched = plot;
    }
    this.draw();
  }

  /** Lets go of the page; the next update takes it up again. */
  release(): void {
    this.watch.follow(undefined);
    this.sight.disconnect();
    this.watched = null;
    this.erase();
  }

  /** The first request had no answer: whoever made the page may have something to mend. */
  unreachable(host: Host): void {
    import('../../src/ui/unreachable.ts').then(
      ({ hintUnreachable }) => hintUnreachable(host),
      () => undefined,
    );
  }

  /** Forgets that the chart could not be fetched. */
  retry(): void {
    if (this.chart !== 'failed') return;
    this.chart = undefined;
    this.element.requestUpdate();
  }

  /** The chart's colours as an element, since the browser computes colours for elements alone. */
  get ink(): TemplateResult {
    return html`<i class="ink" aria-hidden="true" @transitionend=${this.redraw}></i>`;
  }

  /** What to say when there is nothing to show, for a kind of failure or when no round was held. */
  notice(kind: string): Notice | undefined {
    return (this.texts.notices as Readonly<Record<string, Notice | undefined>>)[kind];
  }

  /** How the answers lie over the three bins, in words. */
  distribution({ say }: Scene, { ballots, distribution }: ConstructFigures): string {
    if (!distribution) return '';
    const { texts } = this;
    // The groups that a distribution rests on are larger, so that it may cover fewer ballots than the mean.
    const intro = distribution.of === ballots ? texts.spread : texts.spreadOf(say.count(distribution.of));
    if ('nearlyAll' in distribution) return `${intro}: ${texts.nearlyAll[distribution.nearlyAll]}.`;
    const { unfavourable, neutral, favourable } = distribution.counts;
    const counts = {
      unfavourable: say.count(unfavourable),
      neutral: say.count(neutral),
      favourable: say.count(favourable),
    };
    return `${intro}: ${texts.distribution(counts, distribution.about ?? false)}.`;
  }

  /** What will be here, said while the first round is open. */
  get firstRound(): string {
    return this.texts.noneYet;
  }

  renderTooFew({ texts: { noFigures }, say, reports }: Scene, report: Report): TemplateResult {
    const { texts } = this;
    const { threshold, above } = reports;
    const { ballots, electorate } = report;
    const [k, n] = [say.count(threshold), say.count(electorate)];
    const because =
      ballots !== undefined
        ? texts.incompleteBecause(say.answered(report))
        : electorate < threshold
          ? texts.smallTeamBecause(k, n)
          : texts.tooFewBecause(k);
    return html`<div class="too-few">
      <h3>${noFigures}</h3>
      <p>${because}</p>
      ${above === null ? nothing : html`<p class="quiet">${texts.countAbove(above)}</p>`}
      <div class="talk">
        <h3>${texts.talk}</h3>
        <ol>
          ${texts.questions.map((question) => html`<li>${question}</li>`)}
        </ol>
      </div>
    </div>`;
  }

  renderComments(comments: readonly string[]): TemplateResult {
    const { texts } = this;
    return html`<div class="part">
      <h3>${texts.comments}</h3>
      <p class="quiet">${texts.commentsOrder}</p>
      <ul class="quotes">
        ${comments.map((comment) => html`<li><blockquote dir="auto">${comment}</blockquote></li>`)}
      </ul>
    </div>`;
  }

  renderCourse(scene: Scene): TemplateResult | typeof nothing {
    const { texts, chart } = this;
    const themes = themesOf(scene);
    const theme = this.themeOf(scene);
    if (!theme) return nothing;
    const points = this.points(scene);
    return html`<div class="part course">
      <h3>${texts.course}</h3>
      <label class="theme" ?hidden=${themes.length < 2}
        ><span>${texts.theme}</span>
        <select @change=${this.chooseTheme}>
          ${themes.map(({ key, title }) => html`<option value=${key} .selected=${key === theme.key}>${title}</option>`)}
        </select></label
      >
      <details ?open=${chart === 'failed'}>
        <summary>${texts.asTable}</summary>
        <table>
          <caption>
            ${theme.title}
          </caption>
          <thead>
            <tr>
              ${[texts.tableRound, scene.texts.mean, texts.tableInterval, texts.tableAnswered].map(
                (heading) => html`<th scope="col">${heading}</th>`,
              )}
            </tr>
          </thead>
          <tbody>
            ${scene.reports.rounds.map(
              ({ report }, index) =>
                html`<tr>
                  <th scope="row">${points[index]?.label}</th>
                  ${this.renderCells(scene, scene.say.figures(report, theme.key), report.electorate)}
                </tr>`,
            )}
          </tbody>
        </table>
      </details>
      ${chart === 'failed'
        ? html`<p class="quiet">${texts.chartFailed}</p>`
        : html`<div class="plot"><canvas role="img" aria-label=${texts.chart(theme.title)}></canvas></div>`}
    </div>`;
  }

  renderAbout({ texts: words, say, reports }: Scene, report: Report): TemplateResult {
    const { texts } = this;
    const { labels, constructs } = reports.instrument;
    const end = (point: number) => `${say.count(point)} (${labels[point - 1] ?? ''})`;
    const { aboutInterval, aboutCertain, aboutEnds, aboutChange } = texts;
    return html`<details class="part about">
      <summary>${texts.about}</summary>
      <ul>
        ${[texts.aboutScale(end(1), end(labels.length)), aboutInterval, aboutCertain, aboutEnds, aboutChange].map(
          (sentence) => html`<li>${sentence}</li>`,
        )}
        ${reports.role === 'leader' && reports.above !== null && !reports.open
          ? html`<li>${words.ownAnswers(reports.above)}</li>`
          : nothing}
      </ul>
      <ul class="quiet small">
        ${constructs.map(({ key, title }) => {
          const figures = say.figures(report, key);
          return figures ? html`<li>${title}: ${this.technical(figures, say)}.</li>` : nothing;
        })}
      </ul>
    </details>`;
  }

  private readonly chooseTheme = (event: Event): void => {
    this.theme = (event.target as HTMLSelectElement).value;
    this.element.requestUpdate();
  };

  private readonly redraw = (): void => {
    this.erase();
    this.draw();
  };

  private renderCells({ say }: Scene, figures: ConstructFigures | undefined, electorate: number): TemplateResult {
    const { texts } = this;
    if (!figures) return html`<td colspan="3" class="quiet">${texts.tooFew}</td>`;
    const { mean, ballots } = figures;
    return html`<td>${say.mean(mean)}</td>
      <td>${say.interval(mean) ?? say.mean(mean)}</td>
      <td>${texts.nOf(say.count(ballots), say.count(electorate))}</td>`;
  }

  /** What only those want to know who know what it is. */
  private technical({ mean, favourable: { wilson }, alpha }: ConstructFigures, say: Sentences): string {
    const { texts } = this;
    return [
      texts.deviation(say.number(mean.deviation, 2)),
      texts.wilson(say.percent(wilson.low), say.percent(wilson.high)),
      ...(alpha === undefined ? [] : [texts.alpha(say.number(alpha, 2))]),
    ].join(', ');
  }

  private themeOf(scene: Scene): Construct | undefined {
    const themes = themesOf(scene);
    return themes.find(({ key }) => key === this.theme) ?? themes[0];
  }

  /** The newest first, as in the table. */
  private points(scene: Scene): CoursePoint[] {
    const { texts, say } = scene;
    const { rounds } = scene.reports;
    const theme = this.themeOf(scene);
    const years = new Set(rounds.map(({ closedAt }) => new Date(closedAt).getFullYear()));
    return rounds.map(({ closedAt, report }) => {
      const label = say.shortDay(closedAt, years.size > 1);
      const figures = theme && say.figures(report, theme.key);
      if (!figures) return { label };
      const { mean, ballots } = figures;
      const interval = say.interval(mean);
      const answered = texts.answered(say.count(ballots), say.count(report.electorate));
      return {
        label,
        figure: {
          value: mean.value,
          low: mean.interval.low,
          high: mean.interval.high,
          guarded: mean.bound !== 'exact',
          mean: say.mean(mean),
          said: `${say.mean(mean)}${interval ? ` (${interval})` : ''}; ${answered}`,
        },
      };
    });
  }

  private async fetchChart(): Promise<void> {
    this.sight.disconnect();
    if (this.chart) return;
    try {
      this.chart = await import('./chart.ts');
    } catch {
      this.chart = 'failed';
    }
    this.element.requestUpdate();
  }

  private draw(): void {
    const { chart, scene } = this;
    const canvas = this.element.renderRoot.querySelector('canvas');
    if (!scene || !canvas || typeof chart !== 'object') {
      this.erase();
      return;
    }
    const points = this.points(scene).toReversed();
    const of = JSON.stringify(points);
    if (this.drawn?.canvas === canvas && this.drawn.of === of) return;
    this.erase();
    const look = this.look(canvas);
    if (!look) return;
    const erase = chart.drawCourse(canvas, points, scene.reports.instrument.labels.length, look);
    this.drawn = { of, canvas, erase };
  }

  private erase(): void {
    this.drawn?.erase();
    this.drawn = undefined;
  }

  private look(canvas: Element): CourseLook | undefined {
    const element = this.element.renderRoot.querySelector('.ink');
    if (!element) return undefined;
    const ink = getComputedStyle(element);
    const { color, fontFamily } = getComputedStyle(canvas);
    return {
      data: ink.color,
      band: ink.backgroundColor,
      line: ink.borderTopColor,
      quiet: ink.borderBottomColor,
      surface: ink.outlineColor,
      text: color,
      font: fontFamily,
    };
  }
}

/** The constructs that have a course: figures in two rounds or more. */
function themesOf({ say, reports: { instrument, rounds } }: Scene): readonly Construct[] {
  return instrument.constructs.filter(({ key }) => rounds.filter(({ report }) => say.figures(report, key)).length > 1);
}
