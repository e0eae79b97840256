/** What Teams says of the app, by itself: where apps are chosen, on the app's own page, and above its tabs. */
export interface TeamsTexts {
  /** Without the names of Microsoft and of Teams, which an app may not bear. */
  readonly name: { readonly short: string; readonly full: string };
  readonly description: { readonly short: string; readonly full: string };
  readonly tabs: { readonly today: string; readonly log: string; readonly team: string };
}
