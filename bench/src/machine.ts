import { arch, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** What a result depends on besides the programs. */
export function machineFacts() {
  const processors = cpus();
  return {
    processor: processors[0]?.model ?? 'unknown',
    cores: processors.length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release()} ${arch()}`,
    node: process.versions.node,
    loadAverageAtStart: loadavg()[0] ?? 0,
  };
}

/** Whether something else is using the machine, so that the figures will be worth little. */
export function isBusy({ cores, loadAverageAtStart }: { cores: number; loadAverageAtStart: number }): boolean {
  return loadAverageAtStart > cores / 2;
}
