import { app, authentication } from '@microsoft/teams-js';

/** What a window that Teams opened for a tab tells it, which closes the window. */
export async function answerTab(failure?: string): Promise<void> {
  await app.initialize();
  if (failure === undefined) authentication.notifySuccess();
  else authentication.notifyFailure(failure);
}
