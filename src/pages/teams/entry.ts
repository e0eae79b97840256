import { ENTRY_FRAGMENT } from '../../host/port.ts';

/** The entry that the page's address names after the #, which reaches no server. */
export function entryInAddress(): string | undefined {
  return new URLSearchParams(location.hash.slice(1)).get(ENTRY_FRAGMENT) ?? undefined;
}

export const fragmentOf = (entry: string) => `#${ENTRY_FRAGMENT}=${encodeURIComponent(entry)}`;
