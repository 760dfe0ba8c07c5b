import "@fontsource-variable/geist/wght.css";
import "@fontsource-variable/geist-mono/wght.css";
import "@mantine/core/styles.css";
import "./tokens.css";
import "./base.css";
import "./mantine.css";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import { findHost } from "./host";

const root = document.getElementById("root");
if (root !== null) void findHost().then((host) => createRoot(root).render(<App host={host} />));
