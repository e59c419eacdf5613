import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from "react";
import { type Operator, type Rest, Unauthorized } from "@/protocol/rest";
import { setClockOffset } from "@/ui/clock";

export type SessionState =
  | { phase: "checking" }
  | { phase: "unreachable" }
  | { phase: "signed-out"; isExpired: boolean }
  | { phase: "signed-in"; operator: Operator };

interface Session {
  state: SessionState;
  rest: Rest;
  signIn(login: string, password: string): Promise<void>;
  signOut(): Promise<void>;
  /** The server no longer knows us: ask to sign in again. */
  expire(): void;
  check(): void;
}

const SessionContext = createContext<Session | null>(null);
const CHECK_AGAIN_MS = 3000;

export function SessionProvider({ rest, children }: { rest: Rest; children: ReactNode }) {
  const [state, setState] = useState<SessionState>({ phase: "checking" });

  const enter = useCallback(
    (operator: Operator) => {
      setClockOffset(rest.clockOffsetMs);
      setState({ phase: "signed-in", operator });
    },
    [rest],
  );

  const check = useCallback(() => {
    rest.session().then(enter, (error: unknown) => {
      const isOut = error instanceof Unauthorized;
      setState(isOut ? { phase: "signed-out", isExpired: false } : { phase: "unreachable" });
    });
  }, [rest, enter]);

  const signIn = useCallback(
    async (login: string, password: string) => enter(await rest.signIn(login, password)),
    [rest, enter],
  );

  const signOut = useCallback(async () => {
    try {
      await rest.signOut();
    } catch (error) {
      // A session that is gone already is what was wanted.
      if (!(error instanceof Unauthorized)) throw error;
    }
    setState({ phase: "signed-out", isExpired: false });
  }, [rest]);

  const expire = useCallback(() => setState({ phase: "signed-out", isExpired: true }), []);

  useEffect(check, [check]);
  useEffect(() => {
    if (state.phase !== "unreachable") return;
    const timer = setInterval(check, CHECK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [state.phase, check]);

  return (
    <SessionContext value={{ state, rest, signIn, signOut, expire, check }}>
      {children}
    </SessionContext>
  );
}

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error("useSession outside of SessionProvider");
  return session;
}

/** The operator of a page that only those signed in see. */
export function useOperator(): Operator {
  const { state } = useSession();
  if (state.phase !== "signed-in") throw new Error("nobody is signed in");
  return state.operator;
}
