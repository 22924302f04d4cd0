import { useState } from 'preact/hooks';
import { listKeys, makeKey, revokeKey, rotateKey, type KeyView, type NewKey } from '../api/keys.js';
import type { Problem, Result } from '../api/problem.js';
import { Badge } from '../parts/badge.js';
import { Form, type Values } from '../parts/form.js';
import { Loaded, useLoad } from '../parts/load.js';
import { Moment } from '../parts/moment.js';
import { Page, Section } from '../parts/page.js';
import { Table, type Column } from '../parts/table.js';
import { WHY } from '../parts/why.js';
import type { Role } from '../session.js';
import { t, tWord } from '../text/t.js';

const KINDS = {
  office: t('key.kind.office'),
  viewer: t('key.kind.viewer'),
  operator: t('key.kind.operator'),
  admin: t('key.kind.admin'),
  orders: t('key.kind.orders'),
  callbacks: t('key.kind.callbacks'),
} as const;

/** Keys of producers and operators, and secrets of callbacks: made, rotated and revoked. A secret is shown once. */
export function KeysPage() {
  const loading = useLoad(listKeys, []);
  const [made, setMade] = useState<NewKey>();
  const show = (key: NewKey | undefined): void => {
    setMade(key);
    loading.reload();
  };
  return (
    <Page title={t('keys.title')}>
      {made !== undefined && (
        <div role="status" class="note note-good">
          <p>{t('keys.secret', { name: made.name })}</p>
          <p class="answer">{made.secret}</p>
        </div>
      )}
      <Loaded of={loading}>
        {({ keys }) => (
          <Table
            caption={t('keys.title')}
            columns={columnsFor(show)}
            rows={keys}
            keyOf={({ id }) => id}
            empty={t('keys.none')}
          />
        )}
      </Loaded>
      <MakeSection onMade={show} />
    </Page>
  );
}

function columnsFor(onChange: (key: NewKey | undefined) => void): Column<KeyView>[] {
  return [
    { title: t('keys.name'), show: ({ name }) => name },
    { title: t('keys.rights'), show: rightsOf },
    { title: t('keys.state'), show: (key) => <Badge of="key.state" word={stateOf(key)} /> },
    { title: t('keys.used'), show: ({ lastUsedAt }) => (lastUsedAt === null ? '–' : <Moment at={lastUsedAt} />) },
    { title: t('keys.expires'), show: ({ expiresAt }) => (expiresAt === null ? '–' : <Moment at={expiresAt} />) },
    {
      title: t('keys.change'),
      show: (key) => (stateOf(key) === 'active' ? <Changes of={key} onChange={onChange} /> : '–'),
    },
  ];
}

function rightsOf({ audience, role, scopes, addresses }: KeyView): string {
  if (audience === 'callbacks') return KINDS.callbacks;
  const rights = audience === 'admin' ? tWord('key.kind', role ?? '') : `${KINDS.orders}: ${(scopes ?? []).join(', ')}`;
  return addresses.length === 0 ? rights : `${rights}; ${addresses.join(', ')}`;
}

function stateOf({ revokedAt, expiresAt, successorId }: KeyView): 'active' | 'rotated' | 'blocked' | 'inactive' {
  if (revokedAt !== null) return 'blocked';
  if (expiresAt !== null && Date.parse(expiresAt) <= Date.now()) return 'inactive';
  return successorId === null ? 'active' : 'rotated';
}

function Changes({ of: { id }, onChange }: { of: KeyView; onChange: (key: NewKey | undefined) => void }) {
  const send = async <T,>(
    call: Promise<Result<T>>,
    shown: (value: T) => NewKey | undefined,
  ): Promise<Problem | undefined> => {
    const result = await call;
    if (!result.ok) return result.problem;
    onChange(shown(result.value));
    return undefined;
  };
  return (
    <>
      <details>
        <summary>{t('keys.rotate')}</summary>
        <Form
          fields={[WHY]}
          submit={t('keys.rotate')}
          onSubmit={({ why = '' }) => send(rotateKey(id, why), (key) => key)}
        />
      </details>
      <details>
        <summary>{t('keys.revoke')}</summary>
        <Form
          fields={[WHY]}
          submit={t('keys.revoke')}
          isRisky
          onSubmit={({ why = '' }) => send(revokeKey(id, why), () => undefined)}
        />
      </details>
    </>
  );
}

function MakeSection({ onMade }: { onMade: (key: NewKey) => void }) {
  const make = async ({
    kind = '',
    name = '',
    addresses = '',
    until = '',
    why = '',
  }: Values): Promise<Problem | undefined> => {
    const isOperator = kind !== 'orders' && kind !== 'callbacks';
    const from = addresses.split(/[\s,;]+/).filter(Boolean);
    const result = await makeKey({
      audience: isOperator ? 'admin' : kind,
      name,
      ...(isOperator ? { role: kind as Role } : {}),
      ...(from.length === 0 ? {} : { addresses: from }),
      // To the end of the day where the person is.
      ...(until === '' ? {} : { expiresAt: new Date(`${until}T23:59:59`).toISOString() }),
      why,
    });
    if (!result.ok) return result.problem;
    onMade(result.value);
    return undefined;
  };
  return (
    <Section title={t('keys.make')}>
      <Form
        fields={[
          { name: 'kind', label: t('keys.kind'), type: 'choice', choices: KINDS },
          { name: 'name', label: t('keys.name'), required: true, maxLength: 64, hint: t('keys.name.hint') },
          { name: 'addresses', label: t('keys.addresses'), hint: t('keys.addresses.hint') },
          { name: 'until', label: t('keys.until'), type: 'date' },
          WHY,
        ]}
        submit={t('keys.make')}
        clears
        onSubmit={make}
      />
    </Section>
  );
}
