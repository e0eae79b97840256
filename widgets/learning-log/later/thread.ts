import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../src/client/learning-log.ts';
import { helpPath, postPath } from '../../../src/contract/learning-log-paths.ts';
import { RequestFailure } from '../../../src/client/api.ts';
import type { Entry, Help, HelpAct, OpenedEntry, Post } from '../../../src/contract/learning-log.ts';
import { isUnderWay, POST_STEPS, type PostStep } from '../../../src/domain/learning-log.ts';
import { ring } from '../../../src/ui/ring.ts';
import { Asking } from './asking.ts';
import { Part, type Ground } from './ground.ts';
import { Left } from './left.ts';
import { proseOf, type Prose } from './prose.ts';
import { Writing } from './writing.ts';

/** What is written under an entry: replies, and requests for help with their steps. */
export class Thread extends Part {
  private entry: OpenedEntry | undefined;
  private deleting: string | undefined;
  /** What was pressed in a request for help, and is asked once more. */
  private acting: { readonly help: string; readonly act: HelpAct['act'] } | undefined;
  private readonly writings = new Map<string, Writing>();
  private readonly asking: Asking;
  private readonly left: Left;
  /** What was written, as it is read: each text by its post and its place in it. */
  private readonly bodies = new Map<string, Prose>();

  constructor(
    ground: Ground,
    private readonly id: string,
    private readonly changed: (entry: OpenedEntry) => void,
    private readonly reload: () => Promise<void>,
  ) {
    super(ground);
    this.left = new Left(ground, id);
    this.asking = new Asking(ground, id, changed);
  }

  take(entry: OpenedEntry): void {
    this.entry = entry;
    if (!('deleted' in entry)) this.left.settle(entry.helps, entry.posts);
    void this.readMarkdown(entry.posts);
  }

  private async readMarkdown(posts: readonly Post[]): Promise<void> {
    try {
      for (const { id, parts } of posts) {
        for (const [at, part] of parts.entries()) {
          const name = `${id}/${at}`;
          if (part !== '' && this.bodies.get(name)?.of !== part) this.bodies.set(name, await proseOf(part));
        }
      }
    } catch {
      // They are read as they were typed.
    }
    this.ground.refresh();
  }

  private writing(step: PostStep, help?: string): Writing {
    const name = `${help ?? ''}/${step}`;
    const known = this.writings.get(name);
    if (known) return known;
    const made = new Writing(this.ground, this.id, step, help, this.changed, async () => {
      await this.reload();
      this.left.tell(step, help);
    });
    this.writings.set(name, made);
    return made;
  }

  private readonly act = async (help: Help, act: HelpAct['act']): Promise<void> => {
    if (this.busy(help.id)) return;
    let entry: Entry | undefined;
    const kind = await this.attempt(help.id, async () => {
      entry = await send<Entry>(this.connection, 'PUT', helpPath(this.id, help.id), { act });
    });
    if (kind === 'step-closed') await this.reload();
    if (!entry) return;
    this.acting = undefined;
    this.changed(entry);
    this.ground.say(this.texts.acts[act].done);
    this.ground.focus(`[data-help="${CSS.escape(help.id)}"] h5`);
  };

  /** @param act nothing to let go of it */
  private readonly askAct = (help: Help, act: HelpAct['act'] | undefined): void => {
    const before = this.acting?.act;
    this.acting = act && { help: help.id, act };
    this.forgive(help.id);
    this.ground.refresh();
    this.ground.focus(`[data-help="${CSS.escape(help.id)}"] ${act === undefined ? `[data-act="${before ?? ''}"]` : '.acts .asks'}`);
  };

  private readonly askDelete = (post: string | undefined): void => {
    const before = this.deleting;
    this.deleting = post;
    this.ground.refresh();
    this.ground.focus(post === undefined ? `[data-post="${CSS.escape(before ?? '')}"] .delete` : `[data-post="${CSS.escape(post)}"] .asks`);
  };

  private readonly delete = async (post: string): Promise<void> => {
    if (this.busy(post)) return;
    const kind = await this.attempt(post, async () => {
      try {
        await send(this.connection, 'DELETE', postPath(this.id, post));
      } catch (error) {
        if (!(error instanceof RequestFailure && error.kind === 'not-found')) throw error;
      }
    });
    const { entry } = this;
    if (kind !== undefined || !entry) return;
    this.deleting = undefined;
    this.changed({ ...entry, posts: entry.posts.map((one) => (one.id === post ? { ...one, parts: [] } : one)) });
    this.ground.say(this.texts.postDeleted);
    this.ground.focus(`[data-post="${CSS.escape(post)}"]`);
  };

