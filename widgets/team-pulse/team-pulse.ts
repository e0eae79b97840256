import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from 'lit';
import { RequestFailure, type FailureKind } from '../../src/client/api.ts';
import { teamReports } from '../../src/client/reports.ts';
import type { TeamReports } from '../../src/contract/reports.ts';
import type { Language } from '../../src/domain/language.ts';
import { afterPaint } from '../../src/ui/after-paint.ts';
import { dataTokens } from '../../src/ui/data-tokens.ts';
import { KringElement } from '../../src/ui/element.ts';
import { mark, ring, ringStyles } from '../../src/ui/ring.ts';
import { skeletonStyles } from '../../src/ui/skeleton.ts';
import { base, tokens } from '../../src/ui/tokens.ts';
import type { Later } from './later.ts';
import { Sentences, type ReleasedRound, type Scene } from './sentences.ts';
import { styles } from './team-pulse.styles.ts';
import { loadTexts, type Notice, type Texts } from './texts.ts';

declare global {
  interface HTMLElementTagNameMap {
    'kring-team-pulse': KringTeamPulse;
  }
}

type Construct = TeamReports['instrument']['constructs'][number];

const STATE = { state: true };

/** Up to this many people, everyone has a seat; a longer row of rings says no more than the sentence beside it. */
const SEATS = 16;

/**
 * @summary How learning stands in a team: each closed round with its figures and how sure they are.
 *
 * @fires kring-ready - The element shows the team's figures, or that there are none yet.
 * @fires kring-error - Something failed; `detail.kind` says what kind of thing.
 *
 * @csspart card - The card around everything.
 *
 * @cssprop --kring-surface - Background of the card.
 * @cssprop --kring-text - Text.
 * @cssprop --kring-quiet - Text of less weight.
 * @cssprop --kring-line - Lines that only divide.
 * @cssprop --kring-edge - Edges of what can be operated.
 * @cssprop --kring-accent - Rings, and the main button.
 * @cssprop --kring-accent-soft - A soft background in the accent's colour.
 * @cssprop --kring-on-accent - Text on the accent.
 * @cssprop --kring-data-1 - Means.
 * @cssprop --kring-data-4 - The mean of the round before.
 * @cssprop --kring-band - Intervals.
 * @cssprop --kring-radius - Roundness of the card.
 * @cssprop --kring-font - Font family.
 * @cssprop --kring-font-size - Size that all sizes are in proportion to; `medium` of itself.
 *
 * @attr instrument - Key of the instrument whose figures are shown.
 * @attr round - Round whose figures are shown first; the newest without it.
 * @attr released - Leaves out the round that is open: for a screen that many look at.
 * @attr server - Address of the Leerkring server. May stand on an ancestor.
 * @attr team - The team whose figures are shown first. May stand on an ancestor.
 * @attr lang - Language. May stand on an ancestor.
 * @attr token-url - Address on the page's own site that hands out a token. May stand on an ancestor.
 * @attr theme - `light`, `dark`, or `auto` for the person's own preference; the page's `color-scheme` without it.
 */
export class KringTeamPulse extends KringElement<Texts> {
  static override readonly styles = [tokens, dataTokens, base, ringStyles, skeletonStyles, styles];

  static override properties: PropertyDeclarations = {
    instrument: { reflect: true, useDefault: true },
    reports: STATE,
    failure: STATE,
    awaited: STATE,
    roundId: { attribute: 'round' },
    later: STATE,
    spoken: STATE,
  };

  /** Key of the instrument whose figures are shown. */
  instrument = 'learning-pulse';

  /** What is shown, as the server said it; only to be read. */
  reports: TeamReports | undefined;
  private failure: FailureKind | undefined;
  /** The team that was chosen here and whose figures are on their way. */
  private awaited: string | undefined;
  /** Round whose figures are shown first; the newest without it. */
  roundId: string | undefined;
  /** What comes under the figures, and after them. */
  private later: Later | undefined;
  /** What a screen reader is told, once. */
  private spoken = '';

  protected override readonly loadTexts = loadTexts;

