import { t, tWord } from '../../text/t.js';

/** The gateway's reasons that are not a status, by which a plan leaves orders out. */
const REASONS = {
  'its personal data are erased': t('plan.left.erased'),
  'an earlier attempt may have been executed': t('plan.left.in-doubt'),
  'Тройка Бизнес had confirmed it: it is part of the accounts': t('plan.left.paid'),
} as const;

/** Why a plan leaves orders out, in the reader's language; as the gateway says it where there is no such text. */
export function leftOut(why: string): string {
  const [, status] = /^it is (\w+)$/.exec(why) ?? [];
  if (status !== undefined) return t('plan.left.status', { status: tWord('status', status) });
  return why in REASONS ? REASONS[why as keyof typeof REASONS] : why;
}
