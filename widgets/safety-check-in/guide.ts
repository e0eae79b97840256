import { html, nothing, type TemplateResult } from 'lit';
import { button } from '../../src/answering/answering-element.ts';
import { closedRing, closedRingStyles } from '../../src/ui/closed-ring.ts';
import { browserStore } from '../../src/client/storage.ts';
import { messageStyles } from '../../src/answering/later.styles.ts';
import type { OpenRound } from '../../src/contract/rounds.ts';
import type { Language } from '../../src/domain/language.ts';
import { mark } from '../../src/ui/ring.ts';
import { styles } from './guide.styles.ts';
import { guideTexts, type GuideTexts } from './texts.ts';

/** Who goes along after the first page: what stands above each part, how to stop, and what a person takes home. */
export class Guide {
  static readonly styles = [closedRingStyles, messageStyles, styles];

  texts!: GuideTexts;

  async speak(language: Language): Promise<void> {
    this.texts = await guideTexts(language);
  }

  /**
   * What a part is about, why it is asked, and who will see it.
   * @param leader who it is about, when it is not the team
   */
  renderPart(leader: OpenRound['leader'], who: string | undefined, index: number, of: number): TemplateResult {
    const { texts } = this;
    return html`
      <h3 tabindex="-1">${leader ? texts.leader.title(leader.name) : texts.team.title}</h3>
      ${of > 1 ? html`<p class="quiet small">${texts.part(index + 1, of)}</p>` : nothing}
      <p>${leader ? texts.leader.why(leader.name) : texts.team.why}</p>
      <p class="who">${mark}<span>${who}</span></p>
    `;
  }

  renderStop(act: { readonly stay: () => void; readonly keep: () => void; readonly discard: () => void }): TemplateResult {
    const { texts } = this;
    const { kept } = browserStore();
    return html`<div class="items">
      <div class="stop">
        <h3 id="title" tabindex="-1">${texts.stopTitle}</h3>
        <p>${kept ? texts.stopText : texts.stopNotKept}</p>
        <div class="bar">
          ${button(texts.stay, false, act.stay)} ${kept ? button(texts.keep, true, act.keep) : nothing}
          ${button(texts.discard, true, act.discard)}
        </div>
        <p class="quiet">${texts.support}</p>
      </div>
    </div>`;
  }

  renderKept(until: string, label: string, goOn: () => void): TemplateResult {
    const { title, text } = this.texts.kept;
    return html`<div class="items">
      <div class="message">
        ${closedRing(false)}
        <h3 id="title" tabindex="-1">${title}</h3>
        <p>${text(until)}</p>
        <p>${this.texts.support}</p>
        ${button(label, false, goOn)}
      </div>
    </div>`;
  }

  /** One small act for each theme. The same for everybody: what is on the screen tells nobody what was answered. */
  renderForYou({ instrument }: OpenRound): TemplateResult {
    const { texts } = this;
    const acts = instrument.constructs.filter(({ forYou }) => forYou !== undefined);
    return html`<section class="for-you" aria-labelledby="for-you">
      ${acts.length === 0
        ? nothing
        : html`<h3 id="for-you">${texts.forYou}</h3>
            <p class="quiet">${texts.forYouText}</p>
            <div>
              ${acts.map(({ title, forYou }) => html`<details name="for-you">
                <summary>${title}</summary>
                <p>${forYou}</p>
              </details>`)}
            </div>`}
      <p class="quiet">${texts.support}</p>
    </section>`;
  }
}
