import "@mantine/core/styles.css";
import "@mantine/notifications/styles.css";
import "@mantine/spotlight/styles.css";
import "@/theme/global.css";

import { setNonce } from "get-nonce";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "@/app/App";
import { styleNonce } from "@/app/nonce";
import { startLanguage } from "@/i18n";

const root = document.getElementById("root");
if (!root) throw new Error("the page has no #root");

setNonce(styleNonce());
await startLanguage();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