  #chosenTeam: string | undefined;
  /** Counts loads, so that the answer to an earlier one changes nothing. */
  #visit = 0;
  #hadFocus = false;
  /** Figures came that nobody has seen yet. */
  #unseen = false;
  #fetching: { readonly language: Language; readonly done: Promise<void> } | undefined;
  #sentences: Sentences | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.later?.release();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    this.#hadFocus = !!this.shadowRoot?.activeElement;
    if (!this.hasUpdated) return;
    if (changed.has('team')) this.#chosenTeam = undefined;
    if (changed.has('instrument')) void this.load();
  }

  protected override updated(changed: PropertyValues): void {
    super.updated(changed);
    // A button that is gone takes the focus with it: the heading of what came instead receives it.
    if (this.#hadFocus && !this.shadowRoot?.activeElement) this.renderRoot.querySelector<HTMLElement>('#title')?.focus();
    this.later?.updated(this.scene);
    if (this.#unseen && this.scene) {
      this.#unseen = false;
      // Figures do not wait for what comes under them: it is fetched once they have been painted.
      afterPaint(() => void this.#fetchLater());
    }
  }

  protected override async load(quietly = false): Promise<void> {
    const visit = ++this.#visit;
    const { host, instrument } = this;
    try {
      const reports = await teamReports(host, { team: this.#chosenTeam ?? host.team, instrument });
      if (!standsAlone(reports)) await this.#fetchLater();
      if (visit !== this.#visit) return;
      if (this.hasAttribute('released')) reports.open = null;
      this.reports = reports;
      this.#unseen = true;
      this.failure = undefined;
      this.announce('kring-ready', {});
    } catch (error) {
      const kind = error instanceof RequestFailure ? error.kind : 'internal';
      if (kind !== 'offline') await this.#fetchLater();
      else if (!this.reports) void this.#fetchLater().then(() => this.later?.unreachable(host));
      if (visit !== this.#visit || (quietly && kind !== 'signed-out')) return;
      this.failure = kind;
      // Another team's name over a notice, or figures after a sign-out, would mislead.
      if (this.#chosenTeam === undefined || kind === 'signed-out') this.reports = undefined;
      this.announce('kring-error', { kind });
    }
    this.awaited = undefined;
  }

  protected override whenOnline(): void {
    super.whenOnline();
    if (this.failure === 'offline') void this.load();
    else if (this.reports && !this.later) void this.#fetchLater();
    this.later?.retry();
  }

  private get round(): ReleasedRound | undefined {
    const rounds = this.reports?.rounds ?? [];
    return rounds.find(({ id }) => id === this.roundId) ?? rounds[0];
  }

  private get scene(): Scene | undefined {
    const { texts, reports } = this;
    if (!texts) return undefined;
    if (this.#sentences?.texts !== texts) this.#sentences = new Sentences(texts);
    if (!reports) return undefined;
    return { texts, reports, say: this.#sentences };
  }

  /** Fetches what is said under the figures or instead of them, once in each language. */
  #fetchLater(): Promise<void> {
    const { language } = this.host;
    if (this.#fetching?.language !== language) this.#fetching = { language, done: this.#takeLater(language) };
    return this.#fetching.done;
  }

  async #takeLater(language: Language): Promise<void> {
    try {
      const { loadLater } = await import('./later.ts');
      const later = await loadLater(this, language, () => void this.#refresh());
      if (language !== this.host.language) return;
      this.later?.release();
      this.later = later;
    } catch {
      // The figures are read without it; `whenOnline` asks again.
      if (language === this.#fetching?.language) this.#fetching = undefined;
    }
  }

  #noticeOf(texts: Texts, failure: FailureKind): Notice {
    return failure === 'offline' ? texts.offline : (this.later?.notice(failure) ?? texts.failed);
  }

  readonly #chooseTeam = async (event: Event): Promise<void> => {
    const team = (event.target as HTMLSelectElement).value;
    this.#chosenTeam = team;
    this.awaited = team;
    this.roundId = undefined;
    this.failure = undefined;
    await this.load();
    if (team === this.#chosenTeam) this.#tellOutcome();
  };

  readonly #chooseRound = (event: Event): void => {
    this.roundId = (event.target as HTMLSelectElement).value;
    const { scene, round } = this;
    if (scene && round) this.#tell(titleOf(scene, round));
  };

  readonly #tryAgain = async (): Promise<void> => {
    await this.load();
    this.#tellOutcome();
  };

  /** Looks whether figures came, and leaves the card as it is when that fails. */
  async #refresh(): Promise<void> {
    const { round } = this;
    await this.load(true);
    if (this.round?.id !== round?.id) this.#tellOutcome();
  }

  #tellOutcome(): void {
    const { texts, scene, round, failure } = this;
    if (texts && failure !== undefined) this.#tell(this.#noticeOf(texts, failure).title);
    else if (scene) this.#tell(`${scene.reports.team.name}. ${round ? titleOf(scene, round) : ''}`);
  }

  #tell(text: string): void {
    // The same words a second time are news only if they differ.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  protected override render(): TemplateResult {
    const { texts, failure, scene } = this;
    const content = scene
      ? this.#renderCard(scene)
      : texts && failure !== undefined
        ? this.#renderFailure(this.#noticeOf(texts, failure), texts, true)
        : undefined;
    return html`<div class="kring" lang=${texts ? this.host.language : nothing}>
        <section
          class="card"
          part="card"
          aria-labelledby=${scene ? 'title asked' : content ? 'title' : nothing}
          aria-busy=${String(!content || this.awaited !== undefined)}
        >
          ${content ?? html`<div class="skeleton"></div>`}
        </section>
        <p class="sr" role="status">${this.spoken}</p>
      </div>
      ${this.later?.ink}`;
  }

  // Lists, since a template that only holds others has to be prepared as well.
  #renderCard(scene: Scene): readonly unknown[] {
    const { texts } = scene;
    const { awaited, failure } = this;
    const head = this.#renderHead(scene);
    if (failure !== undefined) return [head, this.#renderFailure(this.#noticeOf(texts, failure), texts, false)];
    if (awaited !== undefined) return [head, html`<div class="skeleton"></div>`];
    return [head, this.#renderOpen(scene), this.#renderRounds(scene)];
  }

  #renderHead({ texts, say, reports }: Scene): TemplateResult {
    const { teams, rounds, role, instrument } = reports;
    const { round, awaited } = this;
    const shown = awaited ?? this.#chosenTeam ?? reports.team.id;
    const name = teams.find(({ id }) => id === shown)?.name ?? reports.team.name;
    const settled = awaited === undefined && this.failure === undefined;
    return html`<div class="head">
        ${mark}
        <div>
          <h2 id="title" tabindex="-1">${name}</h2>
          <p class="quiet">
            <span id="asked">${instrument.title}</span> <span class="role">${role === 'leader' ? texts.leader : texts.member}</span>
          </p>
        </div>
      </div>
      <div class="choices" ?hidden=${teams.length < 2 && rounds.length < 2}>
        <label ?hidden=${teams.length < 2}
          ><span>${texts.team}</span>
          <select @change=${this.#chooseTeam}>
            ${teams.map((team) => html`<option value=${team.id} .selected=${team.id === shown}>${team.name}</option>`)}
          </select></label
        >
        <label class="wide" ?hidden=${!settled || rounds.length < 2}
          ><span>${texts.round}</span>
          <select @change=${this.#chooseRound}>
            ${rounds.map(
              ({ id, number, closedAt, report }) =>
                html`<option value=${id} .selected=${id === round?.id}>
                  ${say.count(number)}. ${say.shortDay(closedAt, true)}: ${say.outOf(report)}
                </option>`,
            )}
          </select></label
        >
      </div>`;
  }

  /** The round that is open now: sealed, so only how many ballots are in. */
  #renderOpen({ texts, say, reports }: Scene): TemplateResult | typeof nothing {
    const { open, threshold, role, above, rounds } = reports;
    if (!open) return nothing;
    const closed = new Date(open.closesAt).getTime() <= Date.now();
    const arrived =
      open.ballots === null
        ? texts.fewerIn(say.count(threshold))
        : texts.ballotsIn(say.count(open.ballots), say.count(open.electorate));
    return html`<div class="open">
      ${open.ballots === null ? mark : ring(open.ballots, open.electorate, arrived)}
      <div>
        <h3>${closed ? texts.arriving : texts.openUntil(say.moment(open.closesAt))}</h3>
        <p>${arrived} ${closed ? '' : texts.sealed} ${texts.resultsAt(say.moment(open.resultsAt))}</p>
        <p ?hidden=${rounds.length > 0}>${this.later?.firstRound}</p>
        <p class="quiet" ?hidden=${role !== 'leader' || above === null}>${texts.ownAnswers(above ?? '')}</p>
      </div>
    </div>`;
  }

  #renderRounds(scene: Scene): TemplateResult | typeof nothing {
    const { texts, say, reports } = scene;
    const { round } = this;
    if (!round) {
      const notice = reports.open ? undefined : this.later?.notice('no-round');
      return notice ? html`<div class="notice"><h3>${notice.title}</h3><p>${notice.text}</p></div>` : nothing;
    }
    const closed = texts.closed(say.count(round.number), say.day(round.closedAt));
    return html`
      <p class="closed-on quiet">${closed}</p>
      ${hasFigures(round.report) ? this.#renderReport(scene, round) : this.later?.renderTooFew(scene, round.report)}
      ${this.later?.renderCourse(scene) ??
      (reports.rounds.filter(({ report }) => hasFigures(report)).length > 1 ? html`<div class="soon"></div>` : nothing)}
      ${hasFigures(round.report) ? this.later?.renderAbout(scene, round.report) : nothing}
    `;
  }

  #renderReport(scene: Scene, round: ReleasedRound): TemplateResult {
    const { texts, say, reports } = scene;
    const { report } = round;
    const { labels, constructs } = reports.instrument;
    const earlier = reports.rounds.slice(reports.rounds.indexOf(round) + 1);
    const census = report.constructs.every(({ mean }) => mean.census);
    const before = constructs.some(({ key }) => round.changes[key] && say.figures(report, key));
    const middle = (labels.length + 1) / 2;
    const lowest = lowestOf(scene, round);
    return html`
      <div class="cover">
        ${seats(report.ballots ?? 0, report.electorate)}
        <p>
          <b>${say.answered(report)}.</b>
          ${report.more ? texts.more(reports.above) : ''} ${census ? texts.census : ''}
          ${earlier.length === 0 ? texts.firstTime : ''}
          <span class="quiet">${texts.legend} ${before ? texts.legendBefore : ''}</span>
        </p>
      </div>
      <div class="rows">
        <div class="axis quiet small" aria-hidden="true">
          <span>1 ${labels[0]}</span>
          <span ?hidden=${!Number.isInteger(middle)}>${say.count(middle)}</span>
          <span>${say.count(labels.length)} ${labels.at(-1)}</span>
        </div>
        ${constructs.map((construct) => this.#renderRow(scene, round, construct, { earlier, census }))}
      </div>
      <div class="part next" ?hidden=${!lowest}>
        <h3>${texts.nextStep}</h3>
        <p><b>${lowest?.title}.</b> ${lowest?.nextStep}</p>
      </div>
      ${report.comments ? this.later?.renderComments(report.comments) : nothing}
    `;
  }

  /**
   * A mean with all that is said of it. On the scale the interval is a band, the mean a dot (open when it was kept from
   * an end of the scale), the earlier mean a small line. One template, because a telephone takes its time for each.
   */
  #renderRow(
    scene: Scene,
    round: ReleasedRound,
    { key, title }: Construct,
    { earlier, census }: { readonly earlier: readonly ReleasedRound[]; readonly census: boolean },
  ): TemplateResult {
    const { texts, say, reports } = scene;
    const { report } = round;
    const figures = say.figures(report, key);
    if (!figures) {
      return html`<div class="row"><h3>${title}</h3><p class="missing quiet">${texts.incomplete}</p></div>`;
    }
    const { mean, ballots } = figures;
    const { low, high } = mean.interval;
    const highest = reports.instrument.labels.length;
    const at = (value: number) => `${((100 * (value - 1)) / (highest - 1)).toFixed(2)}%`;
    const from = round.changes[key]?.from;
    const interval = say.interval(mean);
    const change = say.change(key, round, earlier);
    const said = [
      say.favourable(figures),
      this.later?.distribution(scene, figures) ?? '',
      ballots === report.ballots ? '' : `${texts.completed(say.count(ballots), say.count(report.electorate))}.`,
      mean.census && !census ? texts.census : '',
      figures.more && !report.more ? texts.more(reports.above) : '',
    ];
    return html`<div class="row">
      <h3>${title}</h3>
      <svg class="figure" aria-hidden="true">
        <svg class="scale" viewBox="1 0 ${highest - 1} 24" preserveAspectRatio="none">
          <path d=${scaleTo(highest)} vector-effect="non-scaling-stroke" />
        </svg>
        <rect class="band" ?hidden=${low >= high} x=${at(low)} width=${at(high - low + 1)} y="7" height="10" rx="5" />
        <line class="before" ?hidden=${from === undefined} x1=${at(from ?? 1)} x2=${at(from ?? 1)} y1="4" y2="20" />
        <circle class=${mean.bound === 'exact' ? 'mean' : 'mean guarded'} cx=${at(mean.value)} cy="12" r="6" />
      </svg>
      <p class="value">
        <span class="sr">${texts.mean}</span> ${say.mean(mean)}
        <small ?hidden=${interval === undefined}><span class="sr">${texts.interval}</span> ${interval}</small>
      </p>
      <p class="said small quiet">
        ${said.filter(Boolean).join(' ')}
        <span class="change" ?hidden=${earlier.length === 0}><b>${change.lead}</b> ${change.rest}</span>
      </p>
    </div>`;
  }

  #renderFailure(notice: Notice, texts: Texts, alone: boolean): TemplateResult {
    return html`<div class="notice">
      ${alone ? html`<h2 id="title" tabindex="-1">${notice.title}</h2>` : html`<h3>${notice.title}</h3>`}
      <p>${notice.text}</p>
      <div class="bar"><button type="button" class="secondary" @click=${this.#tryAgain}>${texts.tryAgain}</button></div>
    </div>`;
  }
}

