import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [react()],
  base: "./",
  // Words live beside the engine's own sentences, outside this folder.
  server: { fs: { allow: [".."] }, port: 5173, strictPort: true },
  // Fonts stay files: the page's own rules allow no data from elsewhere.
  build: { assetsInlineLimit: 0, chunkSizeWarningLimit: 900 },
});
