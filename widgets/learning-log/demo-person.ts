/** What a demo does as a person would, in an element. */

export function find(element: HTMLElement, selector: string): HTMLElement | null | undefined {
  return element.shadowRoot?.querySelector<HTMLElement>(selector);
}

export function field(element: HTMLElement, selector: string): HTMLInputElement | HTMLTextAreaElement | null | undefined {
  return element.shadowRoot?.querySelector<HTMLInputElement | HTMLTextAreaElement>(selector);
}

export async function press(element: HTMLElement, selector: string): Promise<void> {
  await reached(() => find(element, selector));
  find(element, selector)?.click();
}

/** Writes into a field as a person does. */
export async function type(element: HTMLElement, selector: string, text: string): Promise<void> {
  await reached(() => find(element, selector));
  const input = field(element, selector);
  if (!input) return;
  input.value = text;
  input.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
  await new Promise<void>((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

export async function reached(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
}
