import { useEffect, useState } from 'preact/hooks';
import { resumeSession } from './api/session.js';
import { navigationFor, PAGES } from './pages/index.js';
import { NotFoundPage } from './pages/not-found.page.js';
import { SignInPage } from './pages/sign-in.page.js';
import { Shell } from './parts/shell.js';
import { findRoute } from './router.js';
import { onSession, SessionContext, type Session } from './session.js';
import { t } from './text/t.js';

/** The console: the sign-in, or the page that the address names. */
export function App() {
  const { session, notice, isKnown } = useSession();
  const home = session === undefined ? '' : (navigationFor(session.role)[0]?.href ?? '');
  const hash = useHash() || home;
  if (!isKnown) return <p class="quiet">{t('load.busy')}</p>;
  if (session === undefined) return <SignInPage notice={notice} />;
  const route = findRoute(PAGES, hash);
  const Page = route?.page ?? NotFoundPage;
  return (
    <SessionContext.Provider value={session}>
      <Shell session={session} hash={hash}>
        <Page key={hash} params={route?.params ?? {}} />
      </Shell>
    </SessionContext.Provider>
  );
}

/** Who is signed in; not known until the gateway has said whether this browser has a session. */
function useSession() {
  const [state, setState] = useState<{ session?: Session | undefined; notice?: string | undefined; isKnown: boolean }>({
    isKnown: false,
  });
  useEffect(() => {
    onSession((session, notice) => setState({ session, notice, isKnown: true }));
    void resumeSession().then((result) => {
      if (result.ok) setState({ session: result.value, isKnown: true });
      else setState({ notice: result.problem.status === 401 ? undefined : result.problem.detail, isKnown: true });
    });
  }, []);
  return state;
}

function useHash(): string {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = (): void => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return hash;
}
