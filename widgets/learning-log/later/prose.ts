let parser: Promise<typeof import('./markdown.ts')> | undefined;

/** The Markdown part, fetched once; again when that failed. */
function markdownPart(): Promise<typeof import('./markdown.ts')> {
  return (parser ??= import('./markdown.ts').catch((error: unknown) => {
    parser = undefined;
    throw error;
  }));
}

/** A text as it is read, of which it was made. */
export interface Prose {
  readonly of: string;
  readonly node: HTMLElement;
}

/** @throws where the Markdown part can't be fetched: the text is then read as it was typed */
export async function proseOf(text: string): Promise<Prose> {
  const { markdown } = await markdownPart();
  const node = document.createElement('div');
  node.className = 'prose';
  node.dir = 'auto';
  node.append(markdown(text));
  return { of: text, node };
}
