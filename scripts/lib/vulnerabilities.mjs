import { installDependencies, pnpm } from './set-up.mjs';
import { StepError, Steps } from './steps.mjs';

const GRAVE = ['high', 'critical'];

/** Asks the registry for known vulnerabilities of what is installed for more than development. */
export async function findVulnerabilities() {
  await new Steps(1).run('install dependencies', installDependencies);
  const lines = [];
  // Its exit status does not say whether it has found something or was not answered: the report does.
  const failure = await pnpm(['audit', '--prod', '--json'], { onLine: (line) => lines.push(line) }).catch(
    (error) => error,
  );
  const known = readAdvisories(lines.join('\n'));
  if (known === undefined) {
    const why = lines.find((line) => /responded/.test(line)) ?? lines[0] ?? failure?.message ?? 'it said nothing';
    process.stdout.write(
      `! not known whether there are vulnerabilities: the registry did not answer (${why.replace(/^.*?(responded)/, '$1').trim()})\n`,
    );
    return;
  }
  for (const { severity, module_name: name, title, url } of known) {
    process.stdout.write(`${severity}: ${name}: ${title} (${url})\n`);
  }
  const grave = known.filter(({ severity }) => GRAVE.includes(severity));
  if (grave.length > 0) throw new StepError(`${grave.length} of the known vulnerabilities are high or critical`);
  process.stdout.write('✓ no known vulnerability is high or critical\n');
}

/**
 * The advisories of a report of `pnpm audit --json`.
 *
 * @param {string} text what it has printed
 * @returns {{ severity: string, module_name: string, title: string, url: string }[] | undefined} undefined without a report
 */
export function readAdvisories(text) {
  try {
    const { advisories } = JSON.parse(text);
    return advisories === undefined ? undefined : Object.values(advisories);
  } catch {
    // Anything that is no JSON is no report.
    return undefined;
  }
}
