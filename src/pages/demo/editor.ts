/** Lets an editor see each choice at once, and copy the snippet. The server alone knows what a choice means. */

const form = document.querySelector<HTMLFormElement>('form[data-samples]');
if (form) {
  for (const button of form.querySelectorAll<HTMLElement>('[data-without-script]')) button.hidden = true;
  form.addEventListener('change', () => void choose(form));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void choose(form);
  });
}

for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
  button.hidden = false;
  button.addEventListener('click', () => void copy(button));
}

interface Sample {
  readonly name: string;
  readonly live: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly snippet: string;
}

let latest = 0;

async function choose(form: HTMLFormElement): Promise<void> {
  const mine = (latest += 1);
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (typeof value === 'string') query.set(name, value);
  const response = await fetch(`/demo/samples?${query.toString()}`).catch(() => undefined);
  if (!response?.ok || mine !== latest) return;
  const { samples } = (await response.json()) as { readonly samples: readonly Sample[] };
  for (const sample of samples) show(sample);
  // So that the address can be kept, or the page loaded again, with the same choices.
  history.replaceState(null, '', `?${query.toString()}`);
}

function show({ name, live, attributes, snippet }: Sample): void {
  const eyes = document.querySelector(`[data-live="${name}"]`);
  if (eyes) eyes.textContent = live;
  const code = document.querySelector(`[data-snippet="${name}"]`);
  if (code) code.textContent = snippet;
  // A widget reads where it lives when it is connected, so another choice is another element.
  const next = document.createElement(`kring-${name}`);
  for (const [attribute, value] of Object.entries(attributes)) next.setAttribute(attribute, value);
  document.querySelector(`kring-${name}`)?.replaceWith(next);
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const code = document.querySelector(`[data-snippet="${button.dataset['copy'] ?? ''}"]`);
  const status = button.parentElement?.querySelector<HTMLElement>('[role="status"]');
  if (!code || !status) return;
  try {
    await navigator.clipboard.writeText(code.textContent);
    status.textContent = status.dataset['copied'] ?? '';
  } catch {
    getSelection()?.selectAllChildren(code);
    status.textContent = status.dataset['failed'] ?? '';
  }
}

export {};
