import { runKit } from './koshelek/run-kit.js';

/** The runnable conformance kit: everything from the command line. */
const { stdout, stderr } = process;

process.exitCode = await runKit(process.argv.slice(2), {
  write: (text) => stdout.write(text),
  writeError: (text) => stderr.write(text),
  // A line that is written over is for terminals that can.
  ...(stderr.isTTY && process.env['TERM'] !== 'dumb'
    ? { onProgress: (done, total) => stderr.write(`\r\u001b[2K${done < total ? `checking ${done}/${total}` : ''}`) }
    : {}),
});
