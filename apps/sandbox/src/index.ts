export { startSandbox, type Sandbox, type SandboxOptions } from './start-sandbox.js';
export { readSettings, type Settings } from './settings.js';
export { FAULTS, type Fault, type FaultedAnswer, type FaultMode } from './faults/modes.js';
export type { FaultSettings } from './faults/schedule.js';
export { REFUSALS, type Refusal } from './refusals.js';
