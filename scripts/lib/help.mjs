/** @param {number} major */
const smokeHelp = (major) => `usage: npm run smoke:node${major}

Runs the smoke suites (the demo with both curl lines and an order that is confirmed, orders with the queue on Redis and on
PostgreSQL) and all unit suites on Node ${major}. It comes as the npm package node, into .vestibule.
`;

/** What each npm command prints for `--help`: its usage, what it does, its options. `koshelek:check` has its own. */
export const HELP = {
  start: `usage: npm start

Runs the demo on this machine only: the gateway in all roles, the stand-in for Тройка Бизнес, demo cards. The first start
installs, builds and creates a PostgreSQL in .vestibule; later starts find the data again, what the stand-in has executed
included. Ctrl-C stops all of it. It shows what happens to orders and cards, and what is wrong; with LOG_LEVEL set, every line
of that level: for people in a terminal, as JSON elsewhere.
Variables of the environment and of .env are honoured; .env.example lists them.
`,
  build: `usage: npm run build

Installs and builds everything, as every other command does first. Programs of production are then in apps/gateway/dist.
`,
  dev: `usage: npm run dev [-- --inspect]

Runs the demo as npm start does. When a source file of a package changes, it builds what depends on it and restarts the
gateway, for both listeners and the console. The stand-in restarts only when its own code changes. A build that fails
leaves running what ran before.

  --inspect   the gateway listens for a debugger on 127.0.0.1:9229
`,
  test: `usage: npm test

Installs, builds and runs every test of every project; ends with the count. The exit code is 0 only if all tests passed.
Tests on Redis need redis-server on the machine, or TEST_REDIS_URL. Tests that restore the database need postgresql, or
TEST_POSTGRES_BIN. Tests of the console need Chromium, or TEST_CHROMIUM.
One project: npx nx run @vestibule/gateway:test
`,
  check: `usage: npm run check

Checks format, lint, types, module boundaries, generated documents, OpenAPI, Kubernetes manifests, and links
between documents. It changes nothing; npm run fix repairs what a program can repair.
`,
  'console:shots': `usage: npm run console:shots

Takes pictures of each page of the console into docs/console, in Russian and English, light and dark, for a desktop and a phone, of an
invented company at 03:41 on a night when Тройка Бизнес does not answer. Needs Chromium, or TEST_CHROMIUM; with libfaketime
(Debian: faketime) the time is the same in each run.
`,
  'restore-drill': `usage: npm run restore-drill

Tries docs/operations/restore.md on this machine, by its own commands: orders flow, a dump is made and more is bought, the database is
wiped and the dump restored, and the gateways go on – with their send journals, without them, and under load while everything
is killed. The exit code is 1 if an order was lost or bought twice. It takes some minutes, and needs PostgreSQL with all its
programs (Debian: postgresql), or TEST_POSTGRES_BIN.
`,
  'newcomer-path': `usage: npm run newcomer-path

Goes the way of a newcomer by the commands of the documents, word for word: clones this checkout (what is committed), starts the
demo and tries both calls of README.md, then goes through docs/en/production.md with a PostgreSQL and a Redis of its own, TLS and
two processes, imports, runs the kit, has an order confirmed, upgrades by docs/upgrading.md, backs up and restores by
docs/operations/restore.md. It takes some minutes, and needs PostgreSQL with all its programs (Debian: postgresql) or
TEST_POSTGRES_BIN, redis-server, openssl and curl. Only the ports are free ones instead of those of the documents.
`,
  'upgrade-drill': `usage: npm run upgrade-drill [-- --from REF --orders N]

Tries docs/upgrading.md on this machine, by its own steps: an earlier version is built from its commit, works on PostgreSQL and Redis with
orders and searches all the time, the database is migrated, processes are replaced one after the other, and then back again. The
exit code is 1 if an order was lost or bought twice, or a version did not answer. It needs PostgreSQL with all its programs
and redis-server (Debian: postgresql, redis-server).

  --from REF   a tag or a commit; default: the newest earlier tag
  --orders N   how many orders are accepted in each stage, at the least; default 40
`,
  release: `usage: npm run release [-- --dry-run --repository URL --node-image IMAGE@sha256:DIGEST]

Puts what a release consists of into .vestibule/release/VERSION, from the commit that is checked out: the notes (CHANGELOG.md), the
context of the image, the package of the client, a software bill of materials (CycloneDX), checksums. Then it tags the commit
here; nothing leaves this machine. VERSION is that of package.json; all packages have it.

  --dry-run            tags nothing, and takes the notes of what is unreleased
  --repository URL     where the sources are published: the package of the client has it as its repository
  --node-image IMAGE   the base of the image by its digest; the Dockerfile of the context has it. The digest of today:
                       docker buildx imagetools inspect node:24-bookworm-slim
`,
  'smoke:node22': smokeHelp(22),
  'smoke:node24': smokeHelp(24),
  fix: `usage: npm run fix

Repairs lint (oxlint --fix) and format (prettier --write) in the whole repository. What needs a person is shown.
`,
  psql: `usage: npm run psql [-- PSQL_ARGUMENTS]

Opens psql in the gateway's database: DATABASE_URL if it is set (environment or .env), otherwise the embedded PostgreSQL in
DATA_DIR (.vestibule), which npm start or npm run dev must be running. Example: npm run psql -- -c 'select count(*) from orders'
`,
  'audit:verify': `usage: npm run audit:verify [-- --head POSITION:HASH]

Reads the chain of the audit and computes every hash again: an entry that was changed, removed or put in shows. The database is
DATABASE_URL if it is set (environment or .env), otherwise the embedded PostgreSQL in DATA_DIR (.vestibule). Exit code 0: whole;
1: not whole, or it cannot be read; 2: not understood.

  --head POSITION:HASH   an earlier end of the chain, from this command or the log, which must still be in it
`,
  'signature:try': `usage: npm run signature:try -- --sample FILE --signature X

Finds the signature profile from one known pair: a request, and the signature that Тройка Бизнес says it must have. Every scheme
of libs/signer/README.md is tried with every encoding, many templates, and the key as text, hex and base64; only external is not.

  --sample FILE   the request: its body, byte for byte, or the whole HTTP message with its headers
  --signature X   the signature of that request, as its header has it

The key is TROIKA_SIGNATURE_KEY or the file of TROIKA_SIGNATURE_KEY_FILE, from the environment or .env; for RSA, ECDSA and
Ed25519 it may be the public one. TROIKA_URL gives the path of a sample without one. Exit code 0: found; 1: none fits; 2: not
understood, or there is no key or no sample.
`,
  bench: `usage: npm run bench [-- --only NAME] [--json FILE]

Measures the gateway against its rivals and prints the ratios; bench/README.md describes each row.

  --only NAME   one row; may be repeated
  --json FILE   also writes the figures as JSON
`,
  chaos: `usage: npm run chaos [-- --orders N --seed S --queue redis|postgres --restore|--failover --pooler|--transaction-pooler]

Posts orders while gateways, PostgreSQL and Redis are killed, workers stand still for longer than a lease, the disk of the send
journals is full (as root on Linux), and the partner misbehaves. The exit code is 1 if an order was lost or executed twice, or
stuck without an operator event; the verdict compares what the partner executed with the ledger.

  --orders N   how many orders; default 2000
  --seed S     the same seed gives the same kills; default: another one each time
  --queue Q    where the queue lives: redis or postgres; default postgres
  --restore    at a random moment the database is wiped and an earlier dump restored
  --failover   at a random moment PostgreSQL dies, and a replica that lacks up to 3 s of commits is promoted
  --pooler     a PgBouncer in session mode stands between the gateways and PostgreSQL;
               --transaction-pooler: one in transaction mode, with DATABASE_DIRECT_URL past it

--restore and --failover need a PostgreSQL with pg_dump and pg_basebackup (Debian: postgresql), or TEST_POSTGRES_BIN;
the poolers need pgbouncer.
`,
  fuzz: `usage: npm run fuzz [-- --requests N --seed S]

Starts a gateway with the stand-in and calls both listeners in ways that no one should: changed valid calls, odd JSON,
encodings and headers, on split, pipelined and half-closed connections. The exit code is 1 if an answer was not documented,
was a 5xx or showed our inside, if memory or sockets stayed, or if a valid call in between was not served.

  --requests N   how many connections for each listener; default 20000
  --seed S       the same seed sends the same; default: another one each time
`,
  sbom: `usage: npm run sbom [-- --out FILE]

Writes what a running gateway consists of, by the lock file, as CycloneDX. docs/licences.md has the licences.

  --out FILE   where to; default .vestibule/sbom.cdx.json
`,
  vulnerabilities: `usage: npm run vulnerabilities

Asks the registry for known vulnerabilities of what is installed for more than development. The exit code is 1 if one is high
or critical. When the registry does not answer, it says so, and the exit code is 0.
`,
  drain: `usage: npm run drain [-- --orders N --queue redis|postgres]

Accepts orders while the partner is away, lets it return, and measures time and memory. It takes about ten minutes.

  --orders N   how many orders; default 100000
  --queue Q    where the queue lives: redis or postgres; default: one after the other
`,
};
