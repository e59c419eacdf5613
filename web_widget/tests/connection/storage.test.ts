import { describe, expect, test } from "vitest";
import { keyValue } from "../../src/connection/storage";

/** A browser's storage as far as it is used; `room` is how many values fit. */
function storage(room = Number.POSITIVE_INFINITY) {
  const items = new Map<string, string>();
  const methods = {
    getItem: (key: string) => items.get(key) ?? null,
    removeItem: (key: string) => void items.delete(key),
    setItem(key: string, value: string) {
      if (!items.has(key) && items.size >= room) throw new Error("QuotaExceededError");
      items.set(key, value);
    },
  };
  return { items, backend: methods as unknown as Storage };
}

describe("storage", () => {
  test("keeps values under the site's own names", () => {
    const { items, backend } = storage();
    const store = keyValue(() => backend, "abonent:x:");
    store.write("visitor", "v");
    expect(items).toEqual(new Map([["abonent:x:visitor", "v"]]));
    expect(store.read("visitor")).toBe("v");
    store.write("visitor", null);
    expect(store.read("visitor")).toBeNull();
  });

  test("blocked altogether, it lasts as long as the page", () => {
    const store = keyValue(() => {
      throw new Error("SecurityError");
    }, "abonent:x:");
    store.write("visitor", "v");
    expect(store.read("visitor")).toBe("v");
    store.write("visitor", null);
    expect(store.read("visitor")).toBeNull();
  });

  test("full, it holds the newest value all the same", () => {
    const { backend } = storage(1);
    const store = keyValue(() => backend, "abonent:x:");
    store.write("one", "1");
    store.write("two", "2");
    expect([store.read("one"), store.read("two")]).toEqual(["1", "2"]);
  });
});
