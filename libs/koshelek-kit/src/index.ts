export type { CheckRow, Finding } from './check.js';
export { CHECKS, THEMES } from './checks/index.js';
export { textOf, type Exchange } from './exchange.js';
export { findObstacle } from './find-obstacle.js';
export { INVENTED_FIRST_NAMES, type Member } from './members.js';
export { SENTENCES_RU, THEMES_RU } from './russian.js';
export { blocks, runChecks, summarise, type CheckResult, type RunResult, type Summary } from './run-checks.js';
export type { KnownData } from './scenario.js';
export type { Target } from './wallet.js';
