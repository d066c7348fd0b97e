import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

import { compressAssets } from "./build/compress-assets.ts";

export default defineConfig({
  root: "src/web",
  plugins: [vue(), compressAssets()],
  define: {
    __VUE_OPTIONS_API__: false,
    __VUE_PROD_DEVTOOLS__: false,
    __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: false,
  },
  build: {
    outDir: "../../dist/public",
    emptyOutDir: true,
    reportCompressedSize: false,
    // The content security policy allows no data: scripts or styles, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // For the image's SBOM: which packages the pages are made of. It is not served.
    license: { fileName: ".vite/license.json" },
  },
});
