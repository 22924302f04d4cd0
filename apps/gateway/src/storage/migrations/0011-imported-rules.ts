/** A rule that comes from a file has a name there, so that the file can be sent again. */
export const importedRules = {
  id: '0011-imported-rules',
  sql: `
alter table receipt_rules add column external_id text unique;
`,
};
