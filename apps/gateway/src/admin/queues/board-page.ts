import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative, sep } from 'node:path';
import { staticAnswer, type StaticAnswer } from '../../http/send-static.js';

/** Where the board is, below the internal listener. */
export const BOARD_PATH = '/admin/queues';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Says with every call what the console says with its own, without which the session counts for nothing. When there is no
 * session any more, it leads to the console, to sign in.
 */
const SESSION_SCRIPT = `(() => {
  const header = ['x-vestibule-console', '1'];
  const judge = (status) => status === 401 && location.replace('/console');
  const { send } = XMLHttpRequest.prototype;
  XMLHttpRequest.prototype.send = function (...args) {
    this.setRequestHeader(...header);
    this.addEventListener('load', () => judge(this.status));
    return send.apply(this, args);
  };
  const { fetch } = window;
  window.fetch = async (input, init = {}) => {
    const request = new Request(input, init);
    request.headers.set(...header);
    const answer = await fetch(request);
    judge(answer.status);
    return answer;
  };
})();
`;
const SESSION_FILE = 'session.js';

/** Fonts of others, which the page does without. */
const FOREIGN_LINK = /<link[^>]*href="https?:[^>]*>/g;

/** The page of Bull Board and its files, read once. */
export interface BoardPage {
  readonly page: StaticAnswer;
  /** By their paths below the board. */
  readonly files: ReadonlyMap<string, StaticAnswer>;
}

/** The folder of the package with the page. */
export function boardFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@bull-board/ui/package.json'));
}

/** @param values what the page's template names */
export function readBoardPage(values: Readonly<Record<string, string>>): BoardPage {
  const folder = join(boardFolder(), 'dist');
  const files = readdirSync(join(folder, 'static'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && CONTENT_TYPES[extname(entry.name)] !== undefined)
    .map(({ parentPath, name }) => {
      const file = join(parentPath, name);
      const answer = staticAnswer(CONTENT_TYPES[extname(name)] ?? '', readFileSync(file));
      return [relative(folder, file).split(sep).join('/'), answer] as const;
    });
  const template = readFileSync(join(folder, 'index.ejs'), 'utf8');
  const page = template
    .replaceAll(FOREIGN_LINK, '')
    .replaceAll(/<%[=-] *(\w+) *%>/g, (_, name: string) => values[name] ?? '')
    .replace(/(<base [^>]*>)/, `$1<script src="${SESSION_FILE}"></script>`);
  const session = staticAnswer('text/javascript; charset=utf-8', SESSION_SCRIPT);
  return { page: staticAnswer('text/html; charset=utf-8', page), files: new Map([...files, [SESSION_FILE, session]]) };
}
