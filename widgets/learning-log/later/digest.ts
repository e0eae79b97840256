import { html, nothing, type TemplateResult } from 'lit';
import { send } from '../../../src/client/learning-log.ts';
import { LOG_DIGEST_PATH } from '../../../src/contract/learning-log-paths.ts';
import { Part } from './ground.ts';
import { short } from './heading.ts';

/** Days after which a leader is invited to share something. */
const A_WHILE = 30;

/** What others did with one's entries since the last time; and, for a leader alone, an invitation. */
export class Digest extends Part {
  private read = false;

  /** Another place: another digest. */
  forget(): void {
    this.read = false;
  }

  private readonly dismiss = async (): Promise<void> => {
    // Up to where the one that is shown goes, on whatever day it is read.
    const until = this.ground.around.place()?.digestUntil;
    const kind = await this.attempt('digest', () => send(this.connection, 'POST', LOG_DIGEST_PATH, { until }));
    if (kind !== undefined) return;
    this.read = true;
    this.ground.refresh();
    this.ground.focus('#log-title');
  };

  render(): TemplateResult | typeof nothing {
    const place = this.ground.around.place();
    const { texts } = this;
    const { words } = this.ground;
    if (!place) return nothing;
    const digest = this.read ? [] : place.digest;
    const invitations = place.teams.filter(({ role, lastShared }) => role === 'leader' && lastShared !== undefined && longAgo(lastShared));
    if (digest.length === 0 && invitations.length === 0) return nothing;
    return html`${digest.length === 0
      ? nothing
      : html`<section class="digest" aria-label=${texts.digest.title}>
          <h3>${texts.digest.title}</h3>
          <ul>
            ${digest.map(
              ({ what, entry, people }) => html`<li>
                ${texts.digest.what[what](words.names(people), people.length)}
                <button type="button" class="link" dir="auto" @click=${() => this.ground.show(entry.id)}>${short(entry.excerpt) || texts.unreadable}</button>
              </li>`,
            )}
          </ul>
          <div class="bar tight">
            <button type="button" class="secondary" ?disabled=${this.busy('digest')} @click=${this.dismiss}>${texts.digest.dismiss}</button>
          </div>
          ${this.renderTrouble('digest')}
        </section>`}
    ${invitations.map(
      ({ name, lastShared }) => html`<p class="invitation">
        ${lastShared ? texts.digest.lastShared(name, words.day(lastShared)) : texts.digest.neverShared(name)}
      </p>`,
    )}`;
  }
}

function longAgo(instant: string | null): boolean {
  return instant === null || Date.now() - new Date(instant).getTime() > A_WHILE * 86_400_000;
}
