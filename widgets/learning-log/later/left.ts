import { html, nothing, type TemplateResult } from 'lit';
import type { Help, Post } from '../../../src/contract/learning-log.ts';
import { partsOf, POST_STEPS, type PostStep } from '../../../src/domain/learning-log.ts';
import { tidy } from '../tidy.ts';
import { Part, type Ground } from './ground.ts';
import { draftName, fieldOf } from './writing.ts';

/** What somebody wrote for a step that closed before it was sent: it stays theirs, until they say what becomes of it. */
export class Left extends Part {
  /** What was thrown away last, as long as it can be taken back. */
  private thrown: { readonly name: string; readonly parts: readonly string[] } | undefined;
  private copied: { readonly name: string; readonly refused: boolean } | undefined;

  constructor(
    ground: Ground,
    private readonly entry: string,
  ) {
    super(ground);
  }

  private parts(step: PostStep, help?: string): readonly string[] {
    return this.ground.drafts.read(draftName(this.entry, step, help), partsOf(step)).parts;
  }

  /** What arrived though its answer was lost is not left: it is there. */
  settle(helps: readonly Help[], posts: readonly Post[]): void {
    for (const { step, help, parts } of posts.filter(({ mine }) => mine)) {
      if (help === null || helps.find(({ id }) => id === help)?.steps.includes(step)) continue;
      if (JSON.stringify(this.parts(step, help).map(tidy)) !== JSON.stringify(parts)) continue;
      const name = draftName(this.entry, step, help);
      this.ground.drafts.sent(name, this.ground.drafts.read(name, partsOf(step)));
    }
  }

  /** Once it is drawn that a step has closed. */
  tell(step: PostStep, help?: string): void {
    this.ground.say(this.texts.unposted.closed);
    this.ground.focus(`[data-left="${CSS.escape(draftName(this.entry, step, help))}"]`);
  }

  private readonly reply = (name: string, text: string): void => {
    const { drafts } = this.ground;
    const reply = draftName(this.entry, 'reply');
    const [begun = ''] = drafts.read(reply, 1).parts;
    drafts.write(reply, [begun.trim() === '' ? text : `${begun}\n\n${text}`]);
    drafts.write(name, []);
    this.ground.refresh();
    this.ground.focus(`#${CSS.escape(fieldOf(reply, 0))}`);
  };

  private readonly copy = async (name: string, text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      this.copied = { name, refused: false };
      this.ground.say(this.texts.unposted.copied);
    } catch {
      // Where the browser keeps the clipboard to itself, the text stands there to be taken by hand.
      this.copied = { name, refused: true };
      this.ground.say(this.texts.unposted.notCopied);
    }
    this.ground.refresh();
  };

  private readonly discard = (name: string, parts: readonly string[]): void => {
    this.thrown = { name, parts };
    this.ground.drafts.write(name, []);
    this.ground.say(this.texts.unposted.discarded);
    this.ground.focus(`[data-left="${CSS.escape(name)}"]`);
  };

  private readonly takeBack = (): void => {
    const { thrown } = this;
    this.thrown = undefined;
    if (!thrown) return;
    this.ground.drafts.write(thrown.name, thrown.parts);
    this.ground.refresh();
    this.ground.focus(`[data-left="${CSS.escape(thrown.name)}"]`);
  };

  /** @param open the steps in which one can write */
  render(open: readonly PostStep[], help: string | undefined, mayReply: boolean): (TemplateResult | typeof nothing)[] {
    const steps = POST_STEPS.filter((step) => (step === 'reply') === (help === undefined) && !open.includes(step));
    return steps.map((step) => this.renderOne(step, help, mayReply));
  }

  private renderOne(step: PostStep, help: string | undefined, mayReply: boolean): TemplateResult | typeof nothing {
    const { texts, copied } = this;
    const name = draftName(this.entry, step, help);
    const parts = this.parts(step, help);
    const text = parts.map(tidy).filter(Boolean).join('\n\n');
    if (text === '') {
      if (this.thrown?.name !== name) return nothing;
      return html`<p class="left" data-left=${name} tabindex="-1">
        ${texts.unposted.discarded} <button type="button" class="link" @click=${this.takeBack}>${texts.unposted.takeBack}</button>
      </p>`;
    }
    return html`<div class="left" data-left=${name} tabindex="-1" role="group" aria-label=${texts.unposted.closed}>
      <p><b>${texts.unposted.closed}</b> ${mayReply ? texts.unposted.maybeReply : nothing}</p>
      <p class="as-typed" dir="auto">${text}</p>
      <div class="bar">
        ${mayReply
          ? html`<button type="button" class="secondary" @click=${() => this.reply(name, text)}>${texts.unposted.toReply}</button>`
          : nothing}
        <button type="button" class="link" @click=${() => void this.copy(name, text)}>
          ${copied?.name === name && !copied.refused ? texts.unposted.copied : texts.unposted.copy}
        </button>
        <button type="button" class="link" @click=${() => this.discard(name, parts)}>${texts.unposted.discard}</button>
      </div>
      ${copied?.name === name && copied.refused ? html`<p class="small">${texts.unposted.notCopied}</p>` : nothing}
    </div>`;
  }
}
