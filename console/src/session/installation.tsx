import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { Settings } from "@/protocol/rest";
import { useSession } from "@/session/session";

const NOTHING: Settings = {
  desk_url: null,
  dispositions: [],
  skills: [],
  languages: [],
  version: null,
};

const InstallationContext = createContext(NOTHING);

export function InstallationProvider({ children }: { children: ReactNode }) {
  const { rest } = useSession();
  const [settings, setSettings] = useState(NOTHING);
  useEffect(() => {
    // What is offered is a convenience: without it there is still free text.
    rest.settings().then(setSettings, () => undefined);
  }, [rest]);
  return <InstallationContext value={settings}>{children}</InstallationContext>;
}

/** What the installation offers; empty until it has answered. */
export function useInstallation(): Settings {
  return useContext(InstallationContext);
}
