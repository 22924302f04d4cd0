import { runBuilt } from './run-built.mjs';

/** Finds the signature profile of a known pair. npm runs us at the root; file names are relative to the folder of the caller. */
export async function signatureTry() {
  await runBuilt('apps/gateway/dist/signature-try.js', process.env.INIT_CWD ?? process.cwd());
}
