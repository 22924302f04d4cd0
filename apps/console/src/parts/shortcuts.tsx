import { useEffect, useRef } from 'preact/hooks';
import { t } from '../text/t.js';

const KEYS = [
  ['J', t('shortcuts.next')],
  ['K', t('shortcuts.previous')],
  ['Enter', t('shortcuts.open')],
  ['X', t('shortcuts.mark')],
  ['?', t('shortcuts.help')],
] as const;

/** What the keys do, shown at a press of `?`. */
export function Shortcuts() {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const isTyping = event.target instanceof HTMLElement && event.target.matches('input, textarea, select');
      if (event.key === '?' && !isTyping && document.querySelector('dialog[open]') === null)
        dialog.current?.showModal();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return (
    <dialog ref={dialog} aria-label={t('shortcuts.title')}>
      <h2>{t('shortcuts.title')}</h2>
      <dl>
        {KEYS.map(([key, what]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <button type="button" class="link" onClick={() => dialog.current?.close()}>
        {t('shortcuts.close')}
      </button>
    </dialog>
  );
}
