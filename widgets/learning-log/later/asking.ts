import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../src/client/learning-log.ts';
import { helpsPath } from '../../../src/contract/learning-log-paths.ts';
import type { Entry } from '../../../src/contract/learning-log.ts';
import { HELP_KINDS, LOG_LIMITS, type HelpKind } from '../../../src/domain/learning-log.ts';
import { leavingOf, readersOf, type Named } from '../draft.ts';
import { tidy } from '../tidy.ts';
import { Colleagues } from '../writing/colleagues.ts';
import { Part, type Ground } from './ground.ts';
import { renderField, room } from './writing.ts';

type Missing = 'question' | 'people' | 'date';

interface Asks {
  readonly question: string;
  /** A date, ISO 8601, or empty. */
  readonly wishDate: string;
  readonly people: readonly Named[];
}

/** Asking colleagues for help with an entry of one's own. */
export class Asking extends Part {
  private kind: HelpKind | undefined;
  private missing: Missing | undefined;
  private readonly choices: Readonly<Record<HelpKind, Colleagues>>;

  constructor(
    ground: Ground,
    private readonly entry: string,
    private readonly asked: (entry: Entry) => void,
  ) {
    super(ground);
    const choice = (kind: HelpKind) =>
      new Colleagues(
        {
          element: ground.around.element,
          connection: () => this.connection,
          people: () => this.asks(kind).people,
          choose: (people) => {
            this.write(kind, { people });
          },
          most: kind === 'peer-review' ? 1 : LOG_LIMITS.people,
          say: (text) => ground.say(text),
          focus: (selector) => ground.focus(selector),
        },
        { field: this.peopleId(kind), list: `found-${kind}-${entry}` },
      );
    this.choices = { 'peer-review': choice('peer-review'), intervision: choice('intervision') };
  }

  private name(kind: HelpKind): string {
    return `${this.entry}/ask/${kind}`;
  }

  /** What was filled in, which is kept as other drafts are. */
  private asks(kind: HelpKind): Asks {
    const [question = '', wishDate = '', people = ''] = this.ground.drafts.read(this.name(kind), 3).parts;
    return { question, wishDate, people: people === '' ? [] : (JSON.parse(people) as Named[]) };
  }

  private write(kind: HelpKind, part: Partial<Asks>): void {
    const { question, wishDate, people } = { ...this.asks(kind), ...part };
    this.missing = undefined;
    this.ground.drafts.write(this.name(kind), [question, wishDate, people.length === 0 ? '' : JSON.stringify(people)]);
    this.ground.refresh();
  }

  private readonly open = (kind: HelpKind): void => {
    this.kind = this.kind === kind ? undefined : kind;
    this.missing = undefined;
    this.ground.refresh();
    if (this.kind) this.ground.focus(`#${CSS.escape(this.fieldId(kind))}`);
  };

  private readonly close = (): void => {
    const { kind } = this;
    this.kind = undefined;
    this.ground.refresh();
    this.ground.focus(`[data-entry="${CSS.escape(this.entry)}"] [data-kind="${kind ?? ''}"]`);
  };

  private readonly send = async (event: Event): Promise<void> => {
    event.preventDefault();
    const { kind } = this;
    if (!kind || this.busy('ask')) return;
    const draft = this.ground.drafts.read(this.name(kind), 3);
    const asks = this.asks(kind);
    const question = tidy(asks.question);
    const people = asks.people.map(({ id }) => id);
    // A day that is typed may lie before the first that the field offers.
    const over = asks.wishDate !== '' && asks.wishDate < today();
    this.missing = kind === 'intervision' && question === '' ? 'question' : people.length === 0 ? 'people' : over ? 'date' : undefined;
    this.ground.refresh();
    if (this.missing !== undefined) {
      const field = { question: this.fieldId(kind), people: this.peopleId(kind), date: this.dateId(kind) }[this.missing];
      return this.ground.focus(`#${CSS.escape(field)}`);
    }
    if (question.length > LOG_LIMITS.different) {
      this.ground.say(room(question, LOG_LIMITS.different, this.ground.words));
      return this.ground.focus(`#${CSS.escape(this.fieldId(kind))}`);
    }
    let entry: Entry | undefined;
    const failed = await this.attempt('ask', async () => {
      entry = await send<Entry>(this.connection, 'POST', helpsPath(this.entry), {
        key: draft.key,
        kind,
        people,
        ...(question === '' ? {} : { question }),
        ...(asks.wishDate === '' ? {} : { wishDate: asks.wishDate }),
      });
    });
    if (failed === 'key-used') this.ground.drafts.renew(this.name(kind), draft);
    if (!entry) return;
    this.ground.drafts.sent(this.name(kind), draft);
    this.kind = undefined;
    this.asked(entry);
    this.ground.say(this.texts.askedDone);
    this.ground.focus(`[data-help="${CSS.escape(entry.helps.at(-1)?.id ?? '')}"] h5`);
  };

