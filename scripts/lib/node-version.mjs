// Kept in old syntax: it must run on the Node versions that it refuses.
const NEEDED = [20, 19];

export function refuseOldNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NEEDED[0] || (major === NEEDED[0] && minor >= NEEDED[1])) return;
  process.stderr.write(
    `vestibule: Node ${NEEDED.join('.')} or newer is needed, this is ${process.versions.node}; see https://nodejs.org\n`,
  );
  process.exit(1);
}
