import { defineConfig, mergeConfig } from "vitest/config";
import build from "./vite.config";

export default mergeConfig(
  build,
  defineConfig({
    test: {
      include: ["tests/**/*.test.ts"],
      testTimeout: 20_000,
      maxWorkers: 2,
    },
  }),
);
