import { signIn } from '../api/session.js';
import type { Problem } from '../api/problem.js';
import { Form, type Values } from '../parts/form.js';
import { Page } from '../parts/page.js';
import { t } from '../text/t.js';

const UNKNOWN: Problem = { status: 401, detail: t('sign-in.unknown'), fields: {} };

async function enter({ key = '' }: Values): Promise<Problem | undefined> {
  const problem = await signIn(key);
  return problem?.status === 401 ? UNKNOWN : problem;
}

/** @param notice why one has to sign in again */
export function SignInPage({ notice }: { notice: string | undefined }) {
  return (
    <div class="sign-in">
      <Page title={t('sign-in.title')}>
        {notice !== undefined && (
          <p role="alert" class="note">
            {notice}
          </p>
        )}
        <Form
          fields={[
            {
              name: 'key',
              label: t('sign-in.key'),
              type: 'password',
              required: true,
              hint: t('sign-in.key.hint'),
            },
          ]}
          submit={t('sign-in.title')}
          onSubmit={enter}
        />
      </Page>
    </div>
  );
}
