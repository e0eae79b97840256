import { html, nothing, type TemplateResult } from 'lit';
import type { Entry, LogPlace } from '../../../src/contract/learning-log.ts';
import { send } from '../../../src/client/learning-log.ts';
import { LOG_DIGEST_PATH } from '../../../src/contract/learning-log-paths.ts';
import { short } from '../../../src/ui/excerpt.ts';
import { Part } from './ground.ts';

/** Days after which a leader is invited to share something. */
const A_WHILE = 30;

/** What others did with one's entries since the last time; and, for a leader alone, an invitation. */
export class Digest extends Part {
  private read = false;
  /** When something was shared since the place was fetched: with a team, or with all. */
  private readonly shared = new Map<string, string>();

  /** Another place: another digest. */
  forget(): void {
    this.read = false;
    this.shared.clear();
  }

  /** What was shared just now answers the invitation to share. */
  shares({ audience: { scope, team } }: Entry): void {
    // However long ago it was written: others have it as of today.
    const now = new Date().toISOString();
    if (scope === 'organisation') this.shared.set('', now);
    if (scope === 'team' && team) this.shared.set(team.id, now);
  }

  private isInvited({ id, role, lastShared }: LogPlace['teams'][number]): boolean {
    if (role !== 'leader' || lastShared === undefined) return false;
    return [lastShared, this.shared.get(id) ?? null, this.shared.get('') ?? null].every(longAgo);
  }

  private readonly dismiss = async (): Promise<void> => {
    if (this.busy('digest')) return;
    // Up to where the one that is shown goes, on whatever day it is read.
    const until = this.ground.around.place()?.digestUntil;
    const kind = await this.attempt('digest', () => send(this.connection, 'POST', LOG_DIGEST_PATH, { until }));
    if (kind !== undefined) return;
    this.read = true;
    this.ground.say(this.texts.digest.dismissed);
    this.ground.focus('#log-title');
  };

  render(): TemplateResult | typeof nothing {
    const place = this.ground.around.place();
    const { texts } = this;
    const { words } = this.ground;
    if (!place) return nothing;
    const digest = this.read ? [] : place.digest;
    const invitations = place.teams.filter((team) => this.isInvited(team));
    if (digest.length === 0 && invitations.length === 0) return nothing;
    return html`${digest.length === 0
      ? nothing
      : html`<section class="digest" aria-label=${texts.digest.title}>
          <h3>${texts.digest.title}</h3>
          <ul>
            ${perEntry(digest).map(
              ([entry, all]) => html`<li>
                <button type="button" class="link" dir="auto" @click=${() => this.ground.show(entry.id)}>${short(entry.excerpt) || texts.unreadable}</button>
                <p class="small">${all.map(({ what, people }) => words.sentence(texts.digest.what[what](words.names(people), people.length))).join(' ')}</p>
              </li>`,
            )}
          </ul>
          <div class="bar tight">
            <button type="button" class="secondary" aria-disabled=${this.waits('digest')} @click=${this.dismiss}>${texts.digest.dismiss}</button>
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

type Happened = LogPlace['digest'][number];

/** Each entry once, with all that happened to it. */
function perEntry(digest: readonly Happened[]): [Happened['entry'], Happened[]][] {
  const entries = new Map<string, [Happened['entry'], Happened[]]>();
  for (const one of digest) {
    const known = entries.get(one.entry.id);
    if (known) known[1].push(one);
    else entries.set(one.entry.id, [one.entry, [one]]);
  }
  return [...entries.values()];
}

function longAgo(instant: string | null): boolean {
  return instant === null || Date.now() - new Date(instant).getTime() > A_WHILE * 86_400_000;
}
