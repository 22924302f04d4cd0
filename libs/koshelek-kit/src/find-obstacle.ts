import { sendHttp } from './http-call.js';
import { Wallet, type Target } from './wallet.js';

/** Why a run would show nothing: no server answers, or the credentials are wrong. */
export async function findObstacle(target: Target): Promise<string | undefined> {
  const { origin } = target.baseUrl;
  const url = new URL(target.baseUrl);
  const { timeoutMs, signal } = target;
  const reached = await sendHttp({ verb: 'GET', url, headers: [], body: undefined, timeoutMs, signal });
  if (reached.failure !== undefined) return `no server answers at ${origin} (${reached.failure})`;
  const { answer } = await new Wallet(target).call(1, { query: { msisdn: '70000000000' } });
  if (answer.status === 401 || answer.status === 403) {
    return `${origin} refuses the login ${target.login} with ${answer.status}: is the password right?`;
  }
  return undefined;
}
