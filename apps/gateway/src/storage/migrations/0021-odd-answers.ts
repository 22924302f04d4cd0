/** Each field of an answer is read by itself: what is left in the fund counts although its size is missing. */
export const oddAnswers = {
  id: '0021-odd-answers',
  sql: `
alter table account_readings alter column fund drop not null;
`,
};
