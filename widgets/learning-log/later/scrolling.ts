import type { VirtualizerOptions } from '@tanstack/lit-virtual';

/** Milliseconds without a scroll after which it has come to rest. */
const REST = 150;

type Options = VirtualizerOptions<HTMLElement, HTMLElement>;

/**
 * A list that scrolls with what it is in: the nearest box around it that scrolls, in whichever tree, or the page. Where
 * it stands is told from its own beginning, so that nothing above it needs to be known, and all may change.
 */
export class Scrolling {
  private tell: ((offset: number, moves: boolean) => void) | undefined;

  /** @param list finds the list, while it is there */
  constructor(private readonly list: () => HTMLElement | null) {}

  /** What scrolls it, while it is there. */
  readonly around = (): HTMLElement | null => {
    const list = this.list();
    return list && scrollerOf(list);
  };

  /** How far its beginning lies above what is seen; below nought where it begins further down. */
  get offset(): number {
    const list = this.list();
    if (!list) return 0;
    const scroller = scrollerOf(list);
    const top = scroller === page() ? 0 : scroller.getBoundingClientRect().top + scroller.clientTop;
    return top - list.getBoundingClientRect().top;
  }

  by(pixels: number): void {
    if (pixels !== 0) this.around()?.scrollBy({ top: pixels, behavior: 'instant' });
  }

  /** What stands above it may have grown: tells where it stands now, where that is another place than was known. */
  look(known: number | null): void {
    const { offset } = this;
    if (this.tell && known !== null && Math.abs(offset - known) > 1) this.tell(offset, false);
  }

  readonly observeElementOffset: Options['observeElementOffset'] = ({ scrollElement }, tell) => {
    if (!scrollElement) return undefined;
    // The page itself scrolls, and tells so in the document's name.
    const source = scrollElement === page() ? document : scrollElement;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const scrolls = () => {
      clearTimeout(rest);
      rest = setTimeout(() => tell(this.offset, false), REST);
      tell(this.offset, true);
    };
    source.addEventListener('scroll', scrolls, { passive: true });
    this.tell = tell;
    tell(this.offset, false);
    return () => {
      clearTimeout(rest);
      source.removeEventListener('scroll', scrolls);
      this.tell = undefined;
    };
  };

  readonly observeElementRect: Options['observeElementRect'] = ({ scrollElement }, tell) => {
    if (!scrollElement) return undefined;
    const seen = () => tell({ width: scrollElement.clientWidth, height: scrollElement.clientHeight });
    seen();
    if (scrollElement === page()) {
      addEventListener('resize', seen);
      return () => removeEventListener('resize', seen);
    }
    // Later: what grows while it is being observed is an error to the page.
    const observer = new ResizeObserver(() => requestAnimationFrame(seen));
    observer.observe(scrollElement);
    return () => observer.disconnect();
  };

  /** Rows above what is seen turned out higher or lower: only by as much, from wherever it stands. */
  readonly scrollToFn: Options['scrollToFn'] = (offset, { adjustments = 0 }, { scrollOffset }) => {
    this.by(offset + adjustments - (scrollOffset ?? offset));
  };
}

/**
 * Remembers where what is being read in a box stands.
 * @returns brings it back to there, once what came in above it is drawn: as far as the browser did not
 */
export function holdStill(box: HTMLElement | null): () => void {
  const read = box && [...box.querySelectorAll<HTMLElement>('p, h5, textarea')].find((one) => one.offsetParent && one.getBoundingClientRect().top >= 0);
  if (!read) return () => undefined;
  const before = read.getBoundingClientRect().top;
  return () => {
    requestAnimationFrame(() => {
      requestAnimationFrame(() => {
        const moved = read.isConnected ? read.getBoundingClientRect().top - before : 0;
        if (Math.abs(moved) > 1) scrollerOf(read).scrollBy({ top: moved, behavior: 'instant' });
      });
    });
  };
}

function page(): HTMLElement {
  return (document.scrollingElement ?? document.documentElement) as HTMLElement;
}

/** A box that could scroll, and has nothing to scroll, does not. */
function scrollerOf(list: Element): HTMLElement {
  for (let box = parentOf(list); box && box !== document.documentElement; box = parentOf(box)) {
    if (!(box instanceof HTMLElement) || box.scrollHeight <= box.clientHeight) continue;
    // What the body says of it is said of the page, unless the page says something else.
    if (box === document.body && getComputedStyle(document.documentElement).overflowY === 'visible') continue;
    if (/auto|scroll/.test(getComputedStyle(box).overflowY)) return box;
  }
  return page();
}

function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
