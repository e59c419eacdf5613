import { Center, Loader, MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { useEffect } from "react";
import { Redirect, Route, Router, Switch } from "wouter";
import { DeskProvider, useDeskHolder } from "@/app/DeskProvider";
import { Shell } from "@/app/Shell";
import { DeskPage } from "@/desk/DeskPage";
import { HistoryPage } from "@/history/HistoryPage";
import type { Rest } from "@/protocol/rest";
import { InstallationProvider } from "@/session/installation";
import { SignInPage } from "@/session/SignInPage";
import { SessionProvider, useSession } from "@/session/session";
import { useLanguage, useTexts } from "@/ui/texts";
import { theme } from "@/ui/theme";

/** The whole console. */
export function App({ rest }: { rest: Rest }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Notifications position="top-center" limit={3} autoClose={5000} containerWidth={400} />
      <SessionProvider rest={rest}>
        <Router base="/console">
          <Entrance />
        </Router>
      </SessionProvider>
    </MantineProvider>
  );
}

function Entrance() {
  const { state } = useSession();
  const language = useLanguage();
  const holder = useDeskHolder();
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  if (state.phase === "checking" || state.phase === "unreachable") {
    return <Waiting isUnreachable={state.phase === "unreachable"} />;
  }
  if (state.phase === "signed-out") return <SignInPage isExpired={state.isExpired} />;
  return (
    <DeskProvider holder={holder} operator={state.operator}>
      <InstallationProvider>
        <Shell>
          <Switch>
            <Route path="/" component={DeskPage} />
            <Route path="/history" component={HistoryPage} />
            <Route path="/history/:conversation" component={HistoryPage} />
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Shell>
      </InstallationProvider>
    </DeskProvider>
  );
}

function Waiting({ isUnreachable }: { isUnreachable: boolean }) {
  const texts = useTexts();
  return (
    <Center h="100%">
      <div role="status" style={{ textAlign: "center" }}>
        <Loader size="sm" aria-hidden />
        <p>{isUnreachable ? texts.signIn.unreachable : texts.connection.connecting}</p>
      </div>
    </Center>
  );
}