  render(): TemplateResult | typeof nothing {
    const { entry, texts } = this;
    if (!entry) return nothing;
    const replies = entry.posts.filter(({ help }) => help === null);
    if ('deleted' in entry) return html`<div class="thread">${this.renderPosts(entry.posts)}</div>`;
    // Nobody replies to what is only for oneself; what was written under it before stays.
    const alone = entry.audience.scope === 'me';
    const asked = entry.helps.filter(({ state }) => isUnderWay(state));
    return html`<div class="thread">
      ${entry.helps.map((help) => this.renderHelp(entry, help))}
      ${alone && replies.length === 0
        ? nothing
        : html`<section class="replies" aria-label=${texts.replies}>
            ${replies.length === 0 ? nothing : html`<h5>${texts.replies}</h5>`} ${this.renderPosts(replies)}
            ${alone ? nothing : this.writing('reply').render([texts.reply], texts.send)}
          </section>`}
      ${this.left.render(alone ? [] : ['reply'], undefined, false)}
      ${entry.mine && asked.length === 0 ? this.asking.render(alone) : nothing}
    </div>`;
  }

  private renderPosts(posts: readonly Post[]): TemplateResult | typeof nothing {
    if (posts.length === 0) return nothing;
    return html`<ul class="posts">
      ${posts.map((post) => this.renderPost(post))}
    </ul>`;
  }

  /** What was written in an intervision, each step by itself. */
  private renderBySteps(posts: readonly Post[]): (TemplateResult | typeof nothing)[] {
    const { stepNames } = this.texts;
    return POST_STEPS.map((step) => {
      const written = posts.filter((post) => post.step === step);
      return written.length === 0 ? nothing : html`<h6>${stepNames[step]}</h6>${this.renderPosts(written)}`;
    });
  }

  private renderPost(post: Post): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    const questions = post.step === 'review' ? texts.reviewQuestions : undefined;
    const asks = this.deleting === post.id;
    return html`<li class="post" data-post=${post.id} tabindex="-1">
      <p class="quiet small">
        <b>${words.author(post)}</b>${post.step === 'takes' ? html`, ${texts.takesSaid}` : nothing} · ${words.moment(post.createdAt)}
      </p>
      ${post.parts.length === 0
        ? html`<p class="quiet">${texts.postGone}</p>`
        : post.parts.map(
            (part, index) => html`${questions ? html`<p class="small quiet question">${questions[index]}</p>` : nothing}
              ${this.renderPart(`${post.id}/${index}`, part)}`,
          )}
      ${post.mine && post.parts.length > 0
        ? html`<button type="button" class="link small delete" aria-expanded=${String(asks)} @click=${() => this.askDelete(post.id)}>
              ${texts.delete}
            </button>
            ${asks
              ? html`<div class="sure" role="group" aria-label=${texts.delete}>
                  <p class="asks" tabindex="-1">${texts.deletePostAsk}</p>
                  <div class="bar">
                    <button type="button" aria-disabled=${this.waits(post.id)} @click=${() => void this.delete(post.id)}>${texts.deleteNow}</button>
                    <button type="button" class="secondary" @click=${() => this.askDelete(undefined)}>${texts.keep}</button>
                  </div>
                  ${this.renderTrouble(post.id, texts.notDeleted)}
                </div>`
              : nothing}`
        : nothing}
    </li>`;
  }

  private renderPart(name: string, part: string): TemplateResult | HTMLElement {
    const body = this.bodies.get(name);
    return body?.of === part ? body.node : html`<p class="as-typed" dir="auto">${part || this.texts.unreadable}</p>`;
  }

  private renderHelp(entry: Entry, help: Help): TemplateResult {
    const { texts } = this;
    const { words } = this.ground;
    const posts = entry.posts.filter((post) => post.help === help.id);
    const { may } = help;
    const acts = (['move-on', 'decline', 'withdraw'] as const).filter(
      (act) => ({ 'move-on': may.moveOn, decline: may.decline, withdraw: may.withdraw })[act],
    );
    const step = stepOf(help);
    return html`<section class="help" data-help=${help.id} aria-label=${texts.helpKinds[help.kind]}>
      <div class="help-head">
        ${step === undefined ? nothing : ring(step, 3, texts.stepOf(step))}
        <div>
          <h5 tabindex="-1">${texts.helpKinds[help.kind]}</h5>
          <p>${words.sentence(standing(help, entry, this.ground))}</p>
        </div>
      </div>
      ${help.question === null ? nothing : html`<blockquote dir="auto">${help.question}</blockquote>`}
      <p class="quiet small">
        ${help.participants.length === 0
          ? nothing
          : texts.asked(words.together(help.participants.map(({ person, state }) => texts.participant[state](words.name(person)))))}
        ${help.wishDate !== null && isUnderWay(help.state) ? texts.wishedBy(words.day(help.wishDate)) : ''}
      </p>
      ${help.kind === 'intervision' ? this.renderBySteps(posts) : this.renderPosts(posts)} ${help.steps.map((one) => this.renderStep(one, help, entry.mine))}
      ${this.left.render(help.steps, help.id, entry.audience.scope !== 'me')}
      ${acts.length === 0
        ? nothing
        : html`<div class="acts">
            <div class="bar">
              ${acts.map(
                (act) => html`<button
                  type="button"
                  class=${act === 'move-on' ? 'secondary' : 'link'}
                  data-act=${act}
                  aria-expanded=${String(this.asksFor(help, act))}
                  @click=${() => this.askAct(help, act)}
                >
                  ${texts.acts[act].label}
                </button>`,
              )}
            </div>
            ${acts.map((act) => (this.asksFor(help, act) ? this.renderSure(help, act) : nothing))}
          </div>`}
    </section>`;
  }

  private asksFor({ id }: Help, act: HelpAct['act']): boolean {
    return this.acting?.help === id && this.acting.act === act;
  }

  private renderSure(help: Help, act: HelpAct['act']): TemplateResult {
    const { texts } = this;
    const { label, ask, yes } = texts.acts[act];
    return html`<div class="sure" role="group" aria-label=${label}>
      <p class="asks" tabindex="-1">${ask}</p>
      <div class="bar">
        <button type="button" aria-disabled=${this.waits(help.id)} @click=${() => void this.act(help, act)}>${yes}</button>
        <button type="button" class="secondary" @click=${() => this.askAct(help, undefined)}>${texts.cancel}</button>
      </div>
      ${this.renderTrouble(help.id, texts.notDone)}
    </div>`;
  }

  private renderStep(step: PostStep, help: Help, mine: boolean): TemplateResult {
    const { texts } = this;
    const { labels, button, hint } = texts.steps[step](mine);
    return this.writing(step, help.id).render(labels, button, hint);
  }
}

