import { useRef, useState } from 'preact/hooks';
import { lookAtCard } from '../api/cards.js';
import { previewErasure, type Erasure, type ErasurePreview } from '../api/erasures.js';
import type { Problem } from '../api/problem.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Page, Section } from '../parts/page.js';
import { hrefOf } from '../router.js';
import { useIsAdmin } from '../session.js';
import { t } from '../text/t.js';
import { ConfirmSection } from './erasure/confirm.js';
import { PreviewSection } from './erasure/preview.js';
import type { PageProps } from './index.js';

/** Erases one person: whose phone, what goes and what stays, and only then the erasure itself. */
export function ErasurePage({ params: { number } }: PageProps) {
  const isAdmin = useIsAdmin();
  return (
    <Page title={t('erasure.title')}>
      {!isAdmin && <p class="note">{t('erasure.not-admin')}</p>}
      {isAdmin && (number === undefined ? <Steps phone="" /> : <OfCard number={number} />)}
    </Page>
  );
}

/** The phone of a card's holder: it is never in an address. */
function OfCard({ number }: { number: string }) {
  const loading = useLoad(() => lookAtCard(number), [number]);
  return (
    <Loaded of={loading}>
      {({ holder: { phone } }) =>
        phone === null ? <p class="note">{t('erasure.no-holder')}</p> : <Steps phone={`+${phone}`} />
      }
    </Loaded>
  );
}

function Steps({ phone: known }: { phone: string }) {
  const [seen, setSeen] = useState<{ phone: string; preview: ErasurePreview }>();
  const [done, setDone] = useState<Erasure>();
  const note = useRef<HTMLDivElement>(null);
  const look = async ({ phone = '' }: Values): Promise<Problem | undefined> => {
    const result = await previewErasure(phone);
    setDone(undefined);
    setSeen(result.ok ? { phone, preview: result.value } : undefined);
    return result.ok ? undefined : result.problem;
  };
  const finish = (erasure: Erasure): void => {
    setDone(erasure);
    setSeen(undefined);
    // The form is gone: the keyboard continues from here.
    note.current?.focus();
  };
  return (
    <>
      <div ref={note} role="status" tabIndex={-1} class={done === undefined ? 'for-readers' : 'note note-good'}>
        {done !== undefined && <Done erasure={done} />}
      </div>
      <Section title={t('erasure.whom')}>
        <Form
          fields={[
            {
              name: 'phone',
              label: t('cards.phone'),
              type: 'tel',
              value: known,
              required: true,
              maxLength: 50,
              hint: t('erasure.phone.hint'),
            },
          ]}
          submit={t('erasure.look')}
          onSubmit={look}
        />
      </Section>
      {seen !== undefined && (
        <>
          <PreviewSection preview={seen.preview} />
          {isSomething(seen.preview) && <ConfirmSection key={seen.phone} phone={seen.phone} onDone={finish} />}
        </>
      )}
    </>
  );
}

function Done({ erasure: { erased, pending, where } }: { erasure: Erasure }) {
  return (
    <>
      <p>{t('erasure.done', { members: where['members'] ?? 0, cards: where['cards'] ?? 0, orders: erased })}</p>
      {pending > 0 && <p>{t('erasure.pending', { count: pending })}</p>}
      <p>
        <a href={hrefOf('audit')}>{t('erasure.audit')}</a>
      </p>
    </>
  );
}

function isSomething({ orders, pending, goes }: ErasurePreview): boolean {
  return orders + pending > 0 || Object.values(goes).some((count) => count > 0);
}