function titleOf({ texts, say }: Scene, { number, closedAt, report }: ReleasedRound): string {
  const closed = texts.closed(say.count(number), say.day(closedAt));
  return `${closed}: ${hasFigures(report) ? say.answered(report) : texts.noFigures}`;
}

function hasFigures({ ballots, constructs }: ReleasedRound['report']): boolean {
  return ballots !== undefined && constructs.length > 0;
}

/** Whether what is shown first can be shown without the later part. */
function standsAlone({ rounds: [first] }: TeamReports): boolean {
  if (!first || !hasFigures(first.report)) return false;
  return !first.report.constructs.some(({ distribution }) => distribution);
}

/** Where a team could start: the construct with the lowest mean, the first of them in the instrument's order. */
function lowestOf({ say, reports }: Scene, { report }: ReleasedRound): Construct | undefined {
  const means = reports.instrument.constructs.flatMap((construct) => {
    const figures = say.figures(report, construct.key);
    return figures ? [{ construct, value: figures.mean.value }] : [];
  });
  return means.sort((a, b) => a.value - b.value)[0]?.construct;
}

/** A seat for everyone who was asked, the first `taken` of them filled: how many, never who. */
function seats(taken: number, of: number): TemplateResult | typeof nothing {
  if (of > SEATS) return nothing;
  return html`<span class="seats" aria-hidden="true"
    >${Array.from({ length: of }, (_, seat) => html`<i class=${seat < taken ? 'taken' : ''}></i>`)}</span
  >`;
}

/** A line from the first point of a scale to the last, with a tick at each. */
function scaleTo(highest: number): string {
  return `M1 12H${highest}${Array.from({ length: highest }, (_, index) => `M${index + 1} 2V22`).join('')}`;
}
