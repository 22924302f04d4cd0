import { call } from './call.js';
import type { Result } from './problem.js';

export interface Import {
  readonly id: string;
  readonly kind: string;
  readonly who: string;
  readonly beganBy: 'call' | 'command';
  readonly beganAt: string;
  readonly endedAt: string | null;
  readonly outcome: 'done' | 'failed' | 'stopped' | null;
  readonly lines: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
}

/** A line that was not imported, without its values. */
export interface ImportRejection {
  readonly line: number;
  readonly field: string;
  readonly reason: string;
}

export function listImports(): Promise<Result<{ readonly imports: readonly Import[] }>> {
  return call('GET', '/admin/imports');
}

export function listRejections(id: string): Promise<Result<{ readonly rejections: readonly ImportRejection[] }>> {
  return call('GET', `/admin/imports/${encodeURIComponent(id)}/rejections`);
}
