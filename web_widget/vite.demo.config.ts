import { defineConfig } from "vite";

/** Builds `dist/demo/`: the demonstration site, served at `/` with its assets under `/demo/`. */
export default defineConfig({
  root: "demo",
  base: "/demo/",
  build: {
    target: "es2022",
    outDir: "../dist/demo",
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
  },
});
