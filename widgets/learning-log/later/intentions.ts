import { html, nothing, type TemplateResult } from 'lit';
import { read } from '../../../src/client/api.ts';
import { send } from '../../../src/client/learning-log.ts';
import { intentionPath, LOG_EVALUATION_PATH, LOG_INTENTIONS_PATH } from '../../../src/contract/learning-log-paths.ts';
import type { Evaluation, Intention, Intentions as Answer } from '../../../src/contract/learning-log.ts';
import { LOG_LIMITS, type IntentionState } from '../../../src/domain/learning-log.ts';
import { Part } from './ground.ts';
import { short } from './heading.ts';
import { renderField } from './writing.ts';

/** What somebody set out to do, what is asked of it when it is due, and what became of the team's as a whole. */
export class Intentions extends Part {
  private intentions: Answer['intentions'] | undefined;
  private answering: string | undefined;
  private team: string | undefined;
  private evaluation: Evaluation | undefined;
  private visit = 0;

  /** Those that it is time to ask about. */
  get due(): readonly Intention[] {
    return this.intentions?.filter(({ due, state }) => due && state === 'open') ?? [];
  }

  get loaded(): boolean {
    return this.intentions !== undefined;
  }

  take({ intentions }: Answer): void {
    this.intentions = intentions;
    this.ground.refresh();
  }

  forget(): void {
    this.intentions = undefined;
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
    const teams = this.ground.around.place()?.teams ?? [];
    const team = this.team ?? teams[0]?.id;
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

  private readonly answer = async ({ id }: Intention, state: IntentionState): Promise<void> => {
    const draft = this.ground.drafts.read(`intention/${id}`, 1);
    const outcome = (draft.parts[0] ?? '').trim();
    const kind = await this.attempt(id, async () => {
      const body = { state, ...(outcome === '' || state === 'open' ? {} : { outcome }) };
      this.take(await send<Answer>(this.connection, 'PUT', intentionPath(id), body));
    });
    if (kind !== undefined) return;
    if (state !== 'open') this.ground.drafts.clear(`intention/${id}`);
    this.answering = state === 'open' ? id : undefined;
    this.ground.say(state === 'open' ? '' : this.texts.intentions.answered[state]);
    this.ground.focus(`[data-intention="${CSS.escape(id)}"]`);
  };

  private readonly lookBack = (id: string): void => {
    this.answering = id;
    this.ground.refresh();
    this.ground.focus(`[data-intention="${CSS.escape(id)}"] textarea`);
  };

  /** What is due, above the lists: asked once it is time, and nowhere else. */
  renderDue(): TemplateResult | typeof nothing {
    const { due, texts } = this;
    if (due.length === 0) return nothing;
    return html`<section class="due" aria-label=${texts.intentions.dueTitle}>
      <h3>${texts.intentions.dueTitle}</h3>
      <ul class="intentions">
        ${due.slice(0, this.ground.around.full ? due.length : 1).map((one) => this.renderIntention(one, true))}
      </ul>
    </section>`;
  }

  render(): TemplateResult {
    const { texts, intentions } = this;
    if (!intentions) {
      if (this.failed('list') === undefined) return html`<div class="skeleton list" aria-hidden="true"></div>`;
      return html`${this.renderTrouble('list')}
        <div class="bar"><button type="button" class="secondary" @click=${this.load}>${texts.tryAgain}</button></div>`;
    }
    if (intentions.length === 0) return html`<div class="empty"><p>${texts.intentions.empty}</p></div>${this.renderEvaluation()}`;
    const open = intentions.filter(({ state }) => state === 'open');
    const answered = intentions.filter(({ state }) => state !== 'open');
    return html`${this.renderList(texts.intentions.open, open, true)} ${this.renderList(texts.intentions.done, answered, false)}
      ${this.renderEvaluation()}`;
  }

  private renderList(title: string, list: readonly Intention[], asks: boolean): TemplateResult | typeof nothing {
    if (list.length === 0) return nothing;
    return html`<h4 class="list-title">${title}</h4>
      <ul class="intentions">
        ${list.map((one) => this.renderIntention(one, asks && (one.due || this.answering === one.id)))}
      </ul>`;
  }

  private renderIntention(intention: Intention, asks: boolean): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    const { id, source, entry, madeAt, askAt, state, outcome } = intention;
    const from = source === 'own' ? texts.intentions.own : entry ? texts.intentions.from(words.name(entry.author)) : texts.intentions.fromOther;
    return html`<li class="intention" data-intention=${id} tabindex="-1">
      <p class="quiet small">${from} · ${words.day(madeAt)}</p>
      ${entry
        ? html`<button type="button" class="link from" dir="auto" @click=${() => this.ground.show(entry.id)}>${short(entry.excerpt) || texts.unreadable}</button>`
        : html`<p class="quiet">${texts.intentions.entryGone}</p>`}
      ${state === 'open'
        ? asks
          ? this.renderQuestion(intention)
          : html`<p class="quiet small">
              ${texts.intentions.askedOn(words.day(askAt))}
              <button type="button" class="link" @click=${() => this.lookBack(id)}>${texts.intentions.lookBack}</button>
            </p>`
        : html`<p><b>${texts.intentions.states[state]}</b></p>
            ${outcome === null ? nothing : html`<p class="as-typed" dir="auto">${outcome}</p>`}
            <p class="small">
              <button type="button" class="link" ?disabled=${this.busy(id)} @click=${() => void this.answer(intention, 'open')}>${texts.intentions.reopen}</button>
            </p>
            ${this.renderTrouble(id, texts.notDone)}`}
    </li>`;
  }

