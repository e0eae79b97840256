import { ratio, summary, type Summary } from './statistics.ts';

/** What a figure is held to. */
export interface Target {
  readonly is: 'at most' | 'at least';
  readonly limit: number;
}

/** One line of the table. */
export interface Figure {
  readonly part: 'browser' | 'server' | 'learning-log';
  readonly what: string;
  /** Of `measured` and `beside`: ms, s, /s, MB or nothing. */
  readonly unit: string;
  readonly measured: Summary;
  /** What it is compared with, in the same rounds. */
  readonly beside?: { readonly what: string; readonly measured: Summary };
  readonly ratio?: Summary;
  /** Of the ratio where there is one, else of what was measured. */
  readonly target?: Target;
}

/** A figure that stands by itself. */
export function figure(
  about: Pick<Figure, 'part' | 'what' | 'unit'>,
  samples: readonly number[],
  target?: Target,
): Figure {
  return { ...about, measured: summary(samples), ...(target ? { target } : {}) };
}

/** A figure beside what it is compared with, both measured in the same rounds. */
export function compared(
  about: Pick<Figure, 'part' | 'what' | 'unit'>,
  samples: readonly number[],
  beside: { readonly what: string; readonly samples: readonly number[] },
  target?: Target,
): Figure {
  return {
    ...figure(about, samples, target),
    beside: { what: beside.what, measured: summary(beside.samples) },
    ratio: ratio(samples, beside.samples),
  };
}

/** Whether a figure keeps to its target; nothing where it has none. */
export function holds({ measured, ratio, target }: Figure): boolean | undefined {
  if (!target) return undefined;
  const { median } = ratio ?? measured;
  return target.is === 'at most' ? median <= target.limit : median >= target.limit;
}

const HEADER = ['what', 'measured', 'beside', 'ratio', 'target', 'holds'] as const;

/** The figures as rows of text, the header first. */
function rows(figures: readonly Figure[]): string[][] {
  return [
    [...HEADER],
    ...figures.map((one) => [
      one.what,
      withUnit(one.measured, one.unit),
      one.beside ? `${one.beside.what}: ${withUnit(one.beside.measured, one.unit)}` : '',
      one.ratio ? `${spread(one.ratio, 2)} x` : '',
      one.target ? `${one.target.is} ${String(one.target.limit)}${one.ratio ? ' x' : ` ${one.unit}`.trimEnd()}` : '',
      { true: 'yes', false: 'NO', undefined: '' }[String(holds(one))] ?? '',
    ]),
  ];
}

/** For a terminal. */
export function asText(figures: readonly Figure[]): string {
  const cells = rows(figures);
  const widths = HEADER.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd()).join('\n');
}

/** For a page. */
export function asMarkdown(figures: readonly Figure[]): string {
  const [header = [], ...body] = rows(figures);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map((_, column) => (column === 0 ? '---' : '---:'))), ...body.map(line)].join('\n');
}

function withUnit(measured: Summary, unit: string): string {
  const { median } = measured;
  return `${spread(measured, median >= 100 ? 0 : median >= 10 ? 1 : 3)} ${unit}`.trimEnd();
}

/** A median, and the quartiles when there was more than one measurement. */
function spread({ median, low, high, samples }: Summary, decimals: number): string {
  const text = (value: number) => value.toLocaleString('en', { maximumFractionDigits: decimals });
  return samples > 1 ? `${text(median)} (${text(low)} to ${text(high)})` : text(median);
}