  /** @param alone whether the entry is for its author alone until then */
  render(alone: boolean): TemplateResult {
    const { texts, kind } = this;
    return html`<section class="asking" aria-label=${texts.askHelp}>
      <h5>${texts.askHelp}</h5>
      <div class="bar tight">
        ${HELP_KINDS.map(
          (one) => html`<button
            type="button"
            class="pill"
            data-kind=${one}
            aria-expanded=${String(one === kind)}
            @click=${() => this.open(one)}
          >
            ${texts.helpKinds[one]}
          </button>`,
        )}
      </div>
      ${kind ? this.renderForm(kind, alone) : nothing}
    </section>`;
  }

  private renderForm(kind: HelpKind, alone: boolean): TemplateResult {
    const { texts } = this;
    const { question, wishDate, people } = this.asks(kind);
    const sees = `sees-${this.entry}`;
    return html`<form class="writing" novalidate @submit=${this.send}>
      <p class="quiet small">${texts.helpAbout[kind]}</p>
      ${renderField(
        {
          id: this.fieldId(kind),
          label: texts.askQuestion[kind],
          longest: LOG_LIMITS.different,
          text: question,
          write: (text) => this.write(kind, { question: text }),
          say: (text) => this.ground.say(text),
        },
        this.ground.words,
      )}
      ${this.choices[kind].render(this.ground.words.choosing, texts.askWhom[kind])}
      <label class="labelled narrow"
        ><span>${texts.wishDate}</span>
        <input
          type="date"
          id=${this.dateId(kind)}
          min=${today()}
          .value=${wishDate}
          @change=${(event: Event) => this.write(kind, { wishDate: (event.target as HTMLInputElement).value })}
        />
      </label>
      ${alone
        ? html`<p id=${sees} class="small">${this.opens(people)}</p>`
        : html`<p id=${sees} class="quiet small">${texts.askSees}</p>`}
      ${this.missing === undefined ? nothing : html`<p class="trouble" role="alert">${texts.askMissing[this.missing]}</p>`}
      <div class="bar">
        <button type="submit" aria-describedby=${sees} aria-disabled=${this.waits('ask')}>${this.busy('ask') ? texts.sending : texts.ask}</button>
        <button type="button" class="link" @click=${this.close}>${texts.cancel}</button>
      </div>
      ${this.renderTrouble('ask', texts.notAsked)}
    </form>`;
  }

  /** To ask is to share, and says what the form says of that. */
  private opens(people: readonly Named[]): string {
    const { around } = this.ground;
    const place = around.place();
    const chosen = { scope: 'people', people } as const;
    return `${this.texts.askOpens} ${readersOf(chosen, place, around.texts)} ${leavingOf(chosen, place, around.texts)}`;
  }

  private peopleId(kind: HelpKind): string {
    return `ask-${kind}-${this.entry}`;
  }

  private dateId(kind: HelpKind): string {
    return `by-${kind}-${this.entry}`;
  }

  private fieldId(kind: HelpKind): string {
    return `write-${this.name(kind)}`;
  }
}

/** Today by this person's clock, as a date field has it. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - 60_000 * now.getTimezoneOffset()).toISOString().slice(0, 10);
}
