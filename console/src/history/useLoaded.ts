import { useEffect, useState } from "react";
import { Unauthorized } from "@/protocol/rest";
import { useSession } from "@/session/session";

interface Loaded<T> {
  value: T | null;
  hasFailed: boolean;
}

/** Load something, and again when `load` is another function; an answer that comes too late is dropped. */
export function useLoaded<T>(load: () => Promise<T>): Loaded<T> {
  const { expire } = useSession();
  const [loaded, setLoaded] = useState<Loaded<T>>({ value: null, hasFailed: false });
  useEffect(() => {
    let isWanted = true;
    setLoaded({ value: null, hasFailed: false });
    load().then(
      (value) => isWanted && setLoaded({ value, hasFailed: false }),
      (error: unknown) => {
        if (!isWanted) return;
        if (error instanceof Unauthorized) expire();
        setLoaded({ value: null, hasFailed: true });
      },
    );
    return () => {
      isWanted = false;
    };
  }, [load, expire]);
  return loaded;
}
