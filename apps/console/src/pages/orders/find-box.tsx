import { useState } from 'preact/hooks';
import type { OrderSearch } from '../../api/orders.js';
import type { Problem } from '../../api/problem.js';
import { Form, type Values } from '../../parts/form.js';
import { hrefOf } from '../../router.js';
import { t } from '../../text/t.js';
import { findOut, isOrderId, type Finding } from './find.js';

export interface FindBoxProps {
  /** What is looked for beside the text. */
  readonly search: OrderSearch;
  readonly finding: Finding | undefined;
  readonly onFound: (finding: Finding | undefined) => void;
}

/** One box for whatever a person has of an order: its id, reference, id at Тройка Бизнес, phone or card. */
export function FindBox({ search, finding, onFound }: FindBoxProps) {
  const [none, setNone] = useState('');
  const find = async ({ text = '' }: Values): Promise<Problem | undefined> => {
    setNone('');
    if (isOrderId(text)) {
      location.hash = hrefOf('orders', text.toLowerCase());
      return undefined;
    }
    if (text === '') {
      onFound(undefined);
      return undefined;
    }
    const result = await findOut(text, search, Date.now());
    if (!result.ok) return result.problem;
    if (result.value === undefined) setNone(text);
    else onFound(result.value);
    return undefined;
  };
  const isFound = finding !== undefined;
  return (
    <>
      <Form
        key={isFound ? finding.value : ''}
        fields={[{ name: 'text', label: t('orders.find'), value: finding?.value ?? '', maxLength: 255 }]}
        submit={t('action.find')}
        isRow
        onSubmit={find}
      />
      <p role="status" class={none === '' && !isFound ? 'for-readers' : 'facts'}>
        {none !== '' && <span>{t('orders.found-none', { text: none })}</span>}
        {none === '' && isFound && <span>{t(`orders.found.${finding.by}`)}</span>}
        {isFound && (
          <button type="button" class="link" onClick={() => onFound(undefined)}>
            {t('orders.find-clear')}
          </button>
        )}
      </p>
    </>
  );
}
