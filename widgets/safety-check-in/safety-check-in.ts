import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { AnsweringElement, button } from '../../src/answering/answering-element.ts';
import type { Later, Notice } from '../../src/answering/later.ts';
import { answeringTexts, type AnsweringTexts } from '../../src/answering/texts.ts';
import { browserStore } from '../../src/client/storage.ts';
import type { OpenRound } from '../../src/contract/rounds.ts';
import type { Language } from '../../src/domain/language.ts';
import { dayAndTime } from '../../src/ui/dates.ts';
import type { Guide } from './guide.ts';
import { styles } from './safety-check-in.styles.ts';
import { safetyCheckInTexts, type SafetyCheckInTexts } from './texts.ts';

declare global {
  interface HTMLElementTagNameMap {
    'kring-safety-check-in': KringSafetyCheckIn;
  }
}

type Texts = AnsweringTexts & SafetyCheckInTexts;
type Items = OpenRound['instrument']['items'];

/** The items of one part, in which all that is asked is for the same people to see. */
interface Part {
  readonly about: 'team' | 'leader';
  readonly items: Items;
  /** The step of its heading; its items follow, one a step. */
  readonly from: number;
  /** The step after its last item. */
  readonly to: number;
}

const STATE = { state: true };

/**
 * @summary How safe is the team, and how is trust in its leader: at ease, in parts that each say why they ask and who
 * sees what, in a way that cannot be traced.
 *
 * @fires kring-ready - The element shows what there is to answer, or that there is nothing.
 * @fires kring-sent - The ballot lies in the box.
 * @fires kring-error - Something failed; `detail.kind` says what kind of thing.
 *
 * @csspart card - The card around everything.
 *
 * @cssprop --kring-surface - Background of the card.
 * @cssprop --kring-text - Text.
 * @cssprop --kring-quiet - Text of less weight.
 * @cssprop --kring-line - Lines that only divide.
 * @cssprop --kring-edge - Edges of what can be operated.
 * @cssprop --kring-accent - What is chosen, and the main button.
 * @cssprop --kring-accent-soft - A soft background in the accent's colour.
 * @cssprop --kring-on-accent - Text on the accent.
 * @cssprop --kring-radius - Roundness of the card.
 * @cssprop --kring-font - Font family.
 * @cssprop --kring-font-size - Size that all sizes are in proportion to; `medium` of itself.
 *
 * @attr instrument - Key of the instrument that is asked.
 * @attr server - Address of the Leerkring server. May stand on an ancestor.
 * @attr team - The team meant. May stand on an ancestor.
 * @attr lang - Language. May stand on an ancestor.
 * @attr token-url - Address on the page's own site that hands out a token. May stand on an ancestor.
 * @attr ballot-key - Fingerprint of the ballot key that is trusted. May stand on an ancestor.
 * @attr theme - `light`, `dark`, or `auto` for the person's own preference; the page's `color-scheme` without it.
 */
export class KringSafetyCheckIn extends AnsweringElement<Texts> {
  static override readonly styles = [...AnsweringElement.styles, styles];

  static override properties: PropertyDeclarations = { at: STATE, failed: STATE };

  override instrument = 'psychological-safety';

  /** The first page, the parts one after the other, or one of the two ways to stop. */
  private at: 'start' | 'parts' | 'stopping' | 'kept' = 'start';
  /** What comes after the first page could not be fetched. */
  private failed = false;

  /** All that is said after the first page; it comes with the first step. */
  #guide: Guide | undefined;

  protected override readonly loadTexts = async (language: Language): Promise<Texts> => {
    const [shared, own] = await Promise.all([answeringTexts(language), safetyCheckInTexts(language), this.#guide?.speak(language)]);
    return { ...shared, ...own };
  };

  /** On the first page; from there, at the first item without an answer. */
  protected override enter(round: OpenRound): void {
    this.at = 'start';
    this.step = this.#firstOpen(partsOf(round));
  }

  /** The first item without an answer, by its part's heading when the part was not begun; or the end. */
  #firstOpen(parts: readonly Part[]): number {
    for (const { items, from } of parts) {
      const open = items.findIndex(({ key }) => this.choices[key] === undefined);
      if (open >= 0) return open === 0 ? from : from + 1 + open;
    }
    return parts.at(-1)?.to ?? 0;
  }

  readonly #begin = async (): Promise<void> => {
    try {
      await this.#fetchGuide();
      this.failed = false;
      this.at = 'parts';
      this.go(this.step);
    } catch {
      this.failed = true;
    }
  };

  async #fetchGuide(): Promise<Guide> {
    const { Guide } = await import('./guide.ts');
    if (!this.#guide) this.adopt(Guide.styles);
    this.#guide ??= new Guide();
    await this.#guide.speak(this.host.language);
    this.requestUpdate();
    return this.#guide;
  }

