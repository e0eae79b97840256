/** What a page tells of itself while it loads. Milliseconds since the navigation began. */
export interface Watched {
  /** When the thing waited for could be used. */
  readonly ready: Promise<number>;
  /** When the placeholder was painted; nothing where there was none. */
  placeholder: number | undefined;
  readonly shifts: { readonly value: number; readonly at: number }[];
  /** From the release of the pointer to the paint after it, a click each. */
  readonly clicks: number[];
  /** The middles of all answers of the marked form, in CSS pixels of the window as it is scrolled now. */
  readonly answers: () => { readonly x: number; readonly y: number }[];
  /** Whether the last answer that was clicked is chosen, and the element knows it. */
  readonly knows: () => boolean;
}

declare global {
  interface Window {
    leerkringBench: Watched;
  }
}

/** What is waited for in a marked part of the page. */
export type Wanted = 'last-answer' | 'last-figure';

/**
 * Runs in the page before any of its own scripts. In every frame it looks for the last answer (or figure) in the part
 * marked `data-bench`, through shadow roots: usable is what is laid out and what a click at its middle would hit. A Lit
 * template adds its listeners as it puts its elements into the page, so what is there has its listener; `knows` says
 * after a click whether that holds.
 *
 * It is sent to the browser as text, and so may use nothing from outside itself.
 */
export function watch(wanted: Wanted): void {
  const selector = wanted === 'last-answer' ? 'input[type=radio]' : '.row .value, text[data-last]';
  const rootsIn = (root: ParentNode): ParentNode[] => [
    root,
    ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : [])),
  ];
  const marked = () => document.querySelector('[data-bench]');
  const found = (): Element[] => {
    const part = marked();
    return part ? rootsIn(part).flatMap((root) => [...root.querySelectorAll(selector)]) : [];
  };
  const middle = (element: Element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left + width / 2, y: top + height / 2, there: width > 0 && height > 0 };
  };
  const usable = (element: Element): boolean => {
    // What is laid out ahead, and not seen, lies in a placeholder that a click would hit.
    if (!middle(element).there || !element.checkVisibility({ visibilityProperty: true })) return false;
    // Out of sight, a click can't reach it; a person scrolls there.
    const { y } = middle(element);
    if (y < 0 || y > innerHeight) element.scrollIntoView({ block: 'center', behavior: 'instant' });
    const at = middle(element);
    const hit = (element.getRootNode() as Document | ShadowRoot).elementFromPoint(at.x, at.y);
    return hit !== null && (hit === element || hit.contains(element) || element.contains(hit));
  };

  const watched: Watched = {
    ready: new Promise((resolve) => {
      const look = () => {
        const last = found().at(-1);
        if (last && usable(last)) resolve(performance.now());
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    }),
    placeholder: undefined,
    shifts: [],
    clicks: [],
    answers: () => found().map((element) => middle(element)),
    knows: () => {
      const chosen = found().filter((element) => element instanceof HTMLInputElement && element.checked);
      const part = marked();
      const inElement = part ? rootsIn(part).length > 1 : false;
      const told = part ? rootsIn(part).flatMap((root) => [...root.querySelectorAll('svg[role=img]')]) : [];
      return chosen.length > 0 && (!inElement || told.some((ring) => /^[1-9]/.test(ring.getAttribute('aria-label') ?? '')));
    },
  };
  window.leerkringBench = watched;

  const seePlaceholder = () => {
    const part = marked();
    const busy = part && rootsIn(part).some((root) => root.querySelector('[aria-busy=true]'));
    // In this frame it is laid out for the first time; in the next, it has been painted.
    if (busy) requestAnimationFrame(() => { watched.placeholder = performance.now(); });
    else if (found().length === 0) requestAnimationFrame(seePlaceholder);
  };
  requestAnimationFrame(seePlaceholder);

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      watched.shifts.push({ value: (entry as PerformanceEntry & { readonly value: number }).value, at: entry.startTime });
    }
  }).observe({ type: 'layout-shift', buffered: true });

  let measuring = false;
  addEventListener(
    'click',
    ({ timeStamp }) => {
      // A click on a label brings one on its input.
      if (measuring) return;
      measuring = true;
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        // Handled after the frame that this callback began was painted.
        port1.onmessage = () => {
          measuring = false;
          watched.clicks.push(performance.now() - timeStamp);
        };
        port2.postMessage(undefined);
      });
    },
    { capture: true },
  );
}
