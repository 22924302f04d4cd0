import type { Field } from './form.js';
import { t } from '../text/t.js';

/** Why a person does something: required, and kept in the audit. */
export const WHY: Field = {
  name: 'why',
  label: t('form.why'),
  type: 'long',
  required: true,
  maxLength: 1_000,
  hint: t('form.why.hint'),
};
