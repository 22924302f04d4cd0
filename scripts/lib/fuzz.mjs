import { parseArgs } from 'node:util';
import { setUp, SET_UP_STEPS } from './set-up.mjs';
import { StepError, Steps, UsageError } from './steps.mjs';

const USAGE = 'usage: npm run fuzz [-- --requests N --seed S]';

/** Sets everything up, calls both listeners in ways that no one should, and reports whether every answer was as promised. */
export async function fuzz() {
  const { requests, seed } = readArguments();
  await setUp(new Steps(SET_UP_STEPS));
  const { runFuzzAlone } = await import('../../e2e/dist/resilience/fuzz/run-alone.js');
  const say = (line) => process.stdout.write(`${line}\n`);
  say(`fuzzing with ${requests} connections for each listener, seed ${seed}`);
  const { faults, answered } = await runFuzzAlone({ requests, seed, say }).catch((error) => {
    throw new StepError(`✗ no verdict: the run broke off (${error.message}); --seed ${seed} sends the same again`);
  });
  for (const [listener, statuses] of Object.entries(answered)) {
    const counts = Object.entries(statuses).map(([status, count]) => `${status}: ${count}`);
    say(`${listener} listener answered ${counts.join(', ')}`);
  }
  for (const fault of faults) say(`\n✗ ${fault}`);
  if (faults.length > 0) throw new StepError(`${faults.length} faults; --seed ${seed} sends the same again`);
  say(
    '✓ every answer was documented, none showed our inside, memory came back, and valid calls were served in between',
  );
}

function readArguments() {
  let values;
  try {
    ({ values } = parseArgs({ options: { requests: { type: 'string' }, seed: { type: 'string' } } }));
  } catch (error) {
    throw new UsageError(`${error.message}\n${USAGE}`);
  }
  const { requests = '20000', seed = String(Date.now() % 100_000) } = values;
  if (!/^[1-9]\d{0,6}$/.test(requests))
    throw new UsageError(`--requests is "${requests}"; allowed: a number\n${USAGE}`);
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed is "${seed}"; allowed: a number\n${USAGE}`);
  return { requests: Number(requests), seed: Number(seed) };
}
