import { runBuilt } from './run-built.mjs';
import { ROOT } from './set-up.mjs';

/** Verifies the audit of the gateway's database: that of .env, or the embedded one of the demo. */
export async function auditVerify() {
  await runBuilt('apps/gateway/dist/audit-verify.js', ROOT);
}
