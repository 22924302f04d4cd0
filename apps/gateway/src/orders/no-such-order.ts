import type { Problem } from '../http/problem.js';

/** What every call about one order answers when its id is none, or nobody's. */
export const NO_SUCH_ORDER: Problem = { status: 404, detail: 'There is no order with this id.' };
