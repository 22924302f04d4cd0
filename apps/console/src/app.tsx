import { useEffect, useState } from 'preact/hooks';
import { navigationFor, PAGES } from './pages/index.js';
import { NotFoundPage } from './pages/not-found.page.js';
import { SignInPage } from './pages/sign-in.page.js';
import { Shell } from './parts/shell.js';
import { findRoute } from './router.js';
import { currentSession, onSession } from './session.js';

/** The console: the sign-in, or the page that the address names. */
export function App() {
  const [session, setSession] = useState(currentSession);
  const [notice, setNotice] = useState<string>();
  const home = session === undefined ? '' : (navigationFor(session.role)[0]?.href ?? '');
  const hash = useHash() || home;
  useEffect(
    () =>
      onSession((next, why) => {
        setSession(next);
        setNotice(why);
      }),
    [],
  );
  if (session === undefined) return <SignInPage notice={notice} />;
  const route = findRoute(PAGES, hash);
  const Page = route?.page ?? NotFoundPage;
  return (
    <Shell session={session} hash={hash}>
      <Page key={hash} params={route?.params ?? {}} />
    </Shell>
  );
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
