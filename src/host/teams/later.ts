import { authentication, meeting, pages } from '@microsoft/teams-js';

/** What a tab in a shared place was set up to show. */
export interface TabSettings {
  readonly entityId: string;
  readonly contentUrl: string;
  readonly websiteUrl: string;
  readonly removeUrl: string;
  readonly suggestedDisplayName: string;
}

/** What Teams does for a person who asks for it. */
export interface TeamsActs {
  /** Goes to another of the app's tabs, where Teams can. @returns whether it could */
  go(tab: string, subPage?: string): Promise<boolean>;
  /** Shows Teams' own window with a link to something on the page. */
  share(what: { readonly subPage: string; readonly label: string; readonly address: string }): void;
  /**
   * Shows a page of ours in a window, from which it goes on to Microsoft's own sign-in.
   * @throws Error when that did not succeed
   */
  signIn(address: string): Promise<void>;
  /** Puts an address on the meeting's stage. @throws Error when it may not be there */
  stage(address: string): Promise<void>;
  /** Whether Teams' own button saves what was chosen. */
  canSave(can: boolean): void;
  /** The address of the tab that is being changed; nothing when it is a new one. */
  current(): Promise<string | undefined>;
  /** @param chosen asked when the person saves */
  onSave(chosen: () => TabSettings): void;
  onRemove(): void;
}

export const acts: TeamsActs = {
  async go(tab, subPage) {
    if (!pages.currentApp.isSupported()) return false;
    await pages.currentApp.navigateTo({ pageId: tab, ...(subPage === undefined ? {} : { subPageId: subPage }) });
    return true;
  },
  share({ subPage, label, address }) {
    pages.shareDeepLink({ subPageId: subPage, subPageLabel: label, subPageWebUrl: address });
  },
  async signIn(address) {
    await authentication.authenticate({ url: address, width: 600, height: 640 });
  },
  stage: (address) =>
    new Promise((resolve, reject) => {
      meeting.shareAppContentToStage((error) => {
        if (error) reject(new Error(error.message ?? String(error.errorCode)));
        else resolve();
      }, address);
    }),
  canSave(can) {
    pages.config.setValidityState(can);
  },
  async current() {
    const { contentUrl } = await pages.getConfig();
    return contentUrl || undefined;
  },
  onSave(chosen) {
    pages.config.registerOnSaveHandler((event) => {
      pages.config.setConfig(chosen()).then(
        () => { event.notifySuccess(); },
        (error: unknown) => { event.notifyFailure(error instanceof Error ? error.message : String(error)); },
      );
    });
  },
  onRemove() {
    // Nothing of a tab is kept here, so nothing has to be done before it goes.
    pages.config.registerOnRemoveHandler((event) => { event.notifySuccess(); });
  },
};
