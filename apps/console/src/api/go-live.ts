import type { Language } from '../text/language.js';
import { call } from './call.js';
import type { Result } from './problem.js';

export type InBothLanguages = Readonly<Record<Language, string>>;

/** Something that has to be true before Кошелёк calls. */
export interface GoLiveItem {
  readonly id: string;
  readonly state: 'met' | 'open' | 'unseen';
  readonly title: InBothLanguages;
  readonly found: InBothLanguages | null;
  readonly whatToDo: InBothLanguages | null;
}

/** A rule of the contract, and what the run has found. */
export interface GoLiveCheck {
  readonly id: string;
  readonly theme: InBothLanguages;
  readonly sentence: InBothLanguages;
  readonly certainty: 'D' | 'P' | 'U';
  readonly outcome: 'waiting' | 'passed' | 'failed' | 'not-possible' | 'skipped';
  readonly blocks: boolean;
  readonly expected: string;
  readonly said: string | null;
  readonly whatToDo: InBothLanguages | null;
}

export interface GoLiveRun {
  readonly address: string;
  readonly startedBy: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly done: number;
  readonly total: number;
  readonly conforms: boolean | null;
  readonly failure: string | null;
  readonly checks: readonly GoLiveCheck[];
}

export interface GoLive {
  readonly address: string | null;
  readonly addressFrom: 'setting' | 'listener' | null;
  readonly canRun: boolean;
  readonly items: readonly GoLiveItem[];
  readonly run: GoLiveRun | null;
}

export interface TestMember {
  readonly card?: string;
  readonly phone?: string;
  readonly blockedPhone?: string;
}

export function lookAtGoLive(): Promise<Result<GoLive>> {
  return call('GET', '/admin/go-live');
}

/** Begins a run; one at a time. */
export function runGoLiveCheck(member: TestMember): Promise<Result<GoLive>> {
  return call('POST', '/admin/go-live/runs', { body: member });
}
