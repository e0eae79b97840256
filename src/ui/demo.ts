import type { Language, Localized } from '../domain/language.ts';

/** One state of a widget, to be looked at. */
export interface DemoState {
  /** Lower-case words joined by hyphens. */
  readonly name: string;
  readonly title: Localized;
}

/** What every widget's `demo.ts` exports: all its states, each with a server that exists in the page alone. */
export interface WidgetDemo<State extends DemoState = DemoState> {
  readonly demos: readonly State[];
  /**
   * Puts a state's element into a page and brings it into that state. The page's `fetch` must be `demoFetch`'s.
   * @returns the element, in that state
   */
  readonly mountDemo: (state: State, into: Element, language: Language) => Promise<HTMLElement>;
  /** A `fetch` that answers for the demos' servers, and passes on what is meant for others. */
  readonly demoFetch: (others: typeof fetch) => typeof fetch;
}
