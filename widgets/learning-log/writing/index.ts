import { html, nothing, type TemplateResult } from 'lit';
import { read } from '../../../src/client/api.ts';
import { browserStore } from '../../../src/client/storage.ts';
import { entryPath } from '../../../src/contract/learning-log-paths.ts';
import type { Entry, LogPlace, OpenedEntry } from '../../../src/contract/learning-log.ts';
import { LOG_LIMITS, SCOPES, type Scope } from '../../../src/domain/learning-log.ts';
import type { Language } from '../../../src/domain/language.ts';
import { BLANK, isBlank, newKey, readersOf, type Chosen, type Draft } from '../draft.ts';
import type { Form, Writing } from '../parts.ts';
import { loadWritingTexts, type WritingTexts } from '../texts.ts';
import { line, tidy } from '../tidy.ts';
import { chosenOf, narrows, widens } from './audience.ts';
import { namesOf } from '../names.ts';
import { chips } from './chips.ts';
import { Colleagues } from './colleagues.ts';
import { renderMerge } from './merge.ts';
import { Outbox, pause, type Standing, type Unsent } from './outbox.ts';
import { styles } from './writing.styles.ts';

export async function startWriting(form: Form): Promise<Writing> {
  const desk = new Desk(form);
  await desk.changed();
  const sheet = styles.styleSheet;
  if (sheet) form.element.shadowRoot?.adoptedStyleSheets.push(sheet);
  return desk;
}

/** From so many characters on it is said how many are left; and told aloud at each of these. */
const STEPS = [9000, 9500, 9900, LOG_LIMITS.text + 1];

/** Sharing, saving, and all that can stand in the way of it. */
class Desk implements Writing {
  readonly #form: Form;
  readonly #outbox: Outbox;
  readonly #colleagues: Colleagues;
  #texts!: WritingTexts;
  #language: Language | undefined;
  /** What stands beside the buttons: what came of saving, or what is missing. */
  #note = '';
  /** Whether it is asked if this may be shared. */
  #asking = false;
  /** What was thrown away last, as long as it can be taken back. */
  #thrown: { readonly draft: Draft; readonly unsent: boolean } | undefined;
  /** The draft that is two texts still. */
  #merging: string | undefined;
  /** Whether the form is empty because what stood in it was saved. */
  #emptied = false;
  /** How often the server was found out of reach, and when it is asked again. */
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** How many of the steps to the end of the room were told aloud. */
  #told = 0;

