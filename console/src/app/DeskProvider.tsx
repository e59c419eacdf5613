import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import { useStore } from "zustand";
import { useDeskView } from "@/desk/view";
import { DeskClient } from "@/live/desk";
import type { DeskModel } from "@/live/model";
import { browserTimers } from "@/live/timers";
import { makeAlerts } from "@/notify/alerts";
import { showNotice } from "@/notify/notices";
import type { Operator, Rest } from "@/protocol/rest";
import { useSession } from "@/session/session";
import { keepPresence, keptPresence, tabKeeper } from "@/settings/keeper";
import { usePreferences } from "@/settings/preferences";
import { serverNow } from "@/ui/clock";

const DEFAULT_CAPACITY = 5;

/** Keeps the desk of an operator while the sign-in page is shown, so that an ended session loses nothing. */
export interface DeskHolder {
  operatorId: string | null;
  client: DeskClient | null;
}

export function useDeskHolder(): DeskHolder {
  const holder = useRef<DeskHolder>({ operatorId: null, client: null });
  return holder.current;
}

const DeskContext = createContext<DeskClient | null>(null);

interface DeskProviderProps {
  holder: DeskHolder;
  operator: Operator;
  children: ReactNode;
}

export function DeskProvider({ holder, operator, children }: DeskProviderProps) {
  const { rest } = useSession();
  const client = useMemo(() => deskFor(holder, operator, rest), [holder, operator, rest]);
  useRunning(client);
  useNetwork(client);
  useKeptPresence(client, operator.id);
  useAutoAccept(client, operator);
  useExpiry(client);
  return <DeskContext value={client}>{children}</DeskContext>;
}

export function useDeskClient(): DeskClient {
  const client = useContext(DeskContext);
  if (!client) throw new Error("useDeskClient outside of DeskProvider");
  return client;
}

/** Part of what the desk shows; drawn again when that part changes. */
export function useDesk<T>(select: (model: DeskModel) => T): T {
  return useStore(useDeskClient().store, select);
}

function deskFor(holder: DeskHolder, operator: Operator, rest: Rest): DeskClient {
  if (holder.client && holder.operatorId === operator.id) return holder.client;
  holder.client?.stop();
  const client = new DeskClient(
    {
      rest,
      open: (url) => new WebSocket(url),
      timers: { ...browserTimers, now: serverNow },
      keeper: tabKeeper(operator.id),
      hostname: location.hostname,
      onNotice: showNotice,
      ...makeAlerts(
        () => client.store.getState(),
        (active) => useDeskView.setState({ active }),
      ),
    },
    keptPresence(operator.id, operator.capacity ?? DEFAULT_CAPACITY),
  );
  holder.operatorId = operator.id;
  holder.client = client;
  return client;
}

function useRunning(client: DeskClient): void {
  useEffect(() => {
    client.start();
    return () => client.stop();
  }, [client]);
}

function useNetwork(client: DeskClient): void {
  useEffect(() => {
    const back = () => client.reconnectNow();
    const lost = () => client.networkLost();
    window.addEventListener("online", back);
    window.addEventListener("offline", lost);
    document.addEventListener("visibilitychange", back);
    return () => {
      window.removeEventListener("online", back);
      window.removeEventListener("offline", lost);
      document.removeEventListener("visibilitychange", back);
    };
  }, [client]);
}

function useKeptPresence(client: DeskClient, operatorId: string): void {
  useEffect(
    () =>
      client.store.subscribe(({ presence }, before) => {
        if (presence !== before.presence) keepPresence(operatorId, presence);
      }),
    [client, operatorId],
  );
}

function useAutoAccept(client: DeskClient, operator: Operator): void {
  const isOn = usePreferences((preferences) => preferences.isAutoAcceptOn);
  useEffect(() => {
    const { languages, skills } = operator;
    client.setAutoAccept(isOn ? { languages: languages ?? [], skills: skills ?? [] } : null);
  }, [client, operator, isOn]);
}

function useExpiry(client: DeskClient): void {
  const { expire } = useSession();
  const phase = useStore(client.store, (model) => model.connection.phase);
  useEffect(() => {
    if (phase === "expired") expire();
  }, [phase, expire]);
}
