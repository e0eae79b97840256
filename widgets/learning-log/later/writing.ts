import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../src/client/learning-log.ts';
import { postsPath } from '../../../src/contract/learning-log-paths.ts';
import type { Entry } from '../../../src/contract/learning-log.ts';
import { LOG_LIMITS, partsOf, type PostStep } from '../../../src/domain/learning-log.ts';
import { tidy } from '../tidy.ts';
import type { Draft } from './drafts.ts';
import { Part, type Ground } from './ground.ts';
import type { Words } from './words.ts';

/** Characters before the end at which one is told how many are left. */
const NEARLY = 200;

interface Field {
  readonly id: string;
  readonly label: string;
  readonly longest: number;
  readonly text: string;
  readonly write: (text: string) => void;
  readonly say: (text: string) => void;
}

/** At so many characters before the end it is told aloud how many are left; and when it is too long. */
const TOLD = [NEARLY, 50, -1];

/** How many characters a text is too long, or there are left, in words. */
export function room(text: string, longest: number, words: Words): string {
  const rest = longest - tidy(text).length;
  const count = words.count(Math.abs(rest));
  return rest < 0 ? words.texts.over(count) : words.texts.left(count);
}

/** A field for one text of a draft, which grows with it. Nothing that is pasted is cut off. */
export function renderField({ id, label, longest, text, write, say }: Field, words: Words): TemplateResult {
  const rest = longest - tidy(text).length;
  const steps = (left: number) => TOLD.filter((one) => left <= one).length;
  return html`<label class="labelled" for=${id}><span>${label}</span></label>
    <textarea
      id=${id}
      rows="1"
      dir="auto"
      aria-describedby=${rest > NEARLY ? nothing : `${id}-room`}
      .value=${text}
      @input=${(event: Event) => {
        const { value } = event.target as HTMLTextAreaElement;
        write(value);
        if (steps(longest - tidy(value).length) > steps(rest)) say(room(value, longest, words));
      }}
    ></textarea>
    ${rest > NEARLY ? nothing : html`<p id=${`${id}-room`} class=${rest < 0 ? 'over small' : 'quiet small'}>${room(text, longest, words)}</p>`}`;
}

/** Names what is written for a step, of a request for help where it belongs to one. */
export function draftName(entry: string, step: PostStep, help?: string): string {
  return [entry, help, step].filter(Boolean).join('/');
}

/** The field in the element for one text of what has that name. */
export function fieldOf(name: string, index: number): string {
  return `write-${name}/${index}`;
}

/** Writing one step in a thread: a draft that is kept, and sent under one key. */
export class Writing extends Part {
  private missing = false;

  constructor(
    ground: Ground,
    private readonly entry: string,
    private readonly step: PostStep,
    private readonly help: string | undefined,
    private readonly sent: (entry: Entry) => void,
    private readonly closed: () => Promise<void>,
  ) {
    super(ground);
  }

  /** Names its draft, and its fields in the element. */
  private get name(): string {
    return draftName(this.entry, this.step, this.help);
  }

  private get draft(): Draft {
    return this.ground.drafts.read(this.name, partsOf(this.step));
  }

  private write(index: number, text: string): void {
    const { draft } = this;
    this.missing = false;
    this.ground.drafts.write(this.name, draft.parts.map((part, at) => (at === index ? text : part)));
    this.ground.refresh();
  }

  private readonly send = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.busy('send')) return;
    const { draft, step, help, name } = this;
    const parts = draft.parts.map(tidy);
    const empty = parts.indexOf('');
    if (empty >= 0) {
      this.missing = true;
      this.ground.refresh();
      return this.ground.focus(`#${CSS.escape(this.fieldId(empty))}`);
    }
    const long = parts.findIndex((part) => part.length > LOG_LIMITS.post);
    if (long >= 0) {
      this.ground.say(room(parts[long] ?? '', LOG_LIMITS.post, this.ground.words));
      return this.ground.focus(`#${CSS.escape(this.fieldId(long))}`);
    }
    const body = { key: draft.key, step, parts, ...(help === undefined ? {} : { help }) };
    let entry: Entry | undefined;
    const kind = await this.attempt('send', async () => {
      entry = await send<Entry>(this.connection, 'POST', postsPath(this.entry), body);
    });
    if (entry) {
      this.ground.drafts.sent(name, draft);
      this.sent(entry);
      this.ground.say(this.texts.sent);
      const mine = entry.posts.findLast((post) => post.mine && post.step === step && post.help === (help ?? null));
      return this.ground.focus(`[data-post="${CSS.escape(mine?.id ?? '')}"]`);
    }
    // An earlier try did arrive, and said something else: the next one is another post.
    if (kind === 'key-used') this.ground.drafts.renew(name, draft);
    if (kind === 'step-closed') await this.closed();
  };

  /** @param labels one for each text */
  render(labels: readonly string[], button: string, hint = ''): TemplateResult {
    const { draft, texts } = this;
    return html`<form class="writing" novalidate @submit=${this.send}>
      ${hint === '' ? nothing : html`<p class="quiet small">${hint}</p>`}
      ${labels.map((label, index) =>
        renderField(
          {
            id: this.fieldId(index),
            label,
            longest: LOG_LIMITS.post,
            text: draft.parts[index] ?? '',
            write: (text) => this.write(index, text),
            say: (text) => this.ground.say(text),
          },
          this.ground.words,
        ),
      )}
      ${this.missing ? html`<p class="trouble" role="alert">${labels.length > 1 ? texts.answerAll : texts.writeFirst}</p>` : nothing}
      <div class="bar">
        <button type="submit" class="secondary" aria-disabled=${this.waits('send')}>${this.busy('send') ? texts.sending : button}</button>
      </div>
      ${this.renderTrouble('send', texts.notSent)}
    </form>`;
  }

  private fieldId(index: number): string {
    return fieldOf(this.name, index);
  }
}
