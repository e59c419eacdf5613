import { describe, expect, test } from "vitest";
import { readConfig } from "../src/config";

const SOURCE = "https://care.horizon.example/widget.js";

describe("the script tag's attributes", () => {
  test("without any, the server is the script's own", () => {
    expect(readConfig({}, SOURCE)).toEqual({
      url: "wss://care.horizon.example/chat",
      titles: {},
      accent: "#0b5fa5",
      position: "right",
      theme: "auto",
      locale: null,
    });
  });

  test.each([
    ["http://localhost:8080", "ws://localhost:8080/chat"],
    ["https://other.example/", "wss://other.example/chat"],
    ["wss://other.example/care/chat", "wss://other.example/care/chat"],
    ["/care/chat", "wss://care.horizon.example/care/chat"],
  ])("data-url %s", (url, socket) => {
    expect(readConfig({ url }, SOURCE).url).toBe(socket);
  });

  test("a title for all languages, or for each", () => {
    const titles = readConfig({ title: "Horizon", titleUk: "Обрій" }, SOURCE).titles;
    expect(titles).toEqual({ any: "Horizon", uk: "Обрій" });
  });

  test("what does not fit counts as not given", () => {
    const config = readConfig(
      { color: "red;}", theme: "neon", position: "top", locale: "de" },
      SOURCE,
    );
    expect(config).toMatchObject({
      accent: "#0b5fa5",
      theme: "auto",
      position: "right",
      locale: null,
    });
  });

  test("what fits is taken", () => {
    const config = readConfig(
      { color: "#0A7", theme: "dark", position: "left", locale: "uk-UA" },
      SOURCE,
    );
    expect(config).toMatchObject({ accent: "#0A7", theme: "dark", position: "left", locale: "uk" });
  });
});
