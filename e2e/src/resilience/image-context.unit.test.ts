import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { archiveImageContext } = (await import(`${ROOT}/scripts/lib/image-context.mjs`)) as {
  archiveImageContext: (options: { root: string; file: string; prefix: string; nodeImage?: string }) => void;
};
const PINNED = `node@sha256:${'0123456789abcdef'.repeat(4)}`;

let root: string;
const git = (...args: string[]): string => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'vestibule-context-'));
  mkdirSync(join(root, 'docker'));
  cpSync(join(ROOT, 'docker/Dockerfile'), join(root, 'docker/Dockerfile'));
  git('init', '--quiet');
  git('add', '.');
  git('-c', 'user.name=test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'Begin');
});
afterAll(() => rmSync(root, { recursive: true }));

/** The Dockerfile of the context. */
function contextWith(nodeImage?: string): string {
  const file = join(root, 'context.tar.gz');
  archiveImageContext({ root, file, prefix: 'vestibule-1.2.3', ...(nodeImage !== undefined && { nodeImage }) });
  const dockerfile = execFileSync('tar', ['-xzOf', file, 'vestibule-1.2.3/docker/Dockerfile'], { encoding: 'utf8' });
  rmSync(file);
  return dockerfile;
}

describe('the context of the image', () => {
  it('has the base by the digest that the release gives it, for every stage, and the checkout stays as it is', () => {
    const dockerfile = contextWith(PINNED);
    expect(dockerfile).toContain(`\nARG NODE_IMAGE=${PINNED}\n`);
    const bases = [...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, base]) => base);
    expect(new Set(bases)).toEqual(new Set(['${NODE_IMAGE}']));
    expect(git('status', '--porcelain')).toBe('');
  });

  it('is the commit that is checked out, unless a base is given', () => {
    expect(contextWith()).toBe(git('show', 'HEAD:docker/Dockerfile'));
  });
});
