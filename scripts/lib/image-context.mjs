import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StepError } from './steps.mjs';

const DOCKERFILE = 'docker/Dockerfile';
const BASE = /^ARG NODE_IMAGE=.*$/gm;

/**
 * Writes what the image is built from: the commit that is checked out, and if a base is given, its digest in the Dockerfile.
 *
 * @param {{ root: string, file: string, prefix: string, nodeImage?: string }} options
 */
export function archiveImageContext({ root, file, prefix, nodeImage }) {
  const tree = nodeImage === undefined ? 'HEAD' : pinnedTree(root, nodeImage);
  git(root, ['archive', '--format=tar.gz', `--prefix=${prefix}/`, '--output', file, tree]);
}

/** @returns {string} the tree of the commit with another base in its Dockerfile; the checkout and its index stay as they are */
function pinnedTree(root, nodeImage) {
  const dockerfile = git(root, ['show', `HEAD:${DOCKERFILE}`]);
  if (dockerfile.match(BASE)?.length !== 1) throw new StepError(`${DOCKERFILE} does not have one ARG NODE_IMAGE`);
  const folder = mkdtempSync(join(tmpdir(), 'vestibule-index-'));
  const env = { ...process.env, GIT_INDEX_FILE: join(folder, 'index') };
  try {
    git(root, ['read-tree', 'HEAD'], { env });
    const input = dockerfile.replace(BASE, `ARG NODE_IMAGE=${nodeImage}`);
    const blob = git(root, ['hash-object', '-w', '--stdin'], { input }).trim();
    git(root, ['update-index', '--cacheinfo', `100644,${blob},${DOCKERFILE}`], { env });
    return git(root, ['write-tree'], { env }).trim();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function git(root, args, options = {}) {
  return execFileSync('git', args, { cwd: root, encoding: 'utf8', ...options });
}
