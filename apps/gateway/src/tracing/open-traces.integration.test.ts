import { describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const BUILT = new URL('../../dist/', import.meta.url).href;

/** How many files of OpenTelemetry's SDK a process has loaded once the gateway's modules are there and its traces are open. */
async function loadedFiles(endpoint: string | undefined): Promise<number> {
  const tracing = endpoint === undefined ? 'undefined' : JSON.stringify({ endpoint, headers: '' });
  const script = `
    import { createRequire } from 'node:module';
    await import('${BUILT}boot/gateway.js');
    const { openTraces } = await import('${BUILT}tracing/open-traces.js');
    await openTraces(${tracing}, console, { add() {} });
    const files = Object.keys(createRequire('${BUILT}main.js').cache);
    // The bare interface, api, is also part of prom-client.
    console.log(files.filter((file) => /node_modules.@opentelemetry.(?!api\\b)/.test(file)).length);
    process.exit();`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  return Number(stdout);
}

describe('a process without OTEL_EXPORTER_OTLP_ENDPOINT', () => {
  it("does not load OpenTelemetry's SDK", async () => {
    expect(await loadedFiles(undefined)).toBe(0);
    // With it, the same question finds it.
    expect(await loadedFiles('http://127.0.0.1:9')).toBeGreaterThan(0);
  });
});
