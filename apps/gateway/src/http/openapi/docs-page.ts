import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { staticAnswer, type StaticAnswer } from '../send-static.js';

const require = createRequire(import.meta.url);
const SWAGGER_UI = dirname(require.resolve('swagger-ui-dist/package.json'));

const HTML = 'text/html; charset=utf-8';
const JAVASCRIPT = 'text/javascript; charset=utf-8';
const CSS = 'text/css; charset=utf-8';

/** Nothing comes from elsewhere, nothing goes elsewhere, and no script stands in the page itself. */
export const DOCS_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** The page's own addresses begin with a slash: it is served with and without one at its end. */
const PAGE = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Vestibule: its APIs</title>
    <link rel="icon" href="/docs/favicon-32x32.png">
    <link rel="stylesheet" href="/docs/swagger-ui.css">
    <link rel="stylesheet" href="/docs/page.css">
  </head>
  <body>
    <nav><a href="/docs">Orders API</a> <a href="/docs?api=admin">Admin API</a></nav>
    <div id="docs"></div>
    <noscript>This page needs JavaScript; the documents, <a href="/openapi.json">orders</a>
      and <a href="/admin/openapi.json">admin</a>, do not.</noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/page.js"></script>
  </body>
</html>
`;

/** `validatorUrl: null`: the document is not shown to a validator on the web. */
const SCRIPT = `SwaggerUIBundle({
  url: new URLSearchParams(location.search).get('api') === 'admin' ? '/admin/openapi.json' : '/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  defaultModelExpandDepth: 3,
  validatorUrl: null,
});
`;

const STYLE = `body { margin: 0; background: #fafafa; }
nav { padding: 16px 20px; font-family: sans-serif; }
nav a { margin-right: 16px; }
.swagger-ui .info { margin: 32px 0; }
.swagger-ui .servers-title, .swagger-ui .servers { display: none; }
.swagger-ui .response-col_links { display: none; }
`;

/** The page by the names of its files; its own address is the empty name. */
export function readDocsPage(): ReadonlyMap<string, StaticAnswer> {
  const fromSwaggerUi = (name: string, contentType: string): [string, StaticAnswer] => [
    name,
    staticAnswer(contentType, readFileSync(join(SWAGGER_UI, name))),
  ];
  return new Map([
    ['', staticAnswer(HTML, PAGE)],
    ['page.js', staticAnswer(JAVASCRIPT, SCRIPT)],
    ['page.css', staticAnswer(CSS, STYLE)],
    fromSwaggerUi('swagger-ui.css', CSS),
    fromSwaggerUi('swagger-ui-bundle.js', JAVASCRIPT),
    fromSwaggerUi('favicon-32x32.png', 'image/png'),
  ]);
}
