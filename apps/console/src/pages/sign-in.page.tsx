import { whoAmI } from '../api/whoami.js';
import type { Problem } from '../api/problem.js';
import { Form, type Values } from '../parts/form.js';
import { Page } from '../parts/page.js';
import { signIn } from '../session.js';

const UNKNOWN: Problem = { status: 401, detail: 'The gateway does not know this key.', fields: {} };

async function enter({ key = '' }: Values): Promise<Problem | undefined> {
  const result = await whoAmI(key);
  if (!result.ok) return result.problem.status === 401 ? UNKNOWN : result.problem;
  signIn({ key, name: result.value.name });
  return undefined;
}

/** @param notice why one has to sign in again */
export function SignInPage({ notice }: { notice: string | undefined }) {
  return (
    <div class="sign-in">
      <Page title="Sign in">
        {notice !== undefined && (
          <p role="alert" class="note">
            {notice}
          </p>
        )}
        <Form
          fields={[
            {
              name: 'key',
              label: 'Admin key',
              type: 'password',
              required: true,
              hint: 'The secret of one of ADMIN_API_KEYS. This tab drops it when it is closed.',
            },
          ]}
          submit="Sign in"
          onSubmit={enter}
        />
      </Page>
    </div>
  );
}
