/** Decisions that may need two persons. The names are those of `SECOND_PERSON`. */
export const SECOND_PERSON_KINDS = ['resend', 'credits'] as const;
export type SecondPersonKind = (typeof SECOND_PERSON_KINDS)[number];