  private renderQuestion(intention: Intention): TemplateResult {
    const { texts } = this;
    const { id } = intention;
    const name = `intention/${id}`;
    const draft = this.ground.drafts.read(name, 1);
    return html`<div class="writing" role="group" aria-label=${texts.intentions.question}>
      ${renderField({
        id: `write-${name}`,
        label: texts.intentions.question,
        longest: LOG_LIMITS.outcome,
        text: draft.parts[0] ?? '',
        write: (text) => {
          this.ground.drafts.write(name, { ...draft, parts: [text] });
          this.ground.refresh();
        },
        left: (n) => texts.left(this.ground.words.count(n)),
      })}
      <div class="bar">
        ${(['tried', 'not-tried', 'dropped'] as const).map(
          (state) => html`<button
            type="button"
            class=${state === 'dropped' ? 'link' : 'secondary'}
            ?disabled=${this.busy(id)}
            @click=${() => void this.answer(intention, state)}
          >
            ${texts.intentions.answers[state]}
          </button>`,
        )}
      </div>
      ${this.renderTrouble(id, texts.notSent)}
    </div>`;
  }

  /** How many intentions of a team became action, month by month, in words. */
  private renderEvaluation(): TemplateResult | typeof nothing {
    const { texts, evaluation } = this;
    const { words } = this.ground;
    const teams = this.ground.around.place()?.teams ?? [];
    if (teams.length === 0) return nothing;
    const failed = this.failed(`evaluation${this.visit}`) !== undefined;
    return html`<section class="evaluation" aria-label=${texts.evaluation.title}>
      <h4 class="list-title">${texts.evaluation.title}</h4>
      ${teams.length > 1
        ? html`<label class="labelled narrow"
            ><span>${texts.evaluation.team}</span>
            <select @change=${this.chooseTeam}>
              ${teams.map(({ id, name }) => html`<option value=${id} .selected=${id === (this.team ?? teams[0]?.id)}>${name}</option>`)}
            </select></label
          >`
        : nothing}
      ${evaluation
        ? evaluation.months.length === 0
          ? html`<p class="quiet">${texts.evaluation.none(words.count(evaluation.threshold))}</p>`
          : html`<dl class="months">
                ${evaluation.months.map(
                  ({ month, figures }) => html`<div>
                    <dt>${words.month(month)}</dt>
                    <dd>${figures ? texts.evaluation.figures(words.count(figures.tried), words.count(figures.intentions), figures.bound) : texts.evaluation.tooFew}</dd>
                  </div>`,
                )}
              </dl>
              <p class="quiet small">${texts.evaluation.about(words.count(evaluation.threshold))}</p>`
        : failed
          ? html`${this.renderTrouble(`evaluation${this.visit}`)}
              <div class="bar"><button type="button" class="secondary" @click=${this.evaluate}>${texts.tryAgain}</button></div>`
          : html`<p class="quiet">${texts.fetching}</p>`}
    </section>`;
  }
}
