import { type MethodName, isMethodName } from '@vestibule/troika-contract';
import { REFUSALS, type Refusal } from '../refusals.js';
import { isPartnerTime } from './time.js';

/** Who may call: what onboarding gave the Agent. */
export interface Client {
  readonly apiPhone: string;
  readonly terminalId: string;
}

/** Checks `message.head` of a request (troika-business.md, "Envelope"); further fields are ignored. */
export function checkHead(head: Readonly<Record<string, unknown>>, client: Client): MethodName | Refusal {
  const type = head['type'];
  if (!isMethodName(type)) return REFUSALS.unknownMethod;
  if (head['terminalId'] !== client.terminalId) return REFUSALS.terminalId;
  if (head['languageId'] !== 'ru') return REFUSALS.languageId;
  if (head['phone'] !== client.apiPhone) return REFUSALS.apiUser;
  if (!isPartnerTime(head['time'])) return REFUSALS.time;
  return type;
}