  constructor(form: Form) {
    this.#form = form;
    this.#colleagues = new Colleagues({
      element: form.element,
      connection: () => form.connection(),
      people: () => form.draft.audience.people,
      choose: (people) => {
        form.change({ audience: { ...form.draft.audience, people } });
        void this.#whoOpened();
      },
      most: LOG_LIMITS.people,
      say: (text) => { form.say(text); },
      focus: (selector) => { form.focus(selector); },
    });
    this.#outbox = new Outbox(form, (draft, outcome) => {
      this.#arrive(draft, outcome);
    });
  }

  async changed(): Promise<void> {
    const language = this.#form.language();
    if (language !== this.#language) {
      this.#texts = await loadWritingTexts(language);
      this.#language = language;
    }
    this.#grow();
    this.#outbox.again();
    // What stands in the form may have been left there days ago.
    void this.#whoOpened();
  }

  elsewhere(): void {
    this.#form.element.requestUpdate();
  }

  again(): void {
    this.#outbox.again();
    this.#form.element.requestUpdate();
  }

  forget(): void {
    this.#note = '';
    this.#asking = false;
    this.#thrown = undefined;
    this.#merging = undefined;
    this.#emptied = false;
    this.#told = 0;
  }

  written(): void {
    this.#note = '';
    this.#asking = false;
    this.#thrown = undefined;
    this.#emptied = false;
    const { length } = tidy(this.#form.draft.text);
    const step = STEPS.filter((one) => length >= one).length;
    // Rarely: whoever listens hears it at the steps alone, and when it fits again.
    if (step > this.#told || (this.#told === STEPS.length && step < this.#told)) this.#form.say(this.#countOf(length));
    this.#told = step;
    this.#grow();
  }

  /** Where the browser does not let a field grow with its text, by lines. */
  #grow(): void {
    const field = this.#form.element.renderRoot.querySelector<HTMLTextAreaElement>('#text');
    if (!field || CSS.supports('field-sizing', 'content')) return;
    field.rows = 2;
    const { lineHeight } = getComputedStyle(field);
    field.rows = Math.max(2, Math.ceil(field.scrollHeight / parseFloat(lineHeight)));
  }

  trouble(failure: string): string {
    const { troubles } = this.#texts;
    return (troubles as Readonly<Record<string, string>>)[failure] ?? troubles.server;
  }

  unreachable(): void {
    const form = this.#form;
    // The network says when it is back; a server does not.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      if (form.element.isConnected && !form.place()) form.reload();
    }, pause(this.#tries++));
    import('../../../src/ui/unreachable.ts').then(
      ({ hintUnreachable }) => hintUnreachable(form.host()),
      () => undefined,
    );
  }

  save(): void {
    const tag = this.#form.element.renderRoot.querySelector<HTMLInputElement>('#tag');
    // Whoever saves from within the field has typed a label, comma or not.
    if (tag) this.#addTags(tag);
    // What does not fit has been said.
    if (tag && line(tag.value)) return this.#form.focus('#tag');
    const { draft } = this.#form;
    // Pressed twice: what is said of the first time holds.
    if (this.#emptied && isBlank(draft)) return;
    const missing = this.#missing(draft);
    if (missing) {
      const [text, selector, part] = missing;
      if (part) this.#form.open(part);
      this.#remark(text);
      // It stands under the text already.
      if (tidy(draft.text).length > LOG_LIMITS.text) this.#note = '';
      this.#form.focus(selector);
      return;
    }
    if (widens(draft.of?.audience ?? BLANK.audience, draft.audience)) {
      this.#asking = true;
      this.#form.focus('#asked');
      return;
    }
    this.#send();
  }

  /** What keeps it from being saved, and where that is mended. */
  #missing({ text, different, link, project, audience }: Draft): readonly [text: string, selector: string, within?: 'more' | 'sharing'] | undefined {
    const texts = this.#texts;
    const { length } = tidy(text);
    if (length === 0) return [texts.writeFirst, '#text'];
    if (length > LOG_LIMITS.text) return [this.#countOf(length), '#text'];
    if (tidy(different).length > LOG_LIMITS.different) return [texts.tooLong, '#different', 'more'];
    if (line(project).length > LOG_LIMITS.project) return [texts.tooLong, '#project', 'more'];
    if (line(link).length > LOG_LIMITS.link) return [texts.tooLong, '#link', 'more'];
    if (line(link) && !isLink(line(link))) return [texts.notALink, '#link', 'more'];
    if (audience.scope === 'people' && audience.people.length === 0) return [texts.nameSomebody, '#colleague', 'sharing'];
    return undefined;
  }

  #send(): void {
    const { draft } = this.#form;
    this.#asking = false;
    this.#merging = undefined;
    this.#told = 0;
    // First into the box, then out of the form: in between it is in both, and its key makes one entry of it.
    this.#outbox.add(draft);
    // Where the browser does not keep what is sent, it may still keep the draft.
    this.#form.take(BLANK, browserStore().kept);
    this.#emptied = true;
    this.#note = '';
    this.#form.say(this.#form.texts.saving);
    this.#form.focus('.save');
  }

  /** Something that was sent has come somewhere: says so, once. */
  #arrive(draft: Draft, outcome: Standing | Entry): void {
    const form = this.#form;
    if ('id' in outcome) {
      // It goes from among what waits: what is said of it stands beside the button.
      if (form.element.shadowRoot?.activeElement?.closest(unsentOf(draft))) form.focus('.save');
      form.discard(draft);
      form.written(outcome, widens(draft.of?.audience ?? BLANK.audience, draft.audience));
      this.#confirm(draft);
      return;
    }
    if (outcome.at === 'refused' && isBlank(form.draft)) {
      // It takes a person to mend it: back into the form. Whoever is elsewhere on the page stays there.
      form.take(draft);
      this.#outbox.drop(draft);
      if (form.element.shadowRoot?.activeElement) form.focus('#text');
      this.#remark(this.#inWords(outcome));
      return;
    }
    form.say(this.#inWords(outcome));
    form.element.requestUpdate();
  }

  #inWords(standing: Standing): string {
    const texts = this.#texts;
    switch (standing.at) {
      case 'sending':
        return this.#form.texts.saving;
      case 'waiting':
        return texts.waiting[standing.because];
      case 'refused':
        return texts.refused[standing.because];
      case 'gone':
        return texts.gone;
      case 'differs':
        return `${texts.differs.title}. ${texts.differs.text}`;
    }
  }

  /** Says that something was saved: by its name, where what stands in the form by now is something else. */
  #confirm(saved: Draft): void {
    const form = this.#form;
    const texts = this.#texts;
    this.#remark(isBlank(form.draft) ? texts.saved(readersOf(saved.audience, form.place(), form.texts)) : texts.savedBefore(nameOf(saved)));
  }

  #remark(text: string): void {
    this.#note = text;
    this.#form.say(text);
    this.#form.element.requestUpdate();
  }

  edit(entry: Entry): void {
    // What was begun before goes on.
    const begun = this.#form.drafts().find(({ of }) => of?.id === entry.id);
    this.#takeUp(begun ?? draftOf(entry));
    this.#note = '';
    this.#asking = false;
  }

  /** Goes on with what was left somewhere. */
  #takeUp(draft: Draft): void {
    this.#form.take(draft);
    this.#form.focus('#text');
    void this.#whoOpened();
  }

  moved(before: Entry, after: Entry): void {
    const { of, audience } = this.#form.draft;
    // Asking for help names readers, and leaves the text as it was: nothing that anybody has to choose between.
    if (of?.id !== after.id || of.version !== before.version || before.version === after.version || !saysTheSame(before, after)) return;
    const untouched = JSON.stringify(audience) === JSON.stringify(of.audience);
    this.#form.change({ of: originOf(after), ...(untouched ? { audience: chosenOf(after.audience) } : {}) });
  }

  #toForm(draft: Draft): void {
    this.#takeUp(draft);
    this.#outbox.drop(draft);
  }

  #throw(draft: Draft, unsent: boolean): void {
    this.#thrown = { draft, unsent };
    if (unsent) this.#outbox.drop(draft);
    else if (draft.key === this.#form.draft.key) this.#form.take(BLANK, true);
    else this.#form.discard(draft);
    this.#note = this.#texts.discarded;
    this.#form.say(this.#note);
    this.#form.focus('#takeback');
  }

  readonly #takeBack = (): void => {
    const thrown = this.#thrown;
    this.#thrown = undefined;
    this.#note = '';
    if (thrown) this.#takeUp(thrown.draft);
  };

  /** What the server keeps stays; what was written here goes, by choice. */
  #settle(draft: Draft, kept: Entry): void {
    this.#outbox.drop(draft);
    this.#form.written(kept, false);
    this.#confirm(draftOf(kept));
    this.#form.focus('#title');
  }

  #overwrite(draft: Draft, kept: Entry): void {
    const mine = { ...draft, of: originOf(kept) };
    if (widens(mine.of.audience, mine.audience)) {
      // Meanwhile it was for fewer people: that is asked again.
      this.#toForm(mine);
      return this.save();
    }
    this.#outbox.drop(draft);
    this.#outbox.add(mine);
    this.#form.focus(unsentOf(mine));
  }

  #unite(draft: Draft, kept: Entry): void {
    const { different, project, tags, link } = draftOf(kept);
    const both: Draft = {
      ...draft,
      text: under(kept.text, draft.text),
      different: under(different, draft.different),
      // Of these an entry has one: what was written here, if anything was.
      project: draft.project || project,
      link: draft.link || link,
      tags: [...new Set([...tags, ...draft.tags])].slice(0, LOG_LIMITS.tags),
      at: Date.now(),
      of: originOf(kept),
    };
    this.#merging = both.key;
    this.#toForm(both);
    this.#form.say(this.#texts.merging);
  }

  renderNotice(failure: string): TemplateResult | undefined {
    const notice = (this.#texts.notices as Readonly<Record<string, { title: string; text: string } | undefined>>)[failure];
    return (
      notice &&
      html`<div class="notice">
        <h2 id="title" tabindex="-1">${notice.title}</h2>
        <p>${notice.text}</p>
        ${hasUnsaved() ? html`<p>${browserStore().kept ? this.#texts.keptHere : this.#texts.notKept}</p>` : nothing}
        <div class="bar">${this.#button(this.#texts.tryAgain, () => { this.#form.reload(); })}</div>
      </div>`
    );
  }

  renderAbove(): unknown {
    const texts = this.#texts;
    const { draft } = this.#form;
    const [text, act] =
      draft.key !== '' && draft.key === this.#merging
        ? [texts.merging, texts.leaveIt]
        : draft.of
          ? [texts.changing, texts.leaveIt]
          : // From before this page was there.
            !isBlank(draft) && draft.at < performance.timeOrigin
            ? [texts.restored, texts.startAgain]
            : [];
    const notKept = browserStore().kept ? nothing : html`<p class="above">${texts.notKept}</p>`;
    if (text === undefined) return notKept;
    return html`<p class="above">
      ${text}
      <button type="button" class="plain" @click=${() => { this.#throw(draft, false); }}>${act}</button>
    </p>
    ${notKept}`;
  }

  renderCount(): unknown {
    const { length } = tidy(this.#form.draft.text);
    return length >= (STEPS[0] ?? 0) ? html`<span class=${length > LOG_LIMITS.text ? 'over' : 'quiet'}>${this.#countOf(length)}</span>` : '';
  }

  #countOf(length: number): string {
    const texts = this.#texts;
    const left = LOG_LIMITS.text - length;
    const number = Math.abs(left).toLocaleString(this.#language === 'nl' ? 'nl-NL' : 'en-GB');
    return left < 0 ? texts.over(number) : texts.left(number);
  }

  renderMore(): unknown {
    const texts = this.#texts;
    const form = this.#form;
    const { draft } = form;
    const place = form.place();
    const typed = (event: Event) => (event.target as HTMLInputElement).value;
    return html`<div class="fields">
      <div class="wide">
        <label class="small" for="different">${texts.different}</label>
        <textarea id="different" class="field" dir="auto" aria-describedby="different-hint" .value=${draft.different} @input=${(event: Event) => { form.change({ different: typed(event) }); }}></textarea>
        <p id="different-hint" class="quiet small">${texts.differentHint}</p>
      </div>
      <div>
        <label class="small" for="project">${texts.project}</label>
        <input id="project" class="field" dir="auto" autocomplete="off" list="projects" aria-describedby="project-hint" .value=${draft.project} @input=${(event: Event) => { form.change({ project: typed(event) }); }} />
        <datalist id="projects">${place?.projects.map((project) => html`<option value=${project}></option>`)}</datalist>
        <p id="project-hint" class="quiet small">${texts.projectHint}</p>
      </div>
      <div>
        <label class="small" for="tag">${texts.tags}</label>
        <input id="tag" class="field" dir="auto" autocomplete="off" list="tags" enterkeyhint="done" aria-describedby="tag-hint" @input=${this.#typeTag} @keydown=${this.#pressTag} @change=${this.#leaveTag} />
        <datalist id="tags">${place?.tags.map((tag) => html`<option value=${tag}></option>`)}</datalist>
        <p id="tag-hint" class="quiet small">${texts.tagsHint}</p>
        ${chips(texts.tags, draft.tags, (name) => texts.remove(name), (index) => { this.#removeTag(index); })}
      </div>
      <div class="wide">
        <label class="small" for="link">${texts.link}</label>
        <input id="link" class="field" type="url" inputmode="url" autocomplete="off" placeholder="https://" .value=${draft.link} @input=${(event: Event) => { form.change({ link: typed(event) }); }} />
      </div>
      ${place ? html`<p class="wide quiet small">${texts.kept(place.keptMonths)}</p>` : nothing}
    </div>`;
  }

  readonly #typeTag = (event: Event): void => {
    const input = event.target as HTMLInputElement;
    if (input.value.includes(',')) this.#addTags(input);
  };

  readonly #pressTag = (event: KeyboardEvent): void => {
    const input = event.target as HTMLInputElement;
    const { tags } = this.#form.draft;
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'Enter') this.#addTags(input);
    else if (event.key === 'Backspace' && !input.value && tags.length > 0) this.#removeTag(tags.length - 1);
  };

  readonly #leaveTag = (event: Event): void => {
    this.#addTags(event.target as HTMLInputElement);
  };

  /** Makes labels of what was typed. What is too long, or one too many, stays where it is. */
  #addTags(input: HTMLInputElement): void {
    const texts = this.#texts;
    const before = this.#form.draft.tags;
    const typed = [...new Set(input.value.split(',').map(line))].filter((tag) => tag && !before.includes(tag));
    const fitting = typed.filter((tag) => tag.length <= LOG_LIMITS.tag).slice(0, LOG_LIMITS.tags - before.length);
    const left = typed.filter((tag) => !fitting.includes(tag));
    input.value = left.join(', ');
    if (fitting.length > 0) {
      this.#form.change({ tags: [...before, ...fitting] });
      this.#form.say(texts.added(fitting.join(', ')));
    }
    if (left.length > 0) this.#remark(left.some((tag) => tag.length > LOG_LIMITS.tag) ? texts.longTag : texts.tooManyTags);
  }

  #removeTag(index: number): void {
    const { tags } = this.#form.draft;
    this.#form.change({ tags: tags.toSpliced(index, 1) });
    this.#form.say(this.#texts.removed(tags[index] ?? ''));
    this.#form.focus('#tag');
  }

  renderSharing(): unknown {
    const texts = this.#texts;
    const form = this.#form;
    const place = form.place();
    const { audience } = form.draft;
    if (!place) return html`<p class="wide quiet">${texts.sharingWaits}</p>`;
    const labels: Readonly<Record<Scope, string>> = {
      me: texts.onlyMe,
      team: texts.myTeam,
      people: texts.colleagues,
      organisation: texts.everybody(place.organisation.name),
    };
    const possible = SCOPES.filter((scope) => scope !== 'team' || place.teams.length > 0 || audience.scope === 'team');
    return html`<fieldset class="wide sharing">
      <legend class="sr">${form.texts.readers}</legend>
      ${possible.map(
        (scope) => html`<label class="choice">
            <input type="radio" name="scope" value=${scope} .checked=${audience.scope === scope} @change=${() => { this.#share(scope); }} />
            <span>${labels[scope]}${scope === 'team' && place.teams.length === 1 ? html` <span class="quiet">(${place.teams[0]?.name})</span>` : nothing}</span>
          </label>
          ${scope === audience.scope ? this.#renderWithin(scope, place) : nothing}`,
      )}
    </fieldset>`;
  }

  /** What else there is to choose. */
  #renderWithin(scope: Scope, { teams }: LogPlace): unknown {
    const texts = this.#texts;
    const { team } = this.#form.draft.audience;
    if (scope === 'people') return html`<div class="within">${this.#colleagues.render(texts, texts.findColleague)}</div>`;
    if (scope !== 'team') return nothing;
    return html`<div class="within">
      ${teams.length > 1
        ? html`<label class="small" for="team">${texts.whichTeam}</label>
            <select id="team" class="field" @change=${this.#chooseTeam}>
              ${teams.map(({ id, name }) => html`<option value=${id} .selected=${id === team?.id}>${name}</option>`)}
            </select>`
        : nothing}
      ${this.#colleagues.render(texts, texts.alsoColleague)}
    </div>`;
  }

  #share(scope: Scope): void {
    const form = this.#form;
    const { audience } = form.draft;
    const teams = form.place()?.teams ?? [];
    const meant = teams.find(({ id }) => id === form.host().team) ?? teams[0];
    const team = audience.team ?? (meant && { id: meant.id, name: meant.name });
    const chosen: Chosen = { scope, people: audience.people, ...(team ? { team } : {}) };
    form.change({ audience: chosen });
    form.say(readersOf(chosen, form.place(), form.texts));
    void this.#whoOpened();
  }

  /** Who has seen it already, as of now: a change may have been begun days ago. */
  async #whoOpened(): Promise<void> {
    const form = this.#form;
    const { of, audience } = form.draft;
    if (!of || !narrows(of.audience, audience)) return;
    const entry = await read<OpenedEntry>(form.connection(), entryPath(of.id), {}).catch(() => undefined);
    const now = form.draft.of;
    if (!entry || 'deleted' in entry || now?.id !== entry.id) return;
    const { openedBy } = originOf(entry);
    if (JSON.stringify(openedBy) === JSON.stringify(now.openedBy)) return;
    // Nobody wrote in it: what is asked, or said, stays.
    const [note, asking, thrown] = [this.#note, this.#asking, this.#thrown];
    form.change({ of: { ...now, openedBy } });
    [this.#note, this.#asking, this.#thrown] = [note, asking, thrown];
  }

  readonly #chooseTeam = (event: Event): void => {
    const form = this.#form;
    const team = form.place()?.teams.find(({ id }) => id === (event.target as HTMLSelectElement).value);
    if (!team) return;
    const audience: Chosen = { ...form.draft.audience, team: { id: team.id, name: team.name } };
    form.change({ audience });
    form.say(readersOf(audience, form.place(), form.texts));
    void this.#whoOpened();
  };

  renderBeside(): unknown {
    const texts = this.#texts;
    const { of, audience } = this.#form.draft;
    if (!of || !narrows(of.audience, audience)) return nothing;
    const { openedBy } = of;
    const names = namesOf(openedBy, texts);
    return html`<b>${names.length > 0 ? texts.openedBy(names, openedBy.length > 1, mayHaveRead(of)) : texts.openedByNobody}</b>`;
  }

  renderAsked(): TemplateResult | undefined {
    if (!this.#asking) return undefined;
    const texts = this.#texts;
    const form = this.#form;
    const place = form.place();
    return html`<div class="asked" role="group" aria-labelledby="asked">
      <h3 id="asked" tabindex="-1">${texts.widen}</h3>
      <p>${readersOf(form.draft.audience, place, form.texts)} ${place ? form.texts.leaving[place.leavers] : ''}</p>
      <div class="bar">
        <button type="button" @click=${() => { this.#send(); }}>${texts.yesShare}</button>
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.#asking = false;
            form.focus('.save');
          }}
        >
          ${texts.back}
        </button>
      </div>
    </div>`;
  }

  renderNote(failure: string | undefined): unknown {
    const texts = this.#texts;
    if (this.#note) {
      return html`${this.#note}
      ${this.#thrown ? html`<button type="button" id="takeback" class="plain" @click=${this.#takeBack}>${texts.takeBack}</button>` : nothing}`;
    }
    if (failure === undefined) return '';
    return html`${this.trouble(failure)}
      <button type="button" class="plain" @click=${() => { this.#form.reload(); }}>${texts.tryAgain}</button>`;
  }

  renderWaiting(): unknown {
    const texts = this.#texts;
    const form = this.#form;
    const unsent = this.#outbox.unsent;
    const drafts = form.place() ? form.drafts().filter(({ key }) => key !== form.draft.key && !unsent.some(({ draft }) => draft.key === key)) : [];
    return [
      unsent.length > 0 ? html`<ul class="unsent">${unsent.map((one) => this.#renderUnsent(one))}</ul>` : nothing,
      drafts.length > 0
        ? html`<section class="drafts" aria-labelledby="drafts">
            <h3 id="drafts">${texts.drafts}</h3>
            <ul class="unsent">
              ${drafts.map(
                (draft) => html`<li>
                  <p class="excerpt" dir="auto">${excerpt(draft)}</p>
                  <div class="bar">
                    ${this.#button(texts.goOn, () => {
                      this.#takeUp(draft);
                      this.written();
                    })}
                    ${this.#button(texts.discard, () => { this.#throw(draft, false); })}
                  </div>
                </li>`,
              )}
            </ul>
          </section>`
        : nothing,
    ];
  }

  #renderUnsent({ draft, standing }: Unsent): TemplateResult {
    const texts = this.#texts;
    if (standing.at === 'differs') {
      const { kept } = standing;
      return html`<li>
        ${renderMerge(this.#form, texts, draft, kept, {
          theirs: () => { this.#settle(draft, kept); },
          mine: () => { this.#overwrite(draft, kept); },
          both: () => { this.#unite(draft, kept); },
        })}
      </li>`;
    }
    const waits = standing.at !== 'sending';
    return html`<li class=${waits ? '' : 'sending'} data-unsent=${draft.key} tabindex="-1">
      <p class="excerpt" dir="auto">${excerpt(draft)}</p>
      <p class="small">
        <b>${this.#inWords(standing)}</b> ${waits && !browserStore().kept ? texts.waitingHere : ''}
      </p>
      ${waits
        ? html`<div class="bar">
            ${standing.at === 'waiting' ? this.#button(texts.tryAgain, () => { this.#tryAgain(draft); }) : nothing}
            ${standing.at === 'gone' ? this.#button(texts.asNew, () => { this.#asNew(draft); }) : nothing}
            ${this.#button(texts.toForm, () => { this.#toForm(draft); })}
            ${standing.at === 'waiting' ? nothing : this.#button(texts.discard, () => { this.#throw(draft, true); })}
          </div>`
        : nothing}
    </li>`;
  }

  #tryAgain(draft: Draft): void {
    this.again();
    // Its buttons go meanwhile.
    this.#form.focus(unsentOf(draft));
  }

  #asNew({ of: _, ...draft }: Draft): void {
    const anew = { ...draft, key: newKey() };
    this.#outbox.drop(draft);
    this.#outbox.add(anew);
    this.#form.focus(unsentOf(anew));
  }

  #button(label: string, act: () => void): TemplateResult {
    return html`<button type="button" class="secondary" @click=${act}>${label}</button>`;
  }
}

/** Whether this browser keeps an entry, or a draft of one, of anybody's. */
function hasUnsaved(): boolean {
  const store = browserStore();
  return store.names('entry').length > 0 || store.names('draft').some((name) => /^log:.+:[\da-f-]{36}$/.test(name));
}

/** Two texts under one another, or one where they are the same or the other is empty. */
function under(above: string, below: string): string {
  return above === below || !below ? above : above ? `${above}\n\n${below}` : below;
}

function isLink(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

function excerpt({ text }: Draft): string {
  return text.length > 280 ? `${text.slice(0, 280).replace(/[\ud800-\udbff]$/, '')}…` : text;
}

function unsentOf({ key }: Draft): string {
  return `[data-unsent="${key}"]`;
}

/** Whether anybody but those who opened it may have read it: of readers that it had before it was changed, it tells nothing. */
function mayHaveRead({ version, audience: { scope, people }, openedBy }: NonNullable<Draft['of']>): boolean {
  const names = people.map(({ name }) => name);
  return version > 1 || scope !== 'people' || openedBy.filter((name) => name !== null && names.includes(name)).length < people.length;
}

/** How its author knows it again. */
function nameOf({ text }: Draft): string {
  const name = line(text);
  return name.length > 40 ? `${name.slice(0, 40).replace(/[\ud800-\udbff]$/, '')}…` : name;
}

function draftOf(entry: Entry): Draft {
  const { kind, text, different, project, tags, link, audience } = entry;
  return {
    ...BLANK,
    key: newKey(),
    at: Date.now(),
    kind,
    text,
    different: different ?? '',
    project: project ?? '',
    tags,
    link: link ?? '',
    audience: chosenOf(audience),
    of: originOf(entry),
  };
}

/** Whether a change of it would begin with the same words. */
function saysTheSame(one: Entry, other: Entry): boolean {
  const words = ({ kind, text, different, project, tags, link }: Entry) => JSON.stringify([kind, text, different, project, tags, link]);
  return words(one) === words(other);
}

/** What a change begins with. */
function originOf({ id, version, audience, openedBy = [] }: Entry): NonNullable<Draft['of']> {
  return { id, version, audience: chosenOf(audience), openedBy: openedBy.map(({ person }) => person?.name ?? null) };
}
