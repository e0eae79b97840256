/**
 * Follows the open rounds on the demo's front page. The server says everything in words; this only puts them in place,
 * so that the page also works without it.
 */

/** How often to look, in milliseconds: closely while the seconds are counted down. */
const PACE = { open: 4000, closing: 1000 } as const;

// The server knows the organisation's time zone; the widgets, and the person, read the clock of this device.
for (const time of document.querySelectorAll('time')) {
  const format = new Intl.DateTimeFormat(document.documentElement.lang === 'nl' ? 'nl-NL' : 'en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  });
  time.textContent = format.format(new Date(time.dateTime));
}

for (const card of document.querySelectorAll<HTMLElement>('[data-state]')) {
  void follow(card, card.dataset['state'] ?? '');
}

async function follow(card: HTMLElement, address: string): Promise<void> {
  for (;;) {
    const phase = card.dataset['phase'];
    if (phase !== 'open' && phase !== 'closing') return;
    await new Promise((resolve) => setTimeout(resolve, PACE[phase]));
    await untilVisible();
    const state = await askState(address);
    if (state) show(card, state);
  }
}

/** A page in a tab that nobody looks at asks nothing. */
async function untilVisible(): Promise<void> {
  while (document.visibilityState === 'hidden') {
    await new Promise((resolve) => {
      document.addEventListener('visibilitychange', resolve, { once: true });
    });
  }
}

async function askState(address: string): Promise<Record<string, unknown> | undefined> {
  try {
    const response = await fetch(address, { headers: { accept: 'application/json' } });
    return response.ok ? ((await response.json()) as Record<string, unknown>) : undefined;
  } catch {
    // The server may be restarting: what is on the page stays, and the next look will tell.
    return undefined;
  }
}

function show(card: HTMLElement, state: Record<string, unknown>): void {
  for (const place of card.querySelectorAll<HTMLElement>('[data-text]')) {
    const text = state[place.dataset['text'] ?? ''];
    if (typeof text === 'string' && place.textContent !== text) place.textContent = text;
  }
  card.querySelector('.share')?.setAttribute('stroke-dasharray', `${String(Number(state['share']))} 100`);
  const { phase } = state;
  if (typeof phase !== 'string' || phase === card.dataset['phase']) return;
  const focused = document.activeElement instanceof HTMLElement && card.contains(document.activeElement);
  card.dataset['phase'] = phase;
  for (const part of card.querySelectorAll<HTMLElement>('[data-when]')) part.hidden = part.dataset['when'] !== phase;
  announce(card);
  // What had the focus may be hidden now; it must not fall back to the top of the page.
  if (focused && document.activeElement === document.body) card.focus();
}

/** Once for a new phase, not for every second. */
function announce(card: HTMLElement): void {
  const status = card.querySelector('[role="status"]');
  const parts = [
    card.querySelector('[data-text="headline"]'),
    card.querySelector('[data-when]:not([hidden]) [data-announce]'),
  ];
  if (status)
    status.textContent = parts
      .map((part) => part?.textContent ?? '')
      .join(' ')
      .trim();
}

export {};
