import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { read } from '../../../src/client/api.ts';
import { send } from '../../../src/client/learning-log.ts';
import { intentionPath, LOG_EVALUATION_PATH, LOG_INTENTIONS_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { Evaluation, Intention, Intentions as Answer, LogPlace } from '../../../src/contract/learning-log.ts';
import { LOG_LIMITS, type IntentionState } from '../../../src/domain/learning-log.ts';
import { short, unmarked } from '../../../src/ui/excerpt.ts';
import { tidy } from '../tidy.ts';
import { Part } from './ground.ts';
import { renderField, room } from './writing.ts';

/** What somebody set out to do, what is asked of it when it is due, and what became of the team's as a whole. */
export class Intentions extends Part {
  private intentions: Answer['intentions'] | undefined;
  private answering: string | undefined;
  /** The one that is asked about above the lists, and stays there once it is answered. */
  private asked: string | undefined;
  private team: string | undefined;
  private evaluation: Evaluation | undefined;
  private visit = 0;

  /** Those that it is time to ask about. Without its entry, nobody would know of what. */
  get due(): readonly Intention[] {
    return this.intentions?.filter(({ due, state, entry }) => due && state === 'open' && entry !== null) ?? [];
  }

  /** Whose teams' evaluation this person sees, those that they lead first. */
  private get teams(): LogPlace['teams'] {
    const teams = this.ground.around.place()?.teams ?? [];
    return [...teams].sort((one, other) => Number(other.role === 'leader') - Number(one.role === 'leader'));
  }

  /** Whether what came of it stands where somebody who leads a team can't miss it, and not among one's own. */
  get leads(): boolean {
    return this.teams[0]?.role === 'leader';
  }

  get loaded(): boolean {
    return this.intentions !== undefined;
  }

  take({ intentions }: Answer): void {
    this.intentions = intentions;
    this.ground.refresh();
  }

  /** An entry of one's own was deleted. */
  gone(entry: string): void {
    this.intentions = this.intentions?.flatMap((one) =>
      one.entry?.id !== entry ? one : one.source === 'own' && one.state === 'open' ? [] : { ...one, entry: null },
    );
  }

  forget(): void {
    this.intentions = undefined;
    this.asked = undefined;
    this.evaluation = undefined;
    this.team = undefined;
    this.visit += 1;
  }

  readonly load = (): Promise<unknown> =>
    this.attempt('list', async () => {
      this.take(await read<Answer>(this.connection, LOG_INTENTIONS_PATH, {}));
    });

  /** Fetches how many became action, of the team that is shown. */
  readonly evaluate = async (): Promise<void> => {
    const team = this.team ?? this.teams[0]?.id;
    if (team === undefined) return;
    const visit = ++this.visit;
    await this.attempt(`evaluation${visit}`, async () => {
      const evaluation = await read<Evaluation>(this.connection, LOG_EVALUATION_PATH, { team });
      if (visit === this.visit) this.evaluation = evaluation;
    });
  };

  private readonly chooseTeam = (event: Event): void => {
    this.team = (event.target as HTMLSelectElement).value;
    this.evaluation = undefined;
    void this.evaluate();
  };

  private readonly answer = async ({ id }: Intention, state: Exclude<IntentionState, 'open'>): Promise<void> => {
    // What is being sent is written down once.
    if (this.busy(id)) return;
    if (this.due[0]?.id === id) this.asked ??= id;
    const draft = this.ground.drafts.read(`intention/${id}`, 1);
    const outcome = tidy(draft.parts[0] ?? '');
    if (outcome.length > LOG_LIMITS.outcome) {
      this.ground.say(room(outcome, LOG_LIMITS.outcome, this.ground.words));
      return this.ground.focus(`[data-intention="${CSS.escape(id)}"] textarea`);
    }
    const kind = await this.attempt(id, async () => {
      const body = { state, ...(outcome === '' ? {} : { outcome }) };
      this.take(await send<Answer>(this.connection, 'PUT', intentionPath(id), body));
    });
    if (kind !== undefined) return;
    this.ground.drafts.sent(`intention/${id}`, draft);
    this.answering = undefined;
    this.ground.say(this.texts.intentions.answered[state]);
    this.ground.focus(`[data-intention="${CSS.escape(id)}"]`);
  };

  /** Asks about it: before it is time, or once more, with what was written then. */
  private readonly lookBack = ({ id, outcome }: Intention): void => {
    const name = `intention/${id}`;
    if (outcome !== null && this.ground.drafts.read(name, 1).parts[0] === '') this.ground.drafts.write(name, [outcome]);
    this.answering = id;
    this.ground.refresh();
    this.ground.focus(`[data-intention="${CSS.escape(id)}"] textarea`);
  };

  private readonly askNext = (): void => {
    const [next] = this.due;
    this.asked = next?.id;
    this.ground.refresh();
    if (next) this.ground.focus(`[data-intention="${CSS.escape(next.id)}"]`);
  };

  /** What is due, above the lists: asked once it is time, and nowhere else. */
  renderDue(): TemplateResult | typeof nothing {
    const { due, texts } = this;
    const one = this.intentions?.find(({ id }) => id === this.asked) ?? due[0];
    if (!one) return nothing;
    const more = due.filter(({ id }) => id !== one.id).length;
    return html`<section class="due" aria-label=${texts.intentions.dueTitle}>
      <h3>${texts.intentions.dueTitle}</h3>
      <ul class="intentions">
        ${keyed(one.id, this.renderIntention(one, true, true))}
      </ul>
      ${more === 0
        ? nothing
        : one.state === 'open'
          ? html`<p class="quiet small">${texts.intentions.more(this.ground.words.count(more))}</p>`
          : html`<div class="bar">
              <button type="button" class="secondary next" @click=${this.askNext}>${texts.intentions.next(this.ground.words.count(more))}</button>
            </div>`}
    </section>`;
  }

  render(): TemplateResult {
    const { texts, intentions } = this;
    if (!intentions) {
      if (this.failed('list') === undefined) return html`<div class="skeleton list" aria-hidden="true"></div>`;
      return html`${this.renderTrouble('list')}
        <div class="bar"><button type="button" class="secondary" @click=${this.load}>${texts.tryAgain}</button></div>`;
    }
    if (intentions.length === 0) return html`<div class="empty"><p>${texts.intentions.empty}</p></div>${this.leads ? nothing : this.renderEvaluation()}`;
    const open = intentions.filter(({ state }) => state === 'open');
    const answered = intentions.filter(({ state }) => state !== 'open');
    return html`${this.renderList(texts.intentions.open, open, true)} ${this.renderList(texts.intentions.done, answered, false)}
      ${this.leads ? nothing : this.renderEvaluation()}`;
  }

  private renderList(title: string, list: readonly Intention[], asks: boolean): TemplateResult | typeof nothing {
    if (list.length === 0) return nothing;
    return html`<h4 class="list-title">${title}</h4>
      <ul class="intentions">
        ${list.map((one) => this.renderIntention(one, asks && one.due && one.entry !== null))}
      </ul>`;
  }

  /** @param stays whether the answer stands in the room of the question: a second click of the same hand meets nothing else */
  private renderIntention(intention: Intention, asks: boolean, stays = false): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    const { id, source, entry, madeAt, askAt, state, outcome } = intention;
    const again = this.answering === id;
    const from = source === 'own' ? texts.intentions.own : entry ? texts.intentions.from(words.name(entry.author)) : texts.intentions.fromOther;
    return html`<li class="intention" data-intention=${id} tabindex="-1">
      <p class="quiet small">${from} · ${words.day(madeAt)}</p>
      ${entry
        ? html`<button type="button" class="link from" dir="auto" @click=${() => this.ground.show(entry.id)}>${this.told(entry.excerpt, asks)}</button>`
        : html`<p class="quiet">${texts.intentions.entryGone}</p>`}
      ${state === 'open' || again
        ? asks || again
          ? this.renderQuestion(intention)
          : !entry
            ? this.renderLost(intention)
            : html`<p class="quiet small">
              ${texts.intentions.askedOn(words.day(askAt))}
              <button type="button" class="link" @click=${() => this.lookBack(intention)}>${texts.intentions.lookBack}</button>
            </p>`
        : stays
          ? html`<div class="answered">
              ${this.renderQuestion(intention)}
              <div>
                <p class="kept"><b>${texts.intentions.answered[state]}</b> ${this.renderReopen(intention)}</p>
                ${outcome === null ? nothing : html`<p class="as-typed" dir="auto">${outcome}</p>`}
              </div>
            </div>`
          : html`<p><b>${texts.intentions.states[state]}</b></p>
              ${outcome === null ? nothing : html`<p class="as-typed" dir="auto">${outcome}</p>`}
              <p class="small">${this.renderReopen(intention)}</p>`}
    </li>`;
  }

  private renderReopen(intention: Intention): TemplateResult {
    return html`<button type="button" class="link" @click=${() => this.lookBack(intention)}>${this.texts.intentions.reopen}</button>`;
  }

  /** What was intended: in short, or where one is asked about it, so that one knows of what. */
  private told(excerpt: string, asks: boolean): string {
    const told = asks ? unmarked(excerpt) : short(excerpt);
    if (told === '') return this.texts.unreadable;
    return asks ? `‘${told}’` : told;
  }

  /** Of what was intended nothing is left to ask about. */
  private renderLost(intention: Intention): TemplateResult {
    const { texts } = this;
    return html`<p class="quiet small">
        ${texts.intentions.notAsked}
        <button type="button" class="link" aria-disabled=${this.waits(intention.id)} @click=${() => void this.answer(intention, 'dropped')}>
          ${texts.intentions.letGo}
        </button>
      </p>
      ${this.renderTrouble(intention.id, texts.notSent)}`;
  }

  private renderQuestion(intention: Intention): TemplateResult {
    const { texts } = this;
    const { id } = intention;
    // Its room stays, unseen.
    const done = intention.state !== 'open' && this.answering !== id;
    const name = `intention/${id}`;
    const draft = this.ground.drafts.read(name, 1);
    return html`<div class="writing" role="group" aria-label=${texts.intentions.question} ?inert=${done}>
      ${renderField(
        {
          id: `write-${name}`,
          label: texts.intentions.question,
          longest: LOG_LIMITS.outcome,
          text: draft.parts[0] ?? '',
          write: (text) => {
            this.ground.drafts.write(name, [text]);
            this.ground.refresh();
          },
          say: (text) => this.ground.say(text),
        },
        this.ground.words,
      )}
      <div class="bar">
        ${(['tried', 'not-tried', 'dropped'] as const).map(
          (state) => html`<button
            type="button"
            class=${state === 'dropped' ? 'link' : 'secondary'}
            aria-disabled=${this.waits(id)}
            ?disabled=${done}
            @click=${() => void this.answer(intention, state)}
          >
            ${texts.intentions.answers[state]}
          </button>`,
        )}
      </div>
      ${this.renderTrouble(id, texts.notSent)}
    </div>`;
  }

  /** How many intentions of a team became action, month by month, in words: the newest first, the others on demand. */
  renderEvaluation(): TemplateResult | typeof nothing {
    const { texts, evaluation, teams } = this;
    const { words } = this.ground;
    if (teams.length === 0) return nothing;
    const failed = this.failed(`evaluation${this.visit}`) !== undefined;
    const [newest, ...earlier] = evaluation?.months ?? [];
    return html`<section class="evaluation" aria-label=${texts.evaluation.title}>
      ${this.leads ? html`<h3>${texts.evaluation.title}</h3>` : html`<h4 class="list-title">${texts.evaluation.title}</h4>`}
      ${teams.length > 1
        ? html`<label class="labelled narrow"
            ><span>${texts.evaluation.team}</span>
            <select @change=${this.chooseTeam}>
              ${teams.map(({ id, name }) => html`<option value=${id} .selected=${id === (this.team ?? teams[0]?.id)}>${name}</option>`)}
            </select></label
          >`
        : nothing}
      ${evaluation
        ? newest === undefined
          ? html`<p class="quiet">${texts.evaluation.none(words.count(evaluation.threshold))}</p>`
          : html`${this.renderMonths([newest])}
              ${earlier.length === 0
                ? nothing
                : html`<details>
                    <summary>${texts.evaluation.earlier}</summary>
                    ${this.renderMonths(earlier)}
                  </details>`}
              <p class="quiet small">${texts.evaluation.about(words.count(evaluation.threshold))}</p>`
        : failed
          ? html`${this.renderTrouble(`evaluation${this.visit}`)}
              <div class="bar"><button type="button" class="secondary" @click=${this.evaluate}>${texts.tryAgain}</button></div>`
          : html`<p class="quiet">${texts.fetching}</p>`}
    </section>`;
  }

  private renderMonths(months: Evaluation['months']): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    return html`<dl class="months">
      ${months.map(
        ({ month, figures }) => html`<div>
          <dt>${words.month(month)}</dt>
          <dd>${figures ? texts.evaluation.figures(words.count(figures.tried), words.count(figures.intentions), figures.bound) : texts.evaluation.tooFew}</dd>
        </div>`,
      )}
    </dl>`;
  }
}
