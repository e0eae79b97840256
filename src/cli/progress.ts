import { SingleBar } from 'cli-progress';
import type { Context, GlobalOptions } from './context.ts';

/** Told how far something is: so many of so many done. */
export type Progress = (done: number, of: number) => void;

/**
 * Does something that takes its time, with a bar on the standard error that shows how far it is. Only a person at a
 * terminal sees one: a pipe, a file and `--json` stay clean. When it is done, or failed, the bar is gone.
 * @param label what is being done, in two words
 */
export async function withProgress<T>(
  { stderr }: Context,
  { json }: GlobalOptions,
  label: string,
  act: (progress: Progress) => Promise<T>,
): Promise<T> {
  if (json || stderr.isTTY !== true) return act(() => undefined);
  const bar = new SingleBar({
    format: `${label} [{bar}] {percentage}%`,
    stream: stderr as unknown as NodeJS.WritableStream,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    hideCursor: true,
    clearOnComplete: true,
    // A signal ends the command at once, and with it the bar.
    gracefulExit: false,
  });
  bar.start(1, 0);
  try {
    return await act((done, of) => {
      bar.setTotal(of);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
