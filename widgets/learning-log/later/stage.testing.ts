import { emulateMedia, setViewport } from '@web/test-runner-commands';
import type { Language } from '../../../src/domain/language.ts';
import { demoFetch, demos, demoServer, mountDemo } from '../demo.ts';
import type { DemoServer } from '../demo-server.ts';
import '../index.ts';
import type { KringLearningLog } from '../learning-log.ts';

const realFetch = window.fetch;
let stage: HTMLElement;

/** What every test of the later part begins and ends with. */
export function onStage(): void {
  after(() => {
    window.fetch = realFetch;
  });

  beforeEach(async () => {
    window.fetch = demoFetch(realFetch.bind(window));
    await setViewport({ width: 900, height: 800 });
    stage = document.createElement('main');
    document.body.append(stage);
  });

  afterEach(async () => {
    await emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
    stage.remove();
    localStorage.clear();
  });
}

export async function mount(name: string, language: Language = 'en'): Promise<KringLearningLog> {
  const demo = demos.find((one) => one.name === name);
  if (!demo) throw new Error(`There is no demo called ${name}.`);
  return mountDemo(demo, stage, language);
}

export async function reached(holds: () => unknown): Promise<void> {
  while (!holds()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

export function all(element: KringLearningLog, selector: string): HTMLElement[] {
  return [...(element.shadowRoot?.querySelectorAll<HTMLElement>(selector) ?? [])];
}

export function find(element: KringLearningLog, selector: string): HTMLElement {
  const [found] = all(element, selector);
  if (!found) throw new Error(`Nothing there: ${selector}`);
  return found;
}

/** A button by what it says. */
export function button(element: KringLearningLog, says: string, within = ''): HTMLButtonElement {
  const found = all(element, `${within} button`).find((one) => one.innerText.trim() === says);
  if (!(found instanceof HTMLButtonElement)) throw new Error(`No button says ${says}: ${all(element, `${within} button`).map((one) => one.innerText.trim()).join(', ')}`);
  return found;
}

export function read(element: KringLearningLog, selector = '.later'): string {
  return find(element, selector).innerText.replaceAll(/\s+/g, ' ');
}

export function spoken(element: KringLearningLog): string {
  return find(element, '.log > [role=status]').textContent.trim();
}

export function focused(element: KringLearningLog): Element | null | undefined {
  return element.shadowRoot?.activeElement;
}

export async function list(name = 'full', language: Language = 'en'): Promise<{ element: KringLearningLog; server: DemoServer }> {
  const element = await mount(name, language);
  await reached(() => all(element, '.rows > .row').length > 0);
  return { element, server: demoServer(element) };
}

export async function openEntry(element: KringLearningLog, id: string): Promise<string> {
  const row = `[data-row="${id}"]`;
  find(element, `${row} .open`).click();
  await reached(() => all(element, `${row} .thread`).length > 0);
  return row;
}

export function type(element: KringLearningLog, selector: string, text: string): void {
  const field = find(element, selector) as HTMLTextAreaElement;
  field.value = text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));
}

/** Holds back what is asked at an address, until what this returns is called. */
export function holdBack(path: string): () => void {
  const { fetch } = window;
  let letGo = () => undefined as unknown;
  const held = new Promise((resolve) => {
    letGo = () => { resolve(undefined); };
  });
  window.fetch = async (input, init) => {
    if ((input instanceof Request ? input.url : String(input)).endsWith(path)) await held;
    return fetch(input, init);
  };
  return () => {
    window.fetch = fetch;
    letGo();
  };
}

/** The names under which this browser keeps what is written under entries. */
export function threadDrafts(): string[] {
  return Object.keys(localStorage).filter((key) => key.includes('/thread/'));
}

/** The number of the row that has the focus. */
export function position(element: KringLearningLog): number {
  return Number(focused(element)?.closest('[aria-posinset]')?.getAttribute('aria-posinset') ?? 0);
}

/** Whether something lies within what is seen of the page. */
export function isInSight(inner: Element | null | undefined): boolean {
  if (!inner) return false;
  const box = inner.getBoundingClientRect();
  return box.top >= -1 && box.bottom <= innerHeight + 1;
}
