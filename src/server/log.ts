/** What can be logged of an error: never its message, in which a database repeats values. */
export function withoutValues(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  const { code } = error as { readonly code?: unknown };
  return { error: error.name, code, at: frames.slice(0, 5).map((line) => line.trim()) };
}
