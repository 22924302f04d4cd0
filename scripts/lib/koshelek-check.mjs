import { runBuilt } from './run-built.mjs';

/** Runs the conformance kit. npm runs us at the root; file names are relative to the folder of the caller. */
export async function koshelekCheck() {
  await runBuilt('apps/sandbox/dist/koshelek-check.js', process.env.INIT_CWD ?? process.cwd());
}
