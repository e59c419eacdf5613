import { Alert, Button, PasswordInput, TextInput } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { CATALOGUES, LANGUAGES, type Messages } from "@/i18n";
import { Throttled, Unauthorized, Unreachable } from "@/protocol/rest";
import classes from "@/session/SignInPage.module.css";
import { useSession } from "@/session/session";
import { prefer } from "@/settings/preferences";
import { Brand } from "@/ui/Brand";
import { Segments } from "@/ui/Segments";
import { useLanguage, useTexts } from "@/ui/texts";

/** Where an operator says who they are. */
export function SignInPage({ isExpired }: { isExpired: boolean }) {
  const texts = useTexts();
  const { signIn } = useSession();
  const form = useSignIn(signIn);
  return (
    <main className={classes.page}>
      <form className={classes.card} onSubmit={form.submit} aria-labelledby="sign-in-title">
        <Brand size={34} />
        <h1 id="sign-in-title" className={classes.title}>
          {texts.signIn.title}
        </h1>
        <p className={classes.lead}>{texts.signIn.lead}</p>
        {isExpired && (
          <Alert icon={<IconInfoCircle />} color="abonent" mb="md" role="status">
            {texts.signIn.expired}
          </Alert>
        )}
        <TextInput
          label={texts.signIn.login}
          size="md"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
          withAsterisk={false}
          value={form.login}
          onChange={(event) => form.setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          ref={form.passwordRef}
          label={texts.signIn.password}
          size="md"
          mt="sm"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={form.password}
          onChange={(event) => form.setPassword(event.currentTarget.value)}
        />
        <div className={classes.error} role="alert">
          {form.error && (
            <>
              <IconAlertTriangle size={16} aria-hidden />
              <span>{errorText(texts, form.error, form.waitSeconds)}</span>
            </>
          )}
        </div>
        <Button
          type="submit"
          size="md"
          fullWidth
          loading={form.isBusy}
          disabled={form.waitSeconds > 0}
        >
          {texts.signIn.submit}
        </Button>
      </form>
      <LanguageSwitch />
    </main>
  );
}

type SignInError = "wrong" | "throttled" | "unreachable" | "refused";

function useSignIn(signIn: (login: string, password: string) => Promise<void>) {
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<SignInError | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [waitSeconds, setWaitSeconds] = useCountdown(() => setError(null));
  const passwordRef = useRef<HTMLInputElement>(null);

  const refused = (reason: unknown) => {
    setError(errorOf(reason));
    if (reason instanceof Throttled) setWaitSeconds(reason.retryAfterSeconds);
    setBusy(false);
    passwordRef.current?.select();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isBusy || waitSeconds > 0) return;
    setBusy(true);
    setError(null);
    signIn(login.trim(), password).catch(refused);
  };
  return {
    login,
    setLogin,
    password,
    setPassword,
    error,
    isBusy,
    waitSeconds,
    passwordRef,
    submit,
  };
}

function useCountdown(onEnd: () => void): [number, (seconds: number) => void] {
  const [seconds, setSeconds] = useState(0);
  const end = useRef(onEnd);
  end.current = onEnd;
  useEffect(() => {
    if (seconds <= 0) return;
    const timer = setTimeout(() => {
      setSeconds(seconds - 1);
      if (seconds === 1) end.current();
    }, 1000);
    return () => clearTimeout(timer);
  }, [seconds]);
  return [seconds, setSeconds];
}

function errorOf(reason: unknown): SignInError {
  if (reason instanceof Unauthorized) return "wrong";
  if (reason instanceof Throttled) return "throttled";
  return reason instanceof Unreachable ? "unreachable" : "refused";
}

function errorText(texts: Messages, error: SignInError, seconds: number): string {
  return error === "throttled" ? texts.signIn.throttled(seconds) : texts.signIn[error];
}

function LanguageSwitch() {
  const texts = useTexts();
  const language = useLanguage();
  return (
    <Segments
      label={texts.preferences.language}
      value={language}
      onChange={(value) => prefer({ language: value })}
      choices={LANGUAGES.map((value) => ({ value, label: CATALOGUES[value].languageName }))}
    />
  );
}
