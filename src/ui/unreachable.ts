interface Reached {
  readonly server: string;
  token(): Promise<string | undefined>;
}

let hinted = false;

/**
 * Tells who made the page, in the console and once, why a server may not have been reached although the network is
 * there. A page that hands over no token has another trouble, and hears nothing.
 */
export async function hintUnreachable({ server, ...host }: Reached): Promise<void> {
  if (hinted || !navigator.onLine) return;
  hinted = true;
  const token = await host.token().catch(() => undefined);
  if (token === undefined) return;
  console.warn(
    `Leerkring: ${server} could not be reached from this page. ` +
      `Is ${location.origin} in CORS_ORIGINS, and the server in connect-src?`,
  );
}
