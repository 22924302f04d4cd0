/** What callbacks are signed with, beside the keys that others call with: a digest cannot sign, so the secret is kept sealed. */
export const callbackSecrets = {
  id: '0042-callback-secrets',
  sql: `
alter table api_keys
  drop constraint api_keys_audience_check,
  add column sealed_secret bytea,
  add constraint api_keys_audience check (audience in ('orders', 'admin', 'callbacks')),
  add constraint api_keys_sealed_secret check ((audience = 'callbacks') = (sealed_secret is not null));
`,
};
