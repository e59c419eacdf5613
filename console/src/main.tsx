import "@fontsource-variable/inter/wght.css";
import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@/ui/global.css";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import { Rest } from "@/protocol/rest";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");
createRoot(root).render(<App rest={new Rest()} />);
