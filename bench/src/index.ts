export { runBench, selectRows, type BenchOptions } from './run-bench.js';
export { ROWS } from './rows/index.js';
