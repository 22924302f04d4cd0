import { type ChildProcess, spawn } from 'node:child_process';

import { SignatureError, systemCode } from './errors.js';
import type { ExternalScheme } from './schemes.js';

/** A new process group, so that processes started by the command are killed with it; Windows has no such groups. */
const OWN_GROUP = process.platform !== 'win32';

/**
 * What the command gets of our environment: what programs need to run, what openssl and CryptoPro read, and
 * everything named `SIGNER_…`. Our own secrets (database, partner, keys) stay here.
 */
const PASSED_ON =
  /^(?:PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TMP|TEMP|LD_LIBRARY_PATH|OPENSSL_\w+|SSL_CERT_\w+|SIGNER_\w+|SystemRoot|USERPROFILE|APPDATA|LOCALAPPDATA|PATHEXT)$/i;

/**
 * Runs the command without a shell and without arguments, feeds it the message on stdin and returns its stdout. Its
 * stderr is discarded, because it may contain a key. The command and its children are killed when it exceeds a limit.
 *
 * @param secret passed as `SIGNER_KEY`, for example a PIN
 * @throws SignatureError `external-missing`, `external-timeout`, `external-flood`, `external-failed`
 */
export function signWithCommand(
  command: string,
  message: Buffer,
  secret: string | undefined,
  { timeoutMs, maxBytes }: ExternalScheme,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = start(command, secret);
    const fail = (code: SignatureError['code'], reason: string): void => {
      clearTimeout(timer);
      child.stdin.destroy();
      child.stdout.destroy();
      reject(new SignatureError(code, `the signature command ${command} ${reason}`));
    };
    const failAndKill = (code: SignatureError['code'], reason: string): void => {
      kill(child);
      fail(code, reason);
    };
    const timer = setTimeout(() => {
      failAndKill('external-timeout', `gave no signature within ${timeoutMs} ms and was killed`);
    }, timeoutMs);

    const output: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      output.push(chunk);
      if (size > maxBytes) failAndKill('external-flood', `gave more than ${maxBytes} bytes and was killed`);
    });
    let leftUnread = false;
    child.stdin.on('error', () => {
      // The pipe broke before the command had read everything. What that means shows when it ends.
      leftUnread = true;
    });
    child.on('error', (error) => {
      const reason = systemCode(error);
      fail(reason === 'ENOENT' ? 'external-missing' : 'external-failed', `cannot be run (${reason})`);
    });
    child.on('close', (exitCode, signal) => {
      if (exitCode !== 0) {
        const how = exitCode === null ? `was ended by ${signal ?? 'a signal'}` : `failed with exit code ${exitCode}`;
        fail('external-failed', `${how}; run it by hand with the request's body on stdin to see its message`);
      } else if (leftUnread) {
        fail('external-failed', 'ended before it had read all the bytes to be signed');
      } else {
        clearTimeout(timer);
        resolve(Buffer.concat(output));
      }
    });
    child.stdin.end(message);
  });
}

function start(command: string, secret: string | undefined) {
  try {
    return spawn(command, [], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: OWN_GROUP,
      env: environmentOf(secret),
      windowsHide: true,
    });
  } catch (error) {
    // Most failures are events; a thrown error may show the environment, and with it the key.
    throw new SignatureError(
      'external-failed',
      `the signature command ${command} cannot be run (${systemCode(error)})`,
    );
  }
}

function environmentOf(secret: string | undefined): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  return { ...Object.fromEntries(passed), ...(secret !== undefined && { SIGNER_KEY: secret }) };
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (!OWN_GROUP) {
    child.kill('SIGKILL');
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // The group has ended, or part of it runs as another user: try the command itself.
    child.kill('SIGKILL');
  }
}
