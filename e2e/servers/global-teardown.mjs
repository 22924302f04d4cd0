/** Stops what global-setup.mjs started. */
export default async function tearDownServers() {
  await globalThis.stopTestServers();
}