/** The step that an intervision is in, of three. */
function stepOf({ kind, state }: Help): 1 | 2 | 3 | undefined {
  if (kind !== 'intervision') return undefined;
  if (state === 'facts') return 1;
  if (state === 'would-do') return 2;
  return state === 'ended' ? 3 : undefined;
}

/** Where a request for help stands and whose turn it is, for who reads it. */
function standing(help: Help, entry: Entry, { words }: Ground): string {
  const { texts } = words;
  const author = words.name(entry.author);
  // Who was asked and has left the organisation is not among them any more.
  const named = (people: Help['participants']) =>
    people.length === 0 ? texts.formerColleague : words.names(people.map(({ person }) => person));
  const people = (state: Help['participants'][number]['state']) => help.participants.filter((one) => one.state === state);
  const waiting = people('asked');
  switch (help.state) {
    case 'ended':
      return texts.standing.ended;
    case 'withdrawn':
      return entry.mine ? texts.standing.youWithdrew : texts.standing.withdrawn(author);
    case 'declined':
      return entry.mine ? texts.standing.declined(named(help.participants), help.participants.length) : texts.standing.youDeclined;
    case 'asked':
      if (entry.mine) return texts.standing.reviewWaits(named(waiting));
      return help.steps.includes('review') ? texts.standing.reviewYours(author) : texts.standing.youDeclined;
    case 'answered':
      return entry.mine ? texts.standing.answeredYours(named(people('answered'))) : texts.standing.answeredTheirs(author);
    case 'facts':
      if (entry.mine) return texts.standing.factsYours;
      return help.steps.includes('facts') ? texts.standing.factsAsk(author) : texts.standing.youDeclined;
    case 'would-do':
      if (entry.mine) return texts.standing.wouldDoTheirs(waiting.length > 0 ? named(waiting) : undefined);
      if (!help.steps.includes('would-do')) return texts.standing.youDeclined;
      return help.may.decline ? texts.standing.wouldDoYours : texts.standing.wouldDoDone(author);
  }
}
