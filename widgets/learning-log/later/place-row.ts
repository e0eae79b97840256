import { noChange } from 'lit';
import { AsyncDirective, directive } from 'lit/async-directive.js';
import { Directive, type ElementPart } from 'lit/directive.js';

// By the object model: a `style` attribute would need a policy that allows one.

type Measure = (row: HTMLElement | null) => void;

class PlaceRow extends AsyncDirective {
  private measure: Measure | undefined;

  override render(_start: number, _measure: Measure): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [start, measure]: [number, Measure]): unknown {
    const row = element as HTMLElement;
    this.measure = measure;
    row.style.transform = `translateY(${start}px)`;
    // It is not in the page yet when it is new.
    queueMicrotask(() => {
      if (row.isConnected) measure(row);
    });
    return noChange;
  }

  protected override disconnected(): void {
    // It is still in the page now.
    queueMicrotask(() => this.measure?.(null));
  }
}

/** Where a row of a list stands, and how it is measured: after what else is bound to it. */
export const placeRow = directive(PlaceRow);

class AsHigh extends Directive {
  override render(_pixels: number): unknown {
    return noChange;
  }

  override update({ element }: ElementPart, [pixels]: [number]): unknown {
    (element as HTMLElement).style.blockSize = `${pixels}px`;
    return noChange;
  }
}

/** How high all rows of a list are together. */
export const asHigh = directive(AsHigh);