  /** Stays, comes back later, or throws away what was filled in. */
  #turn(at: KringSafetyCheckIn['at']): void {
    this.at = at;
    this.go(this.step);
  }

  readonly #discard = (): void => {
    this.choices = {};
    this.comment = '';
    for (const kind of ['draft', 'outbox'] as const) if (this.round) browserStore().remove(kind, this.round.draftKey);
    if (this.#guide) this.say(this.#guide.texts.discarded);
    this.at = 'start';
    this.go(0);
  };

  protected override renderForm(texts: Texts, round: OpenRound): TemplateResult {
    const guide = this.#guide;
    if (this.at === 'start' || !guide) return this.#renderStart(texts, round);
    if (this.at === 'parts') return this.#renderParts(texts, round, guide);
    const until = dayAndTime(round.closesAt, this.host.language);
    return this.at === 'kept'
      ? guide.renderKept(until, texts.goOn, () => { this.#turn('parts'); })
      : guide.renderStop({
          stay: () => { this.#turn('parts'); },
          keep: () => { this.#turn('kept'); },
          discard: this.#discard,
        });
  }

  /** Takes its time: why, what, how long and for whom, before there is anything to choose. */
  #renderStart(texts: Texts, round: OpenRound): TemplateResult {
    const { leader } = round;
    return html`
      ${this.renderHead(texts, round, html`<p class="quiet">
        ${texts.atEase(round.instrument.items.length, dayAndTime(round.closesAt, this.host.language))}
      </p>`)}
      <div class="stage items">
        <div>
          <h3 tabindex="-1">${texts.why}</h3>
          <p>${texts.whyText}</p>
        </div>
        <div>
          <h3>${texts.parts}</h3>
          <ul>
            ${partsOf(round).map(({ about, items }) => html`<li>
              ${about === 'leader' && leader ? texts.aboutLeader(items.length, leader.name) : texts.aboutTeam(items.length)}
            </li>`)}
          </ul>
          <p>${texts.mayStop}</p>
        </div>
        ${this.renderWho(texts, round)}
      </div>
      ${this.renderBar(html`
        ${button(this.answered > 0 ? texts.goOn : texts.begin, false, () => void this.#begin())}
        <span role="status">${this.failed ? texts.noConnection : ''}</span>
      `)}
    `;
  }

  #renderParts(texts: Texts, round: OpenRound, guide: Guide): TemplateResult {
    const { narrow, step } = this;
    const parts = partsOf(round);
    const here = parts.find(({ from, to }) => step >= from && step < to);
    const end = parts.at(-1)?.to ?? 0;
    const { items, openQuestion } = round.instrument;
    // A narrow column has a screen for each item, a wide page one for each part.
    const before = narrow ? step - 1 : parts.findLast(({ to }) => to <= (here?.from ?? end))?.from ?? -1;
    const after = narrow ? step + 1 : here?.to ?? end;
    return html`
      ${this.renderHead(texts, round, nothing)}
      <div class="items">
        ${parts.map((part, index) => html`
          <div class="stage part" ?hidden=${part !== here || (narrow && step !== part.from)}>
            ${guide.renderPart(
              part.about === 'leader' ? round.leader : null,
              part.about === 'leader' ? this.leaderSees(round) : this.whoSees(texts, round),
              index,
              parts.length,
            )}
          </div>
          ${part.items.map((item, at) =>
            this.renderItem(texts, round, item, part !== here || (narrow && step !== part.from + 1 + at)),
          )}
        `)}
        <div class="last" ?hidden=${step < end}>
          <h3 tabindex="-1">${texts.finish}</h3>
          <p>${guide.texts.answered(this.answered, items.length)}</p>
          ${openQuestion === undefined ? nothing : this.renderComment(texts, round, openQuestion)}
          ${this.renderWho(texts, round)}
        </div>
      </div>
      ${this.renderBar(html`
        ${before >= 0 ? button(texts.back, true, () => { this.go(before); }) : nothing}
        ${step < end
          ? button(texts.next, false, () => { this.go(after); })
          : this.renderSend(texts, items.length - this.answered)}
        <span class="grow"></span>
        <button type="button" class="plain" @click=${() => { this.#turn('stopping'); }}>${guide.texts.stop}</button>
      `)}
    `;
  }

  /** Whoever took part leaves with something, whatever became of the ballot. */
  protected override renderNotice(later: Later, notice: Notice): TemplateResult {
    const { round } = this;
    const tookPart = notice.at === 'taken' || notice.at === 'delivery';
    if (tookPart && !this.#guide) void this.#fetchGuide().catch(() => undefined);
    return html`${super.renderNotice(later, notice)}${tookPart && round ? this.#guide?.renderForYou(round) : nothing}`;
  }
}

function partsOf({ instrument: { constructs, items } }: OpenRound): Part[] {
  const personal = new Set(constructs.filter(({ about }) => about === 'leader').map(({ key }) => key));
  let from = 0;
  return (['team', 'leader'] as const).flatMap((about) => {
    const own = items.filter(({ construct }) => personal.has(construct) === (about === 'leader'));
    if (own.length === 0) return [];
    const part = { about, items: own, from, to: from + own.length + 1 };
    from = part.to;
    return [part];
  });
}
